import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import clean
from crm_desktop.text.names import PersonName, display, split, strip_honorific

CHINESE = "family_first"
WESTERN = "given_first"


@pytest.mark.parametrize(
    ("full_name", "family", "given", "order"),
    [
        ("张三", "张", "三", CHINESE),
        ("張三", "張", "三", CHINESE),
        ("王小明", "王", "小明", CHINESE),
        ("欧阳娜娜", "欧阳", "娜娜", CHINESE),
        ("歐陽明", "歐陽", "明", CHINESE),
        ("司马明", "司马", "明", CHINESE),
        ("王小明明", "王", "小明明", CHINESE),
        ("张陈美华", "张陈", "美华", CHINESE),
        ("张 三", "张", "三", CHINESE),
        ("张三 Tony", "张", "三 Tony", CHINESE),
        ("张", "张", "", CHINESE),
        ("阿里木江·买买提", "买买提", "阿里木江", WESTERN),
        ("阿里木江 买买提", "买买提", "阿里木江", WESTERN),
        ("约翰•保罗•史密斯", "史密斯", "约翰·保罗", WESTERN),
        ("山田太郎", "山田", "太郎", CHINESE),
        ("山田 太郎", "山田", "太郎", CHINESE),
        ("鈴木一郎", "鈴木", "一郎", CHINESE),
        ("小林", "小林", "", CHINESE),
        ("高桥明", "高", "桥明", CHINESE),
        ("김철수", "김", "철수", CHINESE),
        ("남궁민수", "남궁", "민수", CHINESE),
        ("John Smith", "Smith", "John", WESTERN),
        ("Smith, John", "Smith", "John", WESTERN),
        ("  John   Paul  Smith ", "Smith", "John Paul", WESTERN),
        ("John Smith Jr.", "Smith Jr.", "John", WESTERN),
        ("John Smith, PhD", "Smith, PhD", "John", WESTERN),
        ("Jan van der Berg", "van der Berg", "Jan", WESTERN),
        ("Anna Maria von Muster", "von Muster", "Anna Maria", WESTERN),
        ("Maria De La Prueba", "De La Prueba", "Maria", WESTERN),
        ("SCHNEIDER Anna", "SCHNEIDER", "Anna", CHINESE),
        ("Anna SCHNEIDER", "SCHNEIDER", "Anna", WESTERN),
        ("ANNA SCHNEIDER", "SCHNEIDER", "ANNA", WESTERN),
        ("J.R. Smith", "Smith", "J.R.", WESTERN),
        ("Anna", "", "Anna", WESTERN),
        ("", "", "", WESTERN),
    ],
)
def test_one_field_is_parted_into_two(full_name, family, given, order):
    assert split(full_name) == PersonName(family, given, order)


@pytest.mark.parametrize(
    "full_name",
    [
        "张三",
        "欧阳娜娜",
        "张",
        "张三 Tony",
        "John Smith",
        "Jan van der Berg",
        "阿里木江·买买提",
        "约翰·保罗·史密斯",
        "Anna",
        "SCHNEIDER Anna",
        "김철수",
    ],
)
def test_the_parts_give_the_name_again(full_name):
    assert display(split(full_name)) == full_name


@given(st.text(alphabet="张欧阳王小明 山田太郎·Aab.vo,1", max_size=12))
def test_no_letter_is_lost_in_parting(full_name):
    name = split(full_name)

    def letters(text):
        return sorted(each for each in text if each.isalnum())

    assert letters(name.family + name.given) == letters(clean(full_name))


def test_the_order_can_be_overruled_for_one_person():
    assert display(split("John Smith"), "family_first") == "Smith John"
    assert display(split("SCHNEIDER Anna"), "given_first") == "Anna SCHNEIDER"
    assert display(split("Smith, John")) == "John Smith"


@pytest.mark.parametrize(
    ("typed", "name", "gender"),
    [
        ("张三先生", "张三", "male"),
        ("张三（先生）", "张三", "male"),
        ("张三 女士", "张三", "female"),
        ("李女士", "李", "female"),
        ("王夫人", "王", "female"),
        ("Mr. John Smith", "John Smith", "male"),
        ("Ms Anna Schneider", "Anna Schneider", "female"),
        ("Frau Anna Schneider", "Anna Schneider", "female"),
        ("mr.smith", "smith", "male"),
        ("张总", "张总", ""),
        ("李经理", "李经理", ""),
        ("Missy Muster", "Missy Muster", ""),
        ("先生", "先生", ""),
        ("Dr. Anna Schneider", "Dr. Anna Schneider", ""),
    ],
)
def test_forms_of_address_are_taken_off_and_tell_the_gender(typed, name, gender):
    assert strip_honorific(typed) == (name, gender)
