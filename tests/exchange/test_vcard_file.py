"""vCards as they come: each case of the corpus ends as taken, taken with a named warning, or refused with the place."""

import pytest

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats, vcard_file
from tests.exchange.vcard_corpus import RefusedFile, card, made

CASES = list(made())


def as_rows(sheet):
    return [dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:]]


def test_the_corpus_is_large_enough():
    assert len(CASES) >= 60
    assert len({name for name, _content, _expected in CASES}) == len(CASES)


@pytest.mark.parametrize(("content", "expected"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_every_case_becomes_what_it_should(tmp_path, content, expected):
    path = tmp_path / "people.vcf"
    path.write_bytes(content)
    if isinstance(expected, RefusedFile):
        with pytest.raises(FileProblem, match=expected.said.replace("(", r"\(")):
            vcard_file.read(path)
        return
    sheet = vcard_file.read(path)
    found = as_rows(sheet)
    assert len(found) == (expected.count or len(expected.rows))
    for row, wanted in zip(found, expected.rows, strict=False):
        assert {word: row.get(word) for word in wanted} == wanted
    told = "\n".join(sheet.notes)
    assert all(words in told for words in expected.warned), told
    assert expected.warned or not told


def test_it_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "people.vcf"
    path.write_text(card("FN:张三", "TEL;CELL:13800138000") + card(), encoding="utf-8")
    sheet = formats.read(path)
    assert as_rows(sheet)[0]["Mobile"] == "13800138000"
    assert sheet.numbers == [1, 2]
    assert sheet.notes == ("Card 2: it says nothing.",)
    assert formats.sheet_names(path) == ["people"]


def test_the_encoding_can_be_chosen(tmp_path):
    path = tmp_path / "people.vcf"
    path.write_bytes(card("FN:張三").encode("big5"))
    assert as_rows(vcard_file.read(path, encoding="big5"))[0]["Name"] == "張三"


@pytest.mark.usefixtures("language")
def test_the_words_above_the_columns_are_those_of_our_own_lists(tmp_path):
    path = tmp_path / "people.vcf"
    path.write_text(card("FN:张三"), encoding="utf-8")
    assert len(vcard_file.read(path).rows[0]) == 4
