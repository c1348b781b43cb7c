"""Lists as other programs write them: their header rows, and invented rows below."""

import csv
from collections import Counter
from dataclasses import dataclass, field

from crm_desktop.text.sheet import sheet_of


@dataclass(frozen=True)
class Known:
    """A list of another program, and where its columns go; a column that is not named is left out on purpose."""

    name: str
    header: list[str]
    mapped: dict[str, str]
    rows: list[dict[str, object]]
    before: list[list[str]] = field(default_factory=list)
    """Lines above the header."""

    @property
    def sheet(self):
        return sheet_of(self.name, [*self.before, self.header, *map(self._line, self.rows)])

    @property
    def targets(self):
        """The target of each column; of headers that come twice the second one is called “header (2)”."""
        seen = Counter()
        found = []
        for header in self.header:
            seen[header] += 1
            found.append(self.mapped.get(header if seen[header] == 1 else f"{header} ({seen[header]})"))
        return tuple(found)

    def write(self, path):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([*self.before, self.header, *map(self._line, self.rows)])
        return path

    def _line(self, row):
        unknown = set(row) - set(self.header)
        assert not unknown, unknown
        return [row.get(header) for header in self.header]


def words(line):
    """The words of a header."""
    return [each.strip() for each in line.replace("\n", " ").split(",")]


