"""The quick-add line: sixty ways to write down a person, in any order, and nothing typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import quick_line
from crm_desktop.text.quick_line import QuickLine

ZHANG = QuickLine("张三", "采购经理", "华东机械有限公司", ("13800138000",), ("zs@example.com",))
ANNA = QuickLine(
    "Anna Schneider", "Head of Purchasing", "Contoso GmbH", ("+49 30 1234567",), ("anna@contoso.example.com",)
)

SAME_ZHANG = [
    "张三，采购经理，华东机械有限公司，13800138000，zs@example.com",
    "张三,采购经理,华东机械有限公司,13800138000,zs@example.com",
    "张三 采购经理 华东机械有限公司 13800138000 zs@example.com",
    "张三、采购经理、华东机械有限公司、13800138000、zs@example.com",
    "张三；采购经理；华东机械有限公司；13800138000；zs@example.com",
    "张三 | 采购经理 | 华东机械有限公司 | 13800138000 | zs@example.com",
    "13800138000 张三 采购经理 华东机械有限公司 zs@example.com",
    "zs@example.com，13800138000，华东机械有限公司，采购经理，张三",
    "华东机械有限公司 采购经理 张三 13800138000 zs@example.com",
    "华东机械有限公司，张三，采购经理，zs@example.com，13800138000",
    "采购经理 张三 zs@example.com 13800138000 华东机械有限公司",
    "张三\t采购经理\t华东机械有限公司\t13800138000\tzs@example.com",
    "张三\n采购经理\n华东机械有限公司\n13800138000\nzs@example.com",
    "张三 采购经理\n华东机械有限公司\n手机：13800138000\n邮箱：zs@example.com",
    "张三 采购经理，华东机械有限公司，13800138000，zs@example.com",
    "姓名：张三 职务：采购经理 公司：华东机械有限公司 手机：13800138000 邮箱：zs@example.com",
    "姓名: 张三\n职位: 采购经理\n单位: 华东机械有限公司\n电话: 13800138000\nE-mail: zs@example.com\n此致\n敬礼",
    "张三，采购经理，华东机械有限公司，１３８００１３８０００，zs＠example.com",
    "张三 - 采购经理 - 华东机械有限公司 - 13800138000 - zs@example.com",
    "Mobile: 13800138000, Email: zs@example.com, 张三, 采购经理, 华东机械有限公司",
]

SAME_ANNA = [
    "Anna Schneider, Head of Purchasing, Contoso GmbH, +49 30 1234567, anna@contoso.example.com",
    "Anna Schneider; Head of Purchasing; Contoso GmbH; +49 30 1234567; anna@contoso.example.com",
    "Anna Schneider | Head of Purchasing | Contoso GmbH | +49 30 1234567 | anna@contoso.example.com",
    "Contoso GmbH, Anna Schneider, Head of Purchasing, anna@contoso.example.com, +49 30 1234567",
    "anna@contoso.example.com, +49 30 1234567, Head of Purchasing, Contoso GmbH, Anna Schneider",
    "Head of Purchasing, Anna Schneider, +49 30 1234567, anna@contoso.example.com, Contoso GmbH",
    "Anna Schneider - Head of Purchasing at Contoso GmbH, +49 30 1234567, anna@contoso.example.com",
    "Anna Schneider, Head of Purchasing @ Contoso GmbH, +49 30 1234567, anna@contoso.example.com",
    "Anna Schneider\nHead of Purchasing\nContoso GmbH\n+49 30 1234567\nanna@contoso.example.com",
    "Best regards\nAnna Schneider\nHead of Purchasing\nContoso GmbH\nT: +49 30 1234567\nE: anna@contoso.example.com",
    (
        "Mit freundlichen Grüßen\n\nAnna Schneider\nHead of Purchasing\n\nContoso GmbH\n"
        "Tel.: +49 30 1234567\nE-Mail: anna@contoso.example.com"
    ),
    (
        "Name: Anna Schneider\nTitle: Head of Purchasing\nCompany: Contoso GmbH\n"
        "Phone: +49 30 1234567\nEmail: anna@contoso.example.com"
    ),
    "Anna Schneider\tHead of Purchasing\tContoso GmbH\t+49 30 1234567\tanna@contoso.example.com",
    "--\nAnna Schneider\nHead of Purchasing · Contoso GmbH\n+49 30 1234567 | anna@contoso.example.com",
    "Anna Schneider (+49 30 1234567) <anna@contoso.example.com>, Head of Purchasing, Contoso GmbH",
]

OTHERS = [
    (
        "Zhang San, Purchasing Manager, ACME, 13800138000, zs@acme.cn",
        QuickLine("Zhang San", "Purchasing Manager", "ACME", ("13800138000",), ("zs@acme.cn",)),
    ),
    ("張三，採購經理，華東機械有限公司", QuickLine("張三", "採購經理", "華東機械有限公司")),
    ("欧阳娜，技术总监，北京某某科技股份有限公司", QuickLine("欧阳娜", "技术总监", "北京某某科技股份有限公司")),
    ("李四 总经理", QuickLine("李四", "总经理")),
    ("李四 13800138000", QuickLine("李四", phones=("13800138000",))),
    ("李四", QuickLine("李四")),
    ("王经理 13800138000", QuickLine("王经理", "经理", phones=("13800138000",))),
    ("张三经理，13800138000", QuickLine("张三", "经理", phones=("13800138000",))),
    ("王总，ACME，13900139000", QuickLine("王总", company="ACME", phones=("13900139000",))),
    ("华东机械 张三", QuickLine("张三", company="华东机械")),
    ("ACME, Anna Schneider", QuickLine("Anna Schneider", company="ACME")),
    ("ACME Co., Ltd., Li Si, Sales Director", QuickLine("Li Si", "Sales Director", "ACME Co., Ltd.")),
    ("Li Si, ACME Inc.", QuickLine("Li Si", company="ACME Inc.")),
    (
        "Dr. Anna Schneider, VP Procurement, Contoso Group",
        QuickLine("Dr. Anna Schneider", "VP Procurement", "Contoso Group"),
    ),
    ("Anna Schneider, CEO, Founder, Contoso", QuickLine("Anna Schneider", "CEO, Founder", "Contoso")),
    ("张三 采购部 经理 华东大学", QuickLine("张三", "采购部 经理", "华东大学")),
    ("张三，厂长，某某机械厂", QuickLine("张三", "厂长", "某某机械厂")),
    ("华东（上海）有限公司，张三", QuickLine("张三", company="华东（上海）有限公司")),
    ("张三 010-12345678-801", QuickLine("张三", phones=("010-12345678-801",))),
    ("张三 0755-8888 6666 转 12 总工程师", QuickLine("张三", "总工程师", phones=("0755-8888 6666 转 12",))),
    ("张三 13800138000 010-12345678", QuickLine("张三", phones=("13800138000", "010-12345678"))),
    ("张三 13800138000/13900139000", QuickLine("张三", phones=("13800138000", "13900139000"))),
    ("张三 +86 138 0013 8000", QuickLine("张三", phones=("+86 138 0013 8000",))),
    ("张三 400-820-8820", QuickLine("张三", phones=("400-820-8820",))),
    ("张三 +86 123456789", QuickLine("张三", phones=("+86 123456789",))),
    ("John Smith, (650) 253-0000", QuickLine("John Smith", phones=("(650) 253-0000",))),
    ("张三 #工博会2026 #重点客户", QuickLine("张三", tags=("工博会2026", "重点客户"))),
    ("张三，＃工博会，华东机械", QuickLine("张三", company="华东机械", tags=("工博会",))),
    ("Anna Schneider #fair #fair", QuickLine("Anna Schneider", tags=("fair",))),
    ("李四;技术总监;www.example.com", QuickLine("李四", "技术总监", url="www.example.com")),
    ("李四, https://example.com/a?b=1, CEO", QuickLine("李四", "CEO", url="https://example.com/a?b=1")),
    ("李四 example.com.cn", QuickLine("李四", url="example.com.cn")),
    ("张三, ACME, 喜欢喝茶", QuickLine("张三", company="ACME", note="喜欢喝茶")),
    (
        "Anna Schneider, Contoso, met at the fair, likes tea",
        QuickLine("Anna Schneider", company="Contoso", note="met at the fair, likes tea"),
    ),
    ("张三, 微信：zhangsan_1, ACME", QuickLine("张三", company="ACME", note="微信:zhangsan_1")),
    (
        "电话：021-62251234 传真：021-62251235 张三",
        QuickLine("张三", phones=("021-62251234",), note="传真:021-62251235"),
    ),
    ("张三\n地址：上海市浦东新区某路 1 号 2 楼", QuickLine("张三", note="地址:上海市浦东新区某路 1 号 2 楼")),
    ("John Smith, 2025-03-08 met, ACME Inc.", QuickLine("John Smith", company="ACME Inc.", note="2025-03-08 met")),
    ("13800138000", QuickLine(phones=("13800138000",))),
    ("a@example.com b@example.com", QuickLine(mails=("a@example.com", "b@example.com"))),
    ("", QuickLine()),
    (" ,，\n; ", QuickLine()),
]


@pytest.mark.parametrize("line", SAME_ZHANG)
def test_one_person_written_in_many_ways(line):
    assert quick_line.read(line) == ZHANG


@pytest.mark.parametrize("line", SAME_ANNA)
def test_one_english_person_written_in_many_ways(line):
    assert quick_line.read(line) == ANNA


@pytest.mark.parametrize(("line", "expected"), OTHERS)
def test_other_lines(line, expected):
    assert quick_line.read(line) == expected


def test_a_whole_signature():
    found = quick_line.read(
        "张三\n采购经理\n华东机械有限公司\n电话：010-12345678 转 801\n"
        "手机：138 0013 8000\n邮箱：zs@example.com\n网址：www.example.com"
    )
    assert found.phones == ("010-12345678 转 801", "138 0013 8000")
    assert found.mobile == "138 0013 8000"
    assert (found.mails, found.url, found.note) == (("zs@example.com",), "www.example.com", "")


def test_the_mobile_falls_back_on_the_first_number():
    assert quick_line.read("张三 010-12345678").mobile == "010-12345678"
    assert quick_line.read("张三").mobile == ""


WORDS = st.sampled_from(
    [
        "张三",
        "经理",
        "公司",
        "Anna Schneider",
        "GmbH",
        "at",
        "13800138000",
        "a@b.com",
        "#",
        "#x",
        "www.",
        "Tel:",
        "转",
        ",",
        "\n",
        " ",
        "/",
        "+",
        "(",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS).map("".join), st.lists(WORDS).map(" ".join)))
def test_no_text_breaks_it(line):
    assert isinstance(quick_line.read(line), QuickLine)


@given(
    st.lists(
        st.sampled_from(
            ["张三", "Anna Schneider", "采购经理", "喝茶", "likes tea", "ACME", "华东机械有限公司", "CEO", "x"]
        ),
        unique=True,
    )
)
def test_nothing_typed_is_lost(words):
    found = quick_line.read("，".join(words))
    kept = f"{found.name} {found.title} {found.company} {found.note}"
    assert all(word in kept for word in words)


def test_even_an_endless_paste_is_kept():
    assert quick_line.read("茶" * 100_000).name + quick_line.read("茶" * 100_000).note == "茶" * 100_000
