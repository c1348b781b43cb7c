import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_desktop.text import surnames
from crm_desktop.text.pinyin import _CHARACTER, _FIRST_READING, _WORD, _found, initials, pinyin, readings, sort_key


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("张三", "zhangsan"),
        ("曾国强", "zengguoqiang"),
        ("单小明", "shanxiaoming"),
        ("仇大海", "qiudahai"),
        ("解明", "xieming"),
        ("区小明", "ouxiaoming"),
        ("朴明", "piaoming"),
        ("查明", "zhaming"),
        ("盖明", "geming"),
        ("尉迟明", "yuchiming"),
        ("万俟明", "moqiming"),
        ("长孙明", "zhangsunming"),
        ("澹台明", "tantaiming"),
        ("令狐明", "linghuming"),
        ("欧阳娜娜", "ouyangnana"),
        ("鍾明", "zhongming"),
        ("張三", "zhangsan"),
        ("吕明", "lvming"),
        ("John Smith", "johnsmith"),
        ("阿里木江·买买提", "alimujiangmaimaiti"),
    ],
)
def test_persons_are_read_by_their_surname(name, spelt):
    assert pinyin(name, surname=True) == spelt


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("重庆", "chongqing"),
        ("重慶", "chongqing"),
        ("银行", "yinhang"),
        ("中国银行", "zhongguoyinhang"),
        ("长沙", "changsha"),
        ("单县", "shanxian"),
        ("成都", "chengdu"),
        ("厦门", "xiamen"),
        ("上海大厦", "shanghaidasha"),
        ("举行长跑", "juxingchangpao"),
        ("3M中国", "3mzhongguo"),
        ("曾经", "cengjing"),
        ("乾隆", "qianlong"),
        ("", ""),
    ],
)
def test_places_and_words_are_read_as_the_dictionary_has_them(text, spelt):
    assert pinyin(text) == spelt


def test_initials_are_one_letter_for_each_syllable_and_word():
    assert initials("张三", surname=True) == "zs"
    assert initials("曾三", surname=True) == "zs"
    assert initials("重庆长安") == "cqca"
    assert initials("John Smith") == "js"
    assert initials("TCL科技") == "tkj"


def test_readings_begin_with_that_of_the_surname():
    first = readings("曾长", surname=True)
    assert first[0][:2] == ("zeng", "ceng")
    assert set(first[1]) == {"chang", "zhang"}
    assert readings("吕", surname=True) == (("lv", "lu", "lyu"),)
    assert readings("朴实")[0][0] == "pu"


def test_names_sort_by_pinyin_with_latin_names_among_them():
    names = [
        "赵六",
        "曾三",
        "张三丰",
        "章一",
        "张三",
        "Zhao Li",
        "Anna Schneider",
        "李四",
        "张四",
        "Zara",
        "阿杰",
        "Émile",
        "王五",
    ]
    assert sorted(names, key=lambda name: sort_key(name, surname=True)) == [
        "阿杰",
        "Anna Schneider",
        "Émile",
        "李四",
        "王五",
        "Zara",
        "曾三",
        "张三",
        "张三丰",
        "张四",
        "章一",
        "Zhao Li",
        "赵六",
    ]


def test_traditional_and_simplified_names_sort_together():
    assert sort_key("張三", surname=True) == sort_key("张三", surname=True)


def test_numbers_sort_by_their_size():
    names = ["Hall 10", "Hall 9", "第10车间", "第2车间", "3M", "360"]
    assert sorted(names, key=sort_key) == ["3M", "360", "第2车间", "第10车间", "Hall 9", "Hall 10"]


@given(st.text(alphabet="张章曾单重三丰 ab1·", max_size=6), st.text(alphabet="张曾三丰一", min_size=1, max_size=2))
def test_a_longer_name_never_sorts_before_its_beginning(name, more):
    """Unless what follows makes the beginning be read otherwise, as 庆 does with 重."""
    assume(pinyin(name + more, surname=True).startswith(pinyin(name, surname=True)))
    assert sort_key(name + more, surname=True) >= sort_key(name, surname=True)


@given(st.text(max_size=12), st.booleans())
def test_any_text_has_pinyin_and_a_sort_key_that_can_be_stored(text, surname):
    assert pinyin(text, surname).encode("utf-8", "surrogatepass") is not None
    assert len(initials(text, surname)) == len(readings(text, surname))
    assert all(choices and all(choices) for choices in readings(text, surname))
    assert sort_key(text, surname) == sort_key(text, surname).strip()


def test_the_tables_of_surnames_are_as_large_as_they_should_be():
    assert len(surnames.READINGS) >= 60
    assert len(surnames.COMPOUND) >= 60
    assert len(surnames.COMMON) >= 250
    assert all(len(each) == 2 for each in surnames.COMPOUND)


def test_the_dictionaries_are_read_as_their_package_reads_them():
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    characters = {int(point): choices for point, choices in _found("pinyin_dict", _CHARACTER)}
    assert characters == PINYIN_DICT
    words = {word: _FIRST_READING.findall(spelt) for word, spelt in _found("phrases_dict", _WORD)}
    assert words == {word: [choices[0] for choices in spelt] for word, spelt in PHRASES_DICT.items()}
