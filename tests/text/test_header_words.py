"""Whatever words stand above the columns, they find their field; what only looks alike is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import fold
from crm_desktop.text.header_rows import suggest
from crm_desktop.text.header_synonyms import ADDRESS_PARTS, SYNONYMS
from crm_desktop.text.header_words import is_header_row, target_of

HEADERS = {
    "account.name": "公司名称|客户名称|公司|单位名称|企业名称|工作单位|参展商"
    "|公司名稱|企業名稱|Company|COMPANY NAME|Organization|Organisation|Employer",
    "account.short_name": "简称|公司简称|簡稱|Short Name",
    "account.name_en": "公司英文名|英文名称|Company Name (English)",
    "account.industry": "行业|所属行业|產業別|行業|Industry|Sector",
    "account.level": "客户级别|客户等级|重要程度|星级|級別|Level|Rating|Priority",
    "account.size_band": "公司规模|员工人数|規模|Company Size|Employees|No. of Employees",
    "account.website": "网站|网址|官网|網址|Website|Web Site|URL|Homepage",
    "account.phone": "公司电话|总机|公司總機|Company Phone|Main Phone",
    "account.email": "公司邮箱|企业邮箱|Company E-mail",
    "account.fax": "传真|传真号码|傳真|Fax|Business Fax|传真/Fax",
    "account.mobile": "公司手机|Company Mobile",
    "account.address": "地址|公司地址|通讯地址|通訊地址|Address|Mailing Address|住所",
    "account.region": "地区|所在地区|地區|省市区|Region",
    "account.description": "公司简介|主营业务|展位|展位号|展位號|Booth No.|Stand",
    "account.credit_code": "统一社会信用代码|税号|統一編號|VAT ID|Tax Number",
    "account.annual_revenue": "年营业额|年销售额（万元）|Annual Revenue|Turnover",
    "account.budget": "预算|采购预算|預算|Budget",
    "account.types": "客户类型|客户分类|Account Type",
    "account.business_type": "业务类型|经营模式|Business Type",
    "account.relationship": "客户关系|合作关系|成交状态|Relationship|Lifecycle Stage",
    "account.status": "客户状态|状态|Status|Lead Status",
    "account.source": "来源|客户来源|线索来源|來源|Lead Source",
    "account.owner": "负责人|业务员|客户经理|負責人|Owner|Account Manager|Sales Rep",
    "account.parent": "上级公司|母公司|Parent Company",
    "account.tags": "客户标签|Account Tags",
    "account.created_at": "创建时间|登记日期|Created At|Registration Date",
    "contact.full_name": "姓名|联系人|联系人姓名|聯絡人|Name|Full Name|Contact Person|姓名 Name|您的姓名",
    "contact.middle_name": "中间名|Middle Name|Additional Name",
    "contact.owner_id": "联系人负责人|Contact Owner",
    "contact.birth_year": "出生年|生日(年)|Year of birth",
    "contact.birth_month": "出生月|生日(月)|Birth Month",
    "contact.birth_day": "生日(日)|Day of Birth",
    "contact.phone_kind": "Phone 1 - Type|Phone 2 - Label|电话类型",
    "activity.at": "跟进时间|拜访日期|Meeting Date",
    "activity.kind": "跟进方式|Activity Type",
    "activity.author_id": "跟进人|记录人",
    "contact.family_name": "姓|姓氏|Last Name|Surname",
    "contact.given_name": "名|First Name|Given Name",
    "contact.english_name": "英文名|English Name",
    "contact.gender": "性别|性別|称谓|Gender|Salutation",
    "contact.mobile": "手机|手机号|手机号码|移动电话|行動電話|手機|手机*|手机1"
    "|Mobile|Cell|Cell Phone|Mobile Phone|手机（微信同号）",
    "contact.phone": "电话|座机|固定电话|办公电话|電話|电话2|Phone|Tel.|Work Phone|Phone 1 - Value|Telephone"
    "|联系电话|電話番号",
    "contact.email": "邮箱|电子邮件|电子邮箱|電子郵件|E-mail|Email|E-mail Address|E-mail 1 - Value|邮箱地址"
    "|电邮|E-mail 2 Address|电子邮件 3 地址|メールアドレス",
    "contact.wechat": "微信|微信号|微信號|WeChat|WeChat ID",
    "contact.qq": "QQ|QQ号",
    "contact.linkedin": "领英|LinkedIn|LinkedIn URL",
    "contact.address": "家庭地址|住址|Home Address",
    "contact.birthday": "生日|出生日期|Birthday|Date of Birth",
    "contact.hobby": "爱好|兴趣爱好|Hobbies",
    "contact.note": "联系人备注|Contact Notes",
    "contact.types": "联系人类型|观众类型|Visitor Type",
    "contact.tags": "标签|分组|標籤|Tags|Labels",
    "contact.preferred_channel": "首选联系方式|Preferred Contact Method",
    "affiliation.title": "职务|职位|職稱|职称|Title|Job Title|Position|职务/职称",
    "affiliation.department": "部门|部門|科室|Department|Dept.",
    "affiliation.decision_role": "决策角色|Decision Role|Buying Role",
    "affiliation.responsibility": "职责|负责业务|Responsibilities",
    "affiliation.status": "是否在职|Employment Status",
    "activity.summary": "备注|備註|说明|Notes|Remarks|Comment|跟进记录|沟通记录|拜访记录|Meeting Notes|Call Notes",
    "record.id": "记录编号|Record ID",
    "record.version": "版本|Record Version",
}
PARTS = {
    "account.street": "街道|详细地址|Street|Street Address 2|Business Street 3|商务地址 街道 2|BillingStreet"
    "|Straße geschäftlich",
    "account.city": "城市|市|市/县|City|Business City|Billing Address City|商务地址 市/县|縣市",
    "account.province": "省|省份|省/市/自治区|State|State/Province|商务地址 省/市/自治区|都道府県",
    "account.district": "区|区/县|鄉鎮市區|District",
    "account.country": "国家|国家/地区|Country|Country/Region|Business Country/Region",
    "account.postcode": "邮编|邮政编码|郵遞區號|Zip|Zip/Postal Code|Postal Code|PLZ",
    "contact.street": "Home Street|Mailing Street|Primary Address Street|Address 1 - Street|住宅地址 街道",
    "contact.province": "Address 1 - Region|Mailing State/Province",
}
TRIMMED = {
    "contact.full_name": "*姓名|姓 名：|1、您的姓名是？|请问您的姓名|What is your full name?|姓名\nName"
    "|联系人1|联系人(姓名)",
    "contact.mobile": "手机（必填）|Mobile Phone*|ＭＯＢＩＬＥ|请输入您的手机号码：|3. 您的联系方式（手机号）"
    "|Mobile_Phone__c|第2题：手机号",
    "account.region": "省份/城市|省/市/区|Country/City",
    "contact.any_phone": "联系电话/手机|手机/电话|Mobile / Tel",
    "account.name": "您所在的公司名称是什么？|贵公司的名称|贵公司名称|Which company do you work for?"
    "|公司\n名称|Company / Account",
    "affiliation.title": "您的职位是|联系人职务|What is your job title?|职务1|Organization 1 - Title",
    "contact.email": "What is your e-mail address?|您的电子邮箱（选填）|邮箱：",
    "account.phone": "公司联系电话|客户电话|公司电话1",
    "account.email": "公司电子邮件|客户邮箱",
    "account.industry": "贵公司所属行业|公司行业|客户行业",
}
CASES = [
    (header, target)
    for line_of in (HEADERS, PARTS, TRIMMED)
    for target, line in line_of.items()
    for header in line.split("|")
]


def test_there_is_enough_to_test():
    assert len(CASES) >= 120
    assert set(HEADERS) == set(SYNONYMS)
    assert sum(len(line.split("|")) for line in SYNONYMS.values()) >= 250


@pytest.mark.parametrize(("header", "target"), CASES)
def test_a_header_finds_its_target(header, target):
    found = target_of(header)
    assert found is not None
    assert found[0] == target
    assert found[1] >= 0.95


def test_no_word_has_two_meanings():
    words = [fold(word) for line in SYNONYMS.values() for word in line.split("|")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("header", "certainty"),
    [
        ("手机", 1.0),
        ("MOBILE", 1.0),
        ("手机*", 0.95),
        ("公司名称（必填）", 0.95),
        ("您的邮箱？", 0.95),
        ("公司所在行业", 0.95),
        ("园区前台电话", 0.7),
        ("Invited by email", 0.7),
    ],
)
def test_certainty_falls_with_trimmings(header, certainty):
    assert target_of(header)[1] == certainty


@pytest.mark.parametrize(
    "header",
    [
        "",
        "  ",
        "***",
        "序号",
        "头像",
        "苏州精密机械有限公司",
        "张三",
        "销售经理",
        "上次参加日期",
        "cancelled",
        "13800138000",
        "2026 展会名单",
    ],
)
def test_other_words_are_not_taken_for_headers(header):
    assert target_of(header) is None


MISLEADING = (
    "姓名/职务|联系人及电话|手机/微信|Name and title|联系人数量|联系人数|手机型号|邮箱密码|微信二维码|微信昵称"
    "|名额|公司信息|客户情况|联系人信息|手机归属地"
    "|是否有手机|邮箱是否验证"
    "|紧急联系人|紧急联系人电话|推荐人姓名|介绍人手机|客户经理电话|业务员手机|负责人电话|助理的电话|经理姓名"
    "|法人姓名|开票电话|收货人手机"
    "|产品名称|项目名称|展会名称|开户行名称|学校名称|品牌名称|身份证号|银行账号|订单号|客户编号|工号"
    "|下次跟进时间|商务地址 - 邮箱"
    "|Company No|Company Logo|Account Number|Account ID|Contact Owner.id|Assistant's Phone|Manager's Name"
    "|Spouse|Emergency Contact"
    "|Email Opt Out|E-mail Display Name|E-mail Type|Lead Source Detail|Number of Times Contacted"
    "|Phonetic First Name|Other City"
    "|Shipping Street|Home Fax|Time Zone|Referred by|您对哪些产品感兴趣？|What products are you interested in?"
    "|Your company's goals?"
)


@pytest.mark.parametrize("header", MISLEADING.split("|"))
def test_words_that_mislead_name_nothing(header):
    assert target_of(header) is None


@pytest.mark.parametrize(
    ("header", "target"),
    [("Company size", "account.size_band"), ("公司性质", "account.business_type"), ("公司人数", "account.size_band")],
)
def test_words_that_hold_a_company_are_not_its_name(header, target):
    assert target_of(header)[0] == target


def test_values_below_the_name_of_somebody_else_are_not_the_contacts():
    headers = ["姓名", "公司", "推荐人电话", "Shipping Street", "负责对接"]
    values = [["张三"], ["示例公司"], ["13800138000"], ["南京路1号"], ["李四", "王五"]]
    assert [target for target, _certainty in suggest(headers, values)][2:] == [None, None, None]


def test_numbers_of_other_things_are_no_phones_and_no_codes():
    headers = ["姓名", "公司", "流水", "卡"]
    values = [["张三"], ["示例公司"], ["20250001", "20250002"], ["110101199003080011", "110101199003080038"]]
    assert [target for target, _certainty in suggest(headers, values)][2:] == [None, None]


def test_a_header_row_of_a_trade_show():
    headers = [
        "序号",
        "公司 Company",
        "姓名",
        "职务",
        "手机",
        "电话",
        "E-mail",
        "微信号",
        "地址",
        "客户级别",
        "行业",
        "标签",
        "备注",
    ]
    assert [target for target, _certainty in suggest(headers, [])] == [
        None,
        "account.name",
        "contact.full_name",
        "affiliation.title",
        "contact.mobile",
        "contact.phone",
        "contact.email",
        "contact.wechat",
        "account.address",
        "account.level",
        "account.industry",
        "contact.tags",
        "activity.summary",
    ]


def meant(*headers, **values):
    return [target for target, _certainty in suggest(headers, [values.get(header, []) for header in headers])]


def test_each_target_is_used_once_and_the_better_word_wins():
    assert meant("公司所在地区", "地区", "姓名", "公司") == [
        None,
        "account.region",
        "contact.full_name",
        "account.name",
    ]


def test_phones_may_repeat():
    assert meant("姓名", "公司", "电话1", "电话2", "手机", "手机2")[2:] == [
        "contact.phone",
        "contact.phone",
        "contact.mobile",
        "contact.mobile",
    ]


def test_values_tell_a_mobile_from_a_landline():
    found = suggest(
        ["姓名", "公司", "电话"], [["张三"], ["示例公司"], ["13800138000", "138 0013 8001", "+86 13800138002"]]
    )
    assert found[2] == ("contact.mobile", 1.0)
    assert suggest(["姓名", "公司", "电话"], [["张三"], ["示例公司"], ["021-62345678", "0512 6234567"]])[2] == (
        "contact.phone",
        1.0,
    )


def test_values_tell_people_from_companies():
    people, companies = ["张三", "李四", "Anna Schneider"], ["示例机械有限公司", "示例科技股份有限公司", "Example GmbH"]
    found = [target for target, _certainty in suggest(["Name", "Customer"], [companies, people])]
    assert found == ["account.name", "contact.full_name"]


def test_columns_without_a_known_header_are_judged_by_their_values():
    found = suggest(["", "联络1", "x"], [["张三", "李四"], ["a@example.com", "b@example.com"], ["apples", "7"]])
    assert found[0][0] == "contact.full_name"
    assert found[1][0] == "contact.email"
    assert found[2] == (None, 0.0)
    assert all(certainty <= 0.6 for _target, certainty in found)


def test_a_list_of_companies_only_has_the_phones_of_companies():
    assert [target for target, _certainty in suggest(["公司名称", "电话", "邮箱", "备注"], [])] == [
        "account.name",
        "account.phone",
        "account.email",
        "account.description",
    ]


def test_a_list_of_people_only_has_their_own_addresses():
    assert [target for target, _certainty in suggest(["姓名", "地址"], [])] == ["contact.full_name", "contact.address"]


def test_the_header_row_is_told_from_titles_and_data():
    header = is_header_row(["公司名称*", "姓名", "职务", "手机", "邮箱"])
    assert header > 0.9
    assert is_header_row(["Company", "Contact", "Booth", "Mobile", None]) > 0.9
    assert is_header_row(["序号", "公司", "姓名", "跟进次数"]) > 0.4
    assert is_header_row(["2026 上海国际展会参展观众名单", None, None]) == 0.0
    assert is_header_row(["示例机械有限公司", "张三", "采购经理", 13800138000, "zhang@example.com"]) < 0.2
    assert is_header_row(["导出时间", "2026-05-01 09:00"]) < 0.2
    assert is_header_row([]) == 0.0


@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.lists(st.text(max_size=20), max_size=4), max_size=8))
def test_any_headers_give_an_answer_for_each_column(headers, samples):
    found = suggest(headers, samples)
    parts = {f"{owner}.{part}" for owner in ("account", "contact") for part in ADDRESS_PARTS}
    known = {*SYNONYMS, *parts, "contact.any_phone"}
    assert len(found) == len(headers)
    assert all(0 <= certainty <= 1 and (target is None or target in known) for target, certainty in found)
    assert 0 <= is_header_row(headers) <= 1


def test_parts_of_an_address_stay_parts_when_there_are_several():
    assert meant("公司", "省", "市", "详细地址")[1:] == ["account.province", "account.city", "account.street"]
    assert meant("公司", "城市", "地址")[1:] == ["account.city", "account.address"]
    assert meant("公司", "城市")[1:] == ["account.region"]
    assert meant("公司", "详细地址", "邮编")[1:] == ["account.street", "account.postcode"]
    assert meant("公司", "详细地址")[1:] == ["account.address"]
    assert meant("公司", "邮编")[1:] == [None]
    assert meant("姓名", "城市")[1:] == ["contact.address"]


def test_name_is_that_of_a_company_or_of_a_person_by_its_neighbours():
    assert meant("Name", "Industry", "Website", "Phone")[0] == "account.name"
    assert meant("Name", "Job Title", "Industry")[0] == "contact.full_name"
    assert meant("Name", "Company Name")[0] == "contact.full_name"
    assert meant("名称", "联系人", "电话")[0] == "account.name"
    assert meant("客户名称", "手机")[0] == "account.name"
    assert meant("客户名称", "手机", 客户名称=["张三", "李四"])[0] == "contact.full_name"
    assert meant("Name", "First Name", "Last Name")[0] == "contact.full_name"
    assert meant("Customer", "Contact") == ["account.name", "contact.full_name"]


def test_title_is_a_salutation_beside_a_job_title():
    assert meant("Title", "Job Title", "Name", Title=["Mr.", "Ms."])[:2] == ["contact.gender", "affiliation.title"]
    assert meant("Title", "Job Title", "Name", Title=["Dr.", ""])[:2] == [None, "affiliation.title"]
    assert meant("Title", "Name")[0] == "affiliation.title"


def test_day_and_author_belong_to_a_talk():
    assert meant("客户名称", "跟进记录", "跟进时间", "跟进人")[1:] == [
        "activity.summary",
        "activity.at",
        "activity.author_id",
    ]
    assert meant("客户名称", "跟进人", "最近跟进时间")[1:] == ["account.owner", None], "without a talk it is the owner"
    assert meant("客户", "日期", "拜访内容")[1:] == ["activity.at", "activity.summary"]
    assert meant("客户", "日期", "备注")[1] == "account.created_at"


def test_a_kind_of_number_belongs_to_the_number_at_its_right():
    assert meant("Name", "Phone 1 - Type", "Phone 1 - Value")[1:] == ["contact.phone_kind", "contact.any_phone"]
    assert meant("Name", "Phone Type", "City", "Phone")[1] is None


def test_phones_of_both_kinds_are_sorted_number_by_number():
    assert meant("姓名", "电话", 电话=["13800138000", "021-62345678"])[1] == "contact.any_phone"
    assert meant("姓名", "电话", 电话=["021-62345678/13800138000"])[1] == "contact.any_phone"
    assert meant("姓名", "电话", 电话=["021-62345678", "010-62345678"])[1] == "contact.phone"
    assert meant("姓名", "联系电话/手机", **{"联系电话/手机": ["13800138000"]})[1] == "contact.mobile"


def test_more_people_in_one_row():
    assert meant("公司", "联系人1", "手机1", "联系人2", "手机2", "职务2")[3:] == [
        "person2.full_name",
        "person2.mobile",
        "person2.title",
    ]
    assert meant("公司", "联系人", "联系人电话", "第二联系人", "第二联系人电话")[3:] == [
        "person2.full_name",
        "person2.phone",
    ]
    assert meant("Company", "Contact 1 Name", "Contact 2 Name", "Contact 2 Email")[2:] == [
        "person2.full_name",
        "person2.email",
    ]
    assert meant("公司", "姓名", "手机", "姓名", "手机")[3:] == ["person2.full_name", "person2.mobile"]
    assert "person2.mobile" not in meant("公司", "姓名", "手机", "手机2"), "one person with two numbers"
    assert meant("姓名", "公司1", "职位1", "公司2", "职位2")[3:] == [None, None], "one person at two companies"
