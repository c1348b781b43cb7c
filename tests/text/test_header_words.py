"""Whatever words stand above the columns, they find their field; what only looks alike is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import fold
from crm_desktop.text.header_words import SYNONYMS, is_header_row, suggest, target_of

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
    "account.address": "地址|公司地址|通讯地址|通訊地址|详细地址|Address|Business Street|Mailing Address",
    "account.region": "地区|城市|所在地区|地區|City|Region|Country",
    "account.description": "公司简介|主营业务|展位|展位号|展位號|Booth No.|Stand",
    "account.credit_code": "统一社会信用代码|税号|統一編號|VAT ID|Tax Number",
    "account.annual_revenue": "年营业额|年销售额（万元）|Annual Revenue|Turnover",
    "account.budget": "预算|采购预算|預算|Budget",
    "account.types": "客户类型|客户分类|Account Type",
    "account.business_type": "业务类型|经营模式|Business Type",
    "account.relationship": "客户关系|合作关系|Relationship",
    "account.status": "客户状态|状态|Status|Lead Status",
    "account.source": "来源|客户来源|线索来源|來源|Lead Source",
    "account.owner": "负责人|业务员|客户经理|負責人|Owner|Account Manager|Sales Rep",
    "account.parent": "上级公司|母公司|Parent Company",
    "account.tags": "客户标签|Account Tags",
    "account.created_at": "创建时间|登记日期|Created At|Registration Date",
    "contact.full_name": "姓名|联系人|联系人姓名|聯絡人|Name|Full Name|Contact Person|姓名 Name|您的姓名",
    "contact.family_name": "姓|姓氏|Last Name|Surname",
    "contact.given_name": "名|First Name|Given Name",
    "contact.english_name": "英文名|English Name",
    "contact.gender": "性别|性別|称谓|Gender|Salutation",
    "contact.mobile": "手机|手机号|手机号码|移动电话|行動電話|手機|手机*|手机1"
    "|Mobile|Cell|Cell Phone|Mobile Phone|手机（微信同号）",
    "contact.phone": "电话|座机|固定电话|办公电话|電話|电话2|Phone|Tel.|Work Phone|Phone 1 - Value|Telephone|联系电话",
    "contact.email": "邮箱|电子邮件|电子邮箱|電子郵件|E-mail|Email|E-mail Address|E-mail 1 - Value|邮箱地址|电邮",
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
CASES = [(header, target) for target, line in HEADERS.items() for header in line.split("|")]


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
        ("E-mail Address", 0.95),
        ("公司所在行业", 0.7),
        ("微信二维码", 0.7),
        ("公司前台电话", 0.7),
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
        "邮编",
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


def test_each_target_is_used_once_and_the_better_word_wins():
    assert [target for target, _certainty in suggest(["公司所在城市", "城市", "姓名"], [])] == [
        None,
        "account.region",
        "contact.full_name",
    ]


def test_phones_may_repeat():
    found = [target for target, _certainty in suggest(["姓名", "公司", "电话1", "电话2", "手机", "手机2"], [])]
    assert found[2:] == ["contact.phone", "contact.phone", "contact.mobile", "contact.mobile"]


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
    assert len(found) == len(headers)
    assert all(0 <= certainty <= 1 and (target is None or target in SYNONYMS) for target, certainty in found)
    assert 0 <= is_header_row(headers) <= 1
