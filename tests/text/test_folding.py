import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import clean, company_core, fold, is_plain_hanzi, simplified, words

texts = st.text(max_size=30)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张三\u3000", "张三"),
        ("\ufeff张\u200b三", "张三"),
        ("\u202a+86 138 0000 1234\u202c", "+86 138 0000 1234"),
        ("a\x00b\x07", "ab"),
        ("first\r\nsecond\rthird\tcell", "first\nsecond\nthird\tcell"),
        ("Rene\u0301", "René"),
        ("张\u200d三", "张三"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("ABC，１２３", "ABC，１２３"),
        ("\ud800x", "x"),
    ],
)
def test_cleaning_takes_away_only_what_nobody_sees(typed, kept):
    assert clean(typed) == kept


@given(texts)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_cleaning_keeps_every_letter_and_digit(text):
    def letters(some):
        return [each for each in unicodedata.normalize("NFC", some) if unicodedata.category(each)[0] in "LNPS"]

    assert letters(clean(text)) == letters(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("華為技術", "华为技术"),
        ("ＡＢＣ　１２", "abc12"),
        ("Müller & Söhne", "mullersohne"),
        ("O’Brien", "OBRIEN"),
        ("Straße", "STRASSE"),
        ("阿里木江·买买提", "阿里木江 买买提"),
        ("ｶﾞ", "ガ"),
        ("김철수", unicodedata.normalize("NFD", "김철수")),
        ("Łódź", "lodz"),
    ],
)
def test_spellings_of_the_same_fold_alike(one, other):
    assert fold(one) == fold(other)


@given(texts)
def test_folding_twice_changes_nothing_and_leaves_letters_only(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert "".join(words(text)) == folded
    assert not any(each.isspace() for each in folded)


def test_every_traditional_character_folds_to_one_that_stays():
    table = simplified()
    assert len(table) > 4000
    assert not [chr(point) for point, target in table.items() if table.get(ord(target), target) != target]


def test_words_part_hanzi_from_letters():
    assert words("ABC有限公司 (Shanghai) 3M") == ["abc", "有限公司", "shanghai", "3m"]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("上海明华电子有限公司", "上海明华电子"),
        ("上海明华电子股份有限公司", "上海明华电子"),
        ("明华集团有限责任公司", "明华"),
        ("明華（中國）有限公司", "明华"),
        ("明华(上海)有限公司", "明华上海"),
        ("明华有限公司上海分公司", "明华有限公司上海分公司"),
        ("株式会社日立", "日立"),
        ("Acme Co., Ltd.", "acme"),
        ("ACME, Inc", "acme"),
        ("Muster GmbH & Co. KG", "muster"),
        ("Ejemplo S.A.", "ejemplo"),
        ("Eksempel A/S", "eksempel"),
        ("Acme Co., Ltd. 有限公司", "acme"),
        ("有限公司", "有限公司"),
        ("GmbH", "gmbh"),
        ("Limited Edition", "limitededition"),
    ],
)
def test_the_core_of_a_company_has_no_legal_form(name, core):
    assert company_core(name) == core


@given(texts)
def test_a_company_never_loses_its_whole_name(text):
    assert bool(company_core(text)) == bool(fold(text))


@given(st.text(st.sampled_from("Az09_ -.'`é張张三國国有限公司（）ＡカĀ"), max_size=12))
def test_the_short_cuts_give_what_the_words_give(text):
    assert fold(text) == "".join(words(text))
    assert not is_plain_hanzi(text) or fold(text) == text


def test_simplified_hanzi_are_known():
    assert is_plain_hanzi("张三有限公司")
    for text in ("", "張三", "张三 ", "张3", "カナ", "々"):
        assert not is_plain_hanzi(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=8))
def test_cleaning_composes_and_strips_whatever_is_printable(text):
    assert clean(text) == unicodedata.normalize("NFC", clean(text)).strip()
