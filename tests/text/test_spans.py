"""Where in a text a search found what was asked for: shown to people, so it must be right to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import fold
from crm_desktop.text.pinyin import readings
from crm_desktop.text.spans import INITIALS, SPELT, fits, snippet, spelt, written


@pytest.fixture(scope="module", autouse=True)
def dictionary():
    """Read the dictionary before the clock of hypothesis runs."""
    readings("张")


TEXTS = st.text(st.sampled_from("张三欧阳單TCL aeé'-ßＡ．\n🙂e\u03018０"), max_size=30)


def parts(text, found):
    return found and [text[start:end] for start, end in found.spans]


@pytest.mark.parametrize(
    ("query", "name", "how", "marked"),
    [
        ("zs", "张三", INITIALS, ["张三"]),
        ("zs", "张思远", INITIALS, ["张思"]),
        ("z", "张三", INITIALS, ["张"]),
        ("sy", "张思远", INITIALS, ["思远"]),
        ("zhangs", "张三", SPELT, ["张三"]),
        ("san", "张三", SPELT, ["三"]),
        ("shanm", "单明", SPELT, ["单明"]),
        ("oyf", "歐陽鋒", INITIALS, ["歐陽鋒"]),
        ("an", "安娜", SPELT, ["安"]),
        ("tclkj", "TCL科技", INITIALS, ["TCL科技"]),
        ("tkj", "TCL 科技集团", INITIALS, ["T", "科技"]),
        ("zs", "Zhang San", INITIALS, ["Z", "S"]),
    ],
)
def test_a_name_is_marked_where_it_is_spelt(query, name, how, marked):
    found = spelt(query, name, surname=True)
    assert (found.how, parts(name, found)) == (how, marked)


@pytest.mark.parametrize(
    ("query", "name"), [("nope", "张三"), ("zsx", "张三"), ("hang", "张三"), ("张", "张三"), ("a", "")]
)
def test_what_is_not_spelt_is_not_marked(query, name):
    assert spelt(query, name, surname=True) is None


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("张三", "北京張三丰", "張三"),
        ("8000", "+86 138 0013 8000", "8000"),
        ("00138", "138-0013-8000", "0013-8"),
        ("muller", "Jörg Müller", "Müller"),
        ("strasse", "Große Straße 5", "Straße"),
        ("abc", "ＡＢＣ有限公司", "ＡＢＣ"),
        ("cafe", "un cafe\u0301 noir", "cafe"),
        ("oneil", "O'Neil", "O'Neil"),
    ],
)
def test_a_text_is_marked_however_it_was_written(query, text, marked):
    assert parts(text, written(query, text)) == [marked]


def test_letters_inside_a_word_are_looked_for_only_when_asked():
    assert written("nan", "Ferdinand", inside=False) is None
    assert parts("Fer Nando", written("nan", "Fer Nando", inside=False)) == ["Nan"]
    assert parts("ABC有限", written("有限", "ABC有限", inside=False)) == ["有限"]


@given(TEXTS, st.integers(0, 30), st.integers(1, 6))
def test_what_is_marked_is_what_was_asked_for(text, start, length):
    piece = fold(text)[start : start + length]
    found = written(piece, text) if piece else None
    if found is not None:
        [(first, last)] = found.spans
        assert piece in fold(text[first:last])
    assert spelt(piece, text, surname=True) is None or piece.isascii()


@given(TEXTS, st.integers(1, 12), st.integers(0, 30))
def test_a_snippet_holds_what_was_found_on_one_line(text, room, place):
    start = min(place, max(0, len(text) - 1))
    spans = [(start, start + 1)] if text else []
    shown, moved = snippet(text, spans, room)
    assert len(shown) <= room + 2
    assert "\n" not in shown
    for (first, last), (left, right) in zip(spans, moved, strict=False):
        assert shown[left:right] == text[first:last].replace("\n", " ")
    assert not spans or moved


def test_a_snippet_begins_with_a_word():
    text = "we talked about progress of the trial unit with Frank"
    at = text.index("trial")
    assert snippet(text, [(at, at + 5)], 30)[0] == "…of the trial unit with Frank"


def test_every_word_of_a_query_must_be_in_one_of_the_names():
    assert fits("beifen", ["Back up now…", "立即备份…"]) == ()
    assert fits("back now", ["Back up now…", "立即备份…"]) == ((0, 4), (8, 11))
    assert fits("back 备份", ["Back up now…", "立即备份…"]) == ((0, 4),)
    assert fits("restore", ["Back up now…", "立即备份…"]) is None
    assert fits("", ["Back up now…"]) == ()
