"""Makes resources/samples/trade_show.xlsx and .csv: a visitor list as organisers send it, mistakes included.

Run from the project's folder: python packaging/make_samples.py. The same program gives the same bytes each time.
"""

import csv
import datetime
import sys
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parent.parent))

from crm_desktop.text.believable import Believer, Language

Cell: TypeAlias = str | int | float | datetime.date | None
Row: TypeAlias = list[Cell]

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
TITLE = "2026 智能制造展 · 参展观众名单（内部资料） Visitor list"
HEADER = [
    "公司名称*",
    "姓名 Name",
    "职务",
    "手机",
    "电话 Tel",
    "E-mail",
    "微信号",
    "地址",
    "客户级别",
    "所属行业",
    "标签",
    "来访日期",
    "备注 Remarks",
]
COMPANY, PERSON, TITLE_COLUMN, MOBILE, PHONE, MAIL, WECHAT, ADDRESS, LEVEL, INDUSTRY, TAGS, DATE, NOTE = range(
    len(HEADER)
)
WIDTHS = [30, 14, 16, 18, 20, 32, 18, 36, 10, 12, 18, 13, 40]
ROWS, CSV_ROWS, BLANK_AT = 300, 50, 23
SHARED_AT = (5, 17, 20, 27)
"""The visitors with the mobile of somebody else in the sample data, so that there is something to decide."""
KNOWN_PEOPLE = 209_000
"""More people than the sample data has, so that a list brought in over it is about others."""
FIRST_DAY = datetime.date(2026, 5, 12)
MADE_AT = datetime.datetime(2026, 5, 15, 9, 0)  # noqa: DTZ001 - XlsxWriter takes no time zones

LEVEL_WORDS = {
    "vip": ["VIP客户", "VIP", "★★★"],
    "a": ["A级", "A", "A类客户", "★★"],
    "b": ["B级", "B", "★"],
    "c": ["C级", "C"],
    "normal": ["普通", "普通客户", ""],
}
INDUSTRY_WORDS = {
    "it": "信息技术|IT",
    "manufacturing": "制造业|Manufacturing",
    "retail": "零售|Retail",
    "automation": "自动化|Automation",
    "chemicals": "化工|Chemicals",
    "energy": "能源|Energy",
    "construction": "建筑|Construction",
    "finance": "金融|Finance",
    "healthcare": "医疗|Healthcare",
    "education": "教育|Education",
    "logistics": "物流|Logistics",
    "food": "食品|Food",
    "automotive": "汽车|Automotive",
    "electronics": "电子|Electronics",
    "agriculture": "农业|Agriculture",
    "media": "传媒|Media",
    "government": "政府|Government",
    "services": "服务业|Services",
    "other": "其他|Other",
}
LONG_NOTE = "；".join(
    [
        "在展台停留近一小时，对伺服压机和视觉检测两条线都感兴趣",
        "现有设备约二十台，其中八台超过十年，计划分两期更换",
        "一期预算已批，二期要等下半年的产量",
        "希望先看同行的现场，再谈付款方式和质保",
        "技术部关心接口协议和数据能否接入现有系统，采购部关心备件价格和到货时间",
        "已答应展后两周内寄样品报告和参考案例",
    ]
)

EXAMPLE_PERSON: Row = [
    "无锡示例传动科技有限公司",
    "张三",
    "采购经理",
    13800000606,
    "0510-58000606",
    "zhang.san@shili-chuandong.example",
    "zhangsan_0606",
    "无锡市建设路66号",
    "A级",
    "制造业",
    "重点、展会",
    FIRST_DAY,
    "",
]
SUZHOU_COMPANY = ("苏州示例精密机械有限公司", "0512-58001201", "shili-jixie.example", "苏州市星海街8号")
SHANGHAI_COMPANY = ("上海示例自动化股份有限公司", "021-58001234", "shili-zidonghua.example", "上海市春申路18号")