OUTLOOK = Known(
    "Outlook",
    words(
        """Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,
        Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,
        Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,
        Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,
        Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,
        Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,
        Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children,
        Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,
        E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,
        Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,
        Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,
        Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"""
    ),
    {
        "First Name": "contact.given_name",
        "Middle Name": "contact.middle_name",
        "Last Name": "contact.family_name",
        "Company": "account.name",
        "Department": "affiliation.department",
        "Job Title": "affiliation.title",
        "Business Street": "account.street",
        "Business Street 2": "account.street",
        "Business Street 3": "account.street",
        "Business City": "account.city",
        "Business State": "account.province",
        "Business Postal Code": "account.postcode",
        "Business Country/Region": "account.country",
        "Home Street": "contact.street",
        "Home Street 2": "contact.street",
        "Home Street 3": "contact.street",
        "Home City": "contact.city",
        "Home State": "contact.province",
        "Home Postal Code": "contact.postcode",
        "Home Country/Region": "contact.country",
        "Business Fax": "account.fax",
        "Business Phone": "contact.phone",
        "Business Phone 2": "contact.phone",
        "Car Phone": "contact.phone",
        "Company Main Phone": "account.phone",
        "Home Phone": "contact.phone",
        "Home Phone 2": "contact.phone",
        "Mobile Phone": "contact.mobile",
        "Other Phone": "contact.phone",
        "Primary Phone": "contact.phone",
        "Birthday": "contact.birthday",
        "Categories": "contact.tags",
        "E-mail Address": "contact.email",
        "E-mail 2 Address": "contact.email",
        "E-mail 3 Address": "contact.email",
        "Gender": "contact.gender",
        "Hobby": "contact.hobby",
        "Notes": "contact.note",
        "Web Page": "account.website",
    },
    [
        {
            "First Name": "Anna",
            "Middle Name": "Maria",
            "Last Name": "Schneider",
            "Company": "Beispiel Maschinen GmbH",
            "Job Title": "Head of Purchasing",
            "Business Street": "Musterstraße 5",
            "Business City": "München",
            "Business Postal Code": "80331",
            "Business Country/Region": "Germany",
            "Business Phone": "+49 89 1234567",
            "Mobile Phone": "+49 151 23456789",
            "E-mail Address": "anna@beispiel.example",
            "E-mail 2 Address": "a.schneider@post.example",
            "E-mail Display Name": "Anna Schneider (anna@beispiel.example)",
            "E-mail Type": "SMTP",
            "Gender": "Unspecified",
            "Priority": "Normal",
            "Sensitivity": "Normal",
            "Categories": "Fair;Purchasing",
            "Notes": "Met at the fair.",
            "Birthday": "0/0/00",
            "Private": "False",
        },
        {
            "First Name": "Erika",
            "Last Name": "Muster",
            "Company": "Beispiel Maschinen GmbH",
            "Mobile Phone": "+49 151 23456780",
            "Gender": "Female",
            "Priority": "Normal",
            "Sensitivity": "Normal",
            "Birthday": "3/8/1990",
        },
        {"First Name": "John", "Last Name": "Doe", "E-mail Address": "john@home.example", "Home City": "London"},
    ],
)
OUTLOOK_ZH = Known(
    "Outlook 中文",
    words(
        """称谓,名,中间名,姓,后缀,单位,部门,职务,商务地址 街道,商务地址 街道 2,商务地址 街道 3,商务地址 市/县,
        商务地址 省/市/自治区,
        商务地址 邮政编码,商务地址 国家/地区,住宅地址 街道,住宅地址 街道 2,住宅地址 街道 3,住宅地址 市/县,
        住宅地址 省/市/自治区,
        住宅地址 邮政编码,住宅地址 国家/地区,其他地址 街道,其他地址 街道 2,其他地址 街道 3,其他地址 市/县,
        其他地址 省/市/自治区,
        其他地址 邮政编码,其他地址 国家/地区,助理的电话,商务传真,商务电话,商务电话 2,回电话,车载电话,
        单位主要电话,住宅传真,住宅电话,
        住宅电话 2,ISDN,移动电话,其他传真,其他电话,寻呼机,主要电话,无绳电话,TTY/TDD 电话,电报,Internet 忙闲,
        办公地点,地点,电子邮件地址,
        电子邮件类型,电子邮件显示名称,电子邮件 2 地址,电子邮件 2 类型,电子邮件 2 显示名,电子邮件 3 地址,电子邮件 3 类型,
        电子邮件 3 显示名,附注,工作证号码,关键词,记帐信息,纪念日,经理姓名,类别,里程,敏感度,目录服务器,配偶,
        其他地址 - 邮箱,
        商务地址 - 邮箱,身份证编号,生日,私有,缩写,网页,性别,业余爱好,引用者,用户 1,用户 2,用户 3,用户 4,优先级,
        语言,帐户,职业,
        住宅地址 - 邮箱,助理的姓名,子女"""
    ),
    {
        "名": "contact.given_name",
        "中间名": "contact.middle_name",
        "姓": "contact.family_name",
        "单位": "account.name",
        "部门": "affiliation.department",
        "职务": "affiliation.title",
        "商务地址 街道": "account.street",
        "商务地址 街道 2": "account.street",
        "商务地址 街道 3": "account.street",
        "商务地址 市/县": "account.city",
        "商务地址 省/市/自治区": "account.province",
        "商务地址 邮政编码": "account.postcode",
        "商务地址 国家/地区": "account.country",
        "住宅地址 街道": "contact.street",
        "住宅地址 街道 2": "contact.street",
        "住宅地址 街道 3": "contact.street",
        "住宅地址 市/县": "contact.city",
        "住宅地址 省/市/自治区": "contact.province",
        "住宅地址 邮政编码": "contact.postcode",
        "住宅地址 国家/地区": "contact.country",
        "商务传真": "account.fax",
        "商务电话": "contact.phone",
        "商务电话 2": "contact.phone",
        "车载电话": "contact.phone",
        "单位主要电话": "account.phone",
        "住宅电话": "contact.phone",
        "住宅电话 2": "contact.phone",
        "移动电话": "contact.mobile",
        "其他电话": "contact.phone",
        "主要电话": "contact.phone",
        "电子邮件地址": "contact.email",
        "电子邮件 2 地址": "contact.email",
        "电子邮件 3 地址": "contact.email",
        "附注": "contact.note",
        "类别": "contact.tags",
        "生日": "contact.birthday",
        "网页": "account.website",
        "性别": "contact.gender",
        "业余爱好": "contact.hobby",
    },
    [
        {
            "名": "三",
            "姓": "张",
            "单位": "示例机械有限公司",
            "部门": "采购部",
            "职务": "采购经理",
            "商务地址 街道": "星湖街1号",
            "商务地址 市/县": "苏州市",
            "商务地址 省/市/自治区": "江苏省",
            "商务地址 邮政编码": "215000",
            "商务地址 国家/地区": "中国",
            "商务电话": "0512-62345678",
            "移动电话": "13800138000",
            "电子邮件地址": "zhangsan@example.com",
            "电子邮件显示名称": "张三 (zhangsan@example.com)",
            "电子邮件类型": "SMTP",
            "性别": "未指定",
            "优先级": "普通",
            "敏感度": "普通",
            "生日": "00/0/0",
            "私有": "False",
            "附注": "展会认识",
        },
        {"姓": "李", "名": "四", "移动电话": "13900139000", "性别": "男", "优先级": "普通", "敏感度": "普通"},
        {"姓": "王", "名": "五", "单位": "示例科技股份有限公司", "电子邮件地址": "wang@example.com"},
    ],
)