class List:
    """The rows of the visitor list while they are being made."""

    def __init__(self, seed: int, known_people: int) -> None:
        self.believer = Believer(seed, known_people)
        self.random = Random(seed)  # noqa: S311 - invented data, no secret

    def rows(self, count: int) -> list[Row]:
        """Clean-looking rows in the many ways of writing that are usual."""
        made: list[Row] = []
        while len(made) < count:
            language: Language = self.random.choices(("zh_CN", "en", "de"), (78, 14, 8))[0]
            company = self.believer.company(language)
            made += [self.row(language, company) for _each in range(self.random.choice((1, 1, 1, 2, 3)))]
        return made[:count]

    def row(self, language: Language, company: dict[str, Any]) -> Row:
        """One visitor."""
        pick = self.random.choice
        person = self.believer.person(language, company)
        chinese = language == "zh_CN"
        city = company["city_name"] + "市" if chinese else ""
        day = FIRST_DAY + datetime.timedelta(days=self.random.randrange(4))
        return [
            company["name"],
            person["full_name"],
            person["title"],
            self.mobile(person["mobile"]),
            company["phone"],
            person["email"],
            person["wechat"],
            city + company["address"],
            pick(LEVEL_WORDS[company["level"]]),
            INDUSTRY_WORDS[company["industry"]].split("|")[pick((0, 0, 1)) if chinese else 1],
            pick(("、", ";", "；", ",")).join(company["tags"]),
            pick(
                (
                    day,
                    day,
                    day.isoformat(),
                    f"{day.year}年{day.month}月{day.day}日",
                    f"{day.month}/{day.day}/{day.year}",
                )
            ),
            self.believer.activity("trade_show", language)["summary"] if self.random.random() < 0.3 else "",
        ]

    def mobile(self, number: str) -> Cell:
        """A mobile as a number, or as text with blanks, dots, dashes or the country code."""
        if not number.startswith("+86"):
            return number
        plain = number[3:]
        parts = plain[:3], plain[3:7], plain[7:]
        ways: list[Cell] = [
            int(plain),
            int(plain),
            plain,
            " ".join(parts),
            "-".join(parts),
            ".".join(parts),
            f"+86 {plain}",
            f"0086-{plain}",
        ]
        return self.random.choice(ways)


def with_company(row: Row, company: tuple[str, str, str, str]) -> Row:
    """The same visitor as one of that company."""
    name, phone, domain, address = company
    handle = str(row[MAIL] or "info").partition("@")[0]
    return [name, *row[1:PHONE], phone, f"{handle}@{domain}", row[MAIL + 1], address, *row[LEVEL:]]


def sample_mobiles() -> list[str]:
    """Mobiles of the first Chinese people of the sample data."""
    believer = Believer()
    return [str(believer.person()["mobile"]) for _each in SHARED_AT]


def with_mistakes(rows: list[Row]) -> list[Row]:
    """The same rows with each kind of mistake put in at a fixed place; README.md lists them."""
    rows[6] = list(EXAMPLE_PERSON)
    rows[30] = [*rows[6][:TITLE_COLUMN], "采购部经理", "+86 138 0000 0606", *rows[6][PHONE:]]
    for first, second, company in ((8, 45, SUZHOU_COMPANY), (13, 39, SHANGHAI_COMPANY)):
        rows[first] = with_company(rows[first], company)
        rows[second] = with_company(rows[second], company)
        rows[second][COMPANY] = company[0].removesuffix("股份有限公司").removesuffix("有限公司")
    rows[8][PHONE] = f"{SUZHOU_COMPANY[1]} / 021-58009901"
    rows[13][PHONE] = f"{SHANGHAI_COMPANY[1]}转801"
    for at, number in zip(SHARED_AT, sample_mobiles(), strict=False):
        rows[at][MOBILE] = number
    rows[12][MOBILE] = "１３８００００１２１２"
    rows[15][COMPANY], rows[15][PERSON] = f" {rows[15][COMPANY]} ", f"{rows[15][PERSON]}   "
    rows[18][MAIL] = "li.si＠shili-jixie.example"
    rows[21][MAIL] = "wang.wu@shili-keji,example"
    rows[25][COMPANY] = ""
    rows[28][PERSON] = ""
    rows[32][COMPANY] = rows[32][PERSON] = ""
    rows[34][NOTE] = LONG_NOTE
    rows[37][NOTE] = "=1+1"
    rows[40][NOTE] = "+展后请尽快联系，等报价"
    rows[43][MOBILE] = "1.38001E+10"
    rows[46][MOBILE] = "13800004646；139 0000 9988"
    rows[48][DATE] = 46154
    return [*rows[:BLANK_AT], [None] * len(HEADER), *rows[BLANK_AT:]]


def write_workbook(path: Path, rows: list[Row]) -> None:
    """One sheet: a title, a blank row, the header and the visitors."""
    import xlsxwriter

    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": TITLE, "comments": "Invented people and companies", "created": MADE_AT})
        sheet = book.add_worksheet("参展观众 Attendees")
        bold = book.add_format({"bold": True, "bottom": 1})
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, 5, TITLE, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_row(2, 0, HEADER, bold)
        sheet.freeze_panes(3, 0)
        for at, row in enumerate(rows, start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(at, column, datetime.datetime.combine(cell, datetime.time.min), date)
                elif cell not in (None, ""):
                    sheet.write(at, column, cell)


def write_table(path: Path, rows: list[Row]) -> None:
    """The same as text, as Excel saves “CSV UTF-8”: with a byte order mark and Windows line ends."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)


def main(folder: Path = SAMPLES) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(folder / "trade_show.xlsx", with_mistakes(List(2026, KNOWN_PEOPLE).rows(ROWS)))
    write_table(folder / "trade_show.csv", with_mistakes(List(2027, KNOWN_PEOPLE + ROWS).rows(CSV_ROWS)))


if __name__ == "__main__":
    main()
