"""The words that people write above the columns of a list, in Chinese and English, and what they mean.

Traditional characters, case, blanks and punctuation make no difference, so that a word stands here once.
The first words of a target are the most usual: they win when two columns want the same target.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from crm_desktop.text.folding import fold, words
from crm_desktop.text.sample_values import guess, share


def _folded(line: str) -> frozenset[str]:
    return frozenset(fold(word) for word in line.split("|"))


SYNONYMS: dict[str, str] = {
    "account.name": "公司名称|客户名称|公司|单位名称|企业名称|单位|企业|工作单位|所在单位|所属公司|所在公司"
    "|任职公司|就职公司|公司全称|企业全称|单位全称|公司名|客户全称|机构名称|机构|组织|组织名称|参展商|展商名称"
    "|参展单位|参展企业|观众单位|供应商名称|客户|客户公司|名称|抬头|商号|Company|Company Name|Account"
    "|Account Name|Organization|Organisation|Organization Name|Organisation Name|Organization 1 Name|Employer"
    "|Firm|Business Name|Exhibitor|Customer|Customer Name|Client|Client Name|Institution|Company/Organization"
    "|Firma|Unternehmen|Firmenname",
    "account.short_name": "简称|公司简称|客户简称|企业简称|单位简称|别称|Short Name|Abbreviation|Company Short Name"
    "|Alias|Account Short Name",
    "account.name_en": "公司英文名|英文名称|公司英文名称|客户英文名称|企业英文名称|英文公司名|外文名称|公司名称英文"
    "|English Company Name|Company Name English|Company Name EN|Company EN|Company in English|Name in English"
    "|Account Name EN",
    "account.industry": "行业|所属行业|行业类别|行业分类|行业类型|客户行业|企业行业|从事行业|所在行业|产业|产业别"
    "|Industry|Sector|Branch|Industry Sector|Line of Business|Vertical|Business Sector|Field of Business|Branche",
    "account.level": "级别|客户级别|客户等级|等级|重要程度|客户重要程度|星级|客户星级|评级|客户评级|重要性|优先级"
    "|分级|客户分级|意向等级|意向度|Level|Grade|Rating|Tier|Priority|Customer Level|Account Level|Importance"
    "|Rank|Account Tier|Class|ABC",
    "account.size_band": "规模|公司规模|企业规模|人员规模|员工人数|员工数|员工规模|人数|单位规模|从业人数|职工人数"
    "|团队规模|员工数量|Size|Company Size|Employees|Number of Employees|Headcount|No. of Employees|Staff"
    "|Staff Size|Employee Count|Employee Range",
    "account.website": "网站|网址|官网|公司网站|公司网址|主页|公司主页|企业网站|企业官网|官方网站|网页|Website|URL"
    "|Homepage|Web|Web Page|Company Website|Site|Webseite|Domain|Company URL",
    "account.phone": "公司电话|单位电话|企业电话|总机|公司总机|前台电话|客户电话|公司座机|总机电话|客服电话|热线"
    "|服务热线|Company Phone|Company Main Phone|Main Phone|Switchboard|Office Main|Company Tel|Reception"
    "|Account Phone|Hotline|Main Line",
    "account.email": "公司邮箱|单位邮箱|企业邮箱|公司邮件|公司电子邮箱|公司Email|客户邮箱|Company Email"
    "|Office Email|General Email|Info Email",
    "account.fax": "传真|传真号|传真号码|公司传真|单位传真|传真电话|Fax|Fax Number|Business Fax|Company Fax"
    "|Work Fax|Telefax|Facsimile",
    "account.address": "地址|公司地址|单位地址|企业地址|联系地址|通讯地址|通信地址|详细地址|办公地址|注册地址"
    "|客户地址|工作地址|邮寄地址|街道|所在地址|Address|Company Address|Business Address|Work Address"
    "|Office Address|Street|Street Address|Mailing Address|Billing Address|Postal Address|Business Street"
    "|Address Line 1|Adresse|Straße|Anschrift",
    "account.region": "地区|城市|区域|所在地区|所在地|所在城市|省市|省份|省|市|国家|国家地区|国家或地区|大区|归属地"
    "|客户区域|所属区域|县市|县市别|Region|City|Area|Location|Territory|Province|State|Country|City/Region"
    "|Country/Region|Business City|Business Country|State/Province|Ort|Land",
    "account.description": "公司简介|客户简介|企业简介|客户备注|公司备注|公司描述|客户描述|主营业务|主营产品"
    "|经营范围|产品范围|主要产品|展位|展位号|展台|展台号|展馆|Description|Company Profile|About|Profile|Booth"
    "|Booth No|Booth Number|Stand|Stand No|Hall|Products|Main Products|Business Scope|Account Description",
    "account.credit_code": "统一社会信用代码|信用代码|社会信用代码|税号|纳税人识别号|营业执照号|组织机构代码"
    "|统一编号|纳税识别号|公司税号|注册号|Credit Code|USCC|Unified Social Credit Code|Tax ID|Tax Number|VAT"
    "|VAT ID|VAT No|Registration Number|Company Registration Number|USt-IdNr",
    "account.annual_revenue": "年营业额|营业额|年收入|年销售额|营收|年营收|年产值|销售额|年度营业额|Annual Revenue"
    "|Revenue|Turnover|Annual Turnover|Sales Volume|Yearly Revenue",
    "account.budget": "预算|采购预算|客户预算|项目预算|年度预算|预算金额|Budget|Annual Budget|Project Budget"
    "|Purchasing Budget",
    "account.types": "客户类型|客户类别|客户分类|类型|类别|公司类型|企业类型|单位类型|客户种类|Type|Account Type"
    "|Customer Type|Company Type|Kind|Category of Customer",
    "account.business_type": "业务类型|经营类型|经营模式|业务性质|企业性质|公司性质|单位性质|经营性质|角色类型"
    "|Business Type|Type of Business|Business Model|Nature of Business|Business Nature",
    "account.relationship": "关系|客户关系|合作关系|客户性质|合作状态|Relationship|Relation|Customer Relationship"
    "|Relationship Type",
    "account.status": "状态|客户状态|客户阶段|生命周期|阶段|跟进状态|Status|Account Status|Customer Status|Stage"
    "|Lifecycle|Lifecycle Stage|Lead Status",
    "account.source": "来源|客户来源|信息来源|线索来源|渠道|来源渠道|获客渠道|来源方式|名单来源|Source|Lead Source"
    "|Channel|Origin|Account Source|Referral Source",
    "account.owner": "负责人|客户经理|业务员|销售|销售代表|销售员|跟进人|归属人|所属人|销售负责人|客户负责人"
    "|业务经理|所有者|归属销售|业务人员|对接销售|Owner|Account Owner|Account Manager|Sales Rep|Salesperson|Sales"
    "|Assigned To|Responsible|Rep|Record Owner",
    "account.parent": "上级公司|母公司|上级客户|总公司|集团|所属集团|上级单位|集团公司|主管单位|Parent"
    "|Parent Company|Parent Account|Group|Headquarters|Holding|Belongs To",
    "account.tags": "客户标签|公司标签|企业标签|Account Tags|Company Tags|Customer Tags|Account Labels",
    "account.created_at": "创建时间|创建日期|录入时间|录入日期|登记时间|登记日期|添加时间|建档日期|建档时间"
    "|注册时间|日期|时间|来访日期|参观日期|参观时间|报名时间|提交时间|Created|Created At|Created On|Date Created"
    "|Create Date|Creation Date|Created Time|Registration Date|Registered On|Date|Date Added|Visit Date"
    "|Timestamp|Entry Date",
    "contact.full_name": "姓名|联系人|联系人姓名|名字|客户姓名|全名|真实姓名|中文姓名|中文名|参观者姓名|观众姓名"
    "|主要联系人|首要联系人|嘉宾姓名|员工姓名|联络人|称呼|参会人|收件人|人员姓名|Full Name|Name|Contact"
    "|Contact Name|Contact Person|Person|Attendee|Attendee Name|Visitor|Visitor Name|Display Name"
    "|Primary Contact|File As|Ansprechpartner|Participant",
    "contact.family_name": "姓|姓氏|联系人姓氏|Last Name|Surname|Family Name|Second Name|Nachname|LName",
    "contact.given_name": "名|名字部分|联系人名|First Name|Given Name|Forename|Vorname|FName|Christian Name",
    "contact.english_name": "英文名|英文姓名|外文名|外文姓名|拼音|姓名拼音|英文名字|English Name|Name EN"
    "|Name Pinyin|Nickname EN|Pinyin|Latin Name",
    "contact.gender": "性别|男女|称谓|尊称|先生女士|Gender|Sex|Salutation|Mr/Ms|Courtesy Title|Anrede|Honorific",
    "contact.mobile": "手机|手机号|手机号码|移动电话|行动电话|联系手机|手机电话|移动手机|个人手机|工作手机"
    "|联系人手机|私人手机|联系方式|联系人手机号|大陆手机|Mobile|Mobile Phone|Cell|Cell Phone|Mobile Number"
    "|Mobile No|Cellular|Handphone|HP|Phone Mobile|Handy|Mobil|GSM|Smartphone|联络手机|Mobilnummer",
    "contact.phone": "电话|联系电话|座机|固定电话|办公电话|工作电话|电话号码|固话|座机号|办公室电话|直线|直线电话"
    "|直拨电话|联系人电话|市话|公务电话|住宅电话|家庭电话|其他电话|电话分机|Phone|Telephone|Tel|Work Phone"
    "|Business Phone|Office Phone|Phone Number|Direct Line|Landline|Phone Work|Telephone Number|Tel No"
    "|Direct Phone|Home Phone|Other Phone|Direct Dial|Telefon|Fixed Line|DDI|Contact Number|Ph|Telefonnummer"
    "|联络电话",
    "contact.email": "邮箱|电子邮箱|邮件|电子邮件|邮箱地址|电邮|联系邮箱|个人邮箱|工作邮箱|联系人邮箱|电子信箱|信箱"
    "|伊妹儿|商务邮箱|邮件地址|常用邮箱|Email|Mail|Work Email|Business Email|Personal Email|Contact Email"
    "|E-Mail 1|EmailAddr|Electronic Mail|Home Email|Mail ID|Email ID|E-Mail-Adresse",
    "contact.wechat": "微信|微信号|微信账号|微信ID|微信号码|个人微信|企业微信|WeChat|WeChat ID|Weixin"
    "|WeChat Account|WX|Wechat No|WeChat Number",
    "contact.qq": "QQ|QQ号|QQ号码|QQ账号|腾讯QQ|QQ Number|QQ No|OICQ",
    "contact.linkedin": "领英|领英主页|领英账号|LinkedIn|LinkedIn URL|LinkedIn Profile|LinkedIn Link",
    "contact.address": "家庭地址|住址|个人地址|家庭住址|收货地址|收件地址|联系人地址|居住地址|住宅地址|现住址"
    "|Home Address|Private Address|Personal Address|Contact Address|Home Street|Shipping Address"
    "|Delivery Address",
    "contact.birthday": "生日|出生日期|出生年月|出生年月日|生辰|联系人生日|出生|农历生日|Birthday|Birth Date"
    "|Date of Birth|DOB|Born|Geburtstag",
    "contact.hobby": "爱好|兴趣|兴趣爱好|个人爱好|喜好|特长|Hobby|Hobbies|Interests|Interest|Personal Interests|Likes",
    "contact.note": "联系人备注|名片备注|个人备注|人员备注|其他|其他信息|描述|Contact Notes|Personal Notes"
    "|Additional Information|Other|Misc",
    "contact.types": "联系人类型|联系人类别|联系人分类|观众类型|参观者类型|人员类型|嘉宾类型|Contact Type"
    "|Person Type|Visitor Type|Attendee Type|Type of Contact",
    "contact.tags": "标签|分组|联系人标签|人脉标签|标记|群组|名片分组|所属分组|分类标签|Tags|Tag|Labels|Label"
    "|Groups|Categories|Category|Contact Tags|Keywords|Group Membership",
    "contact.preferred_channel": "首选联系方式|偏好联系方式|偏好渠道|首选渠道|偏好沟通方式|沟通偏好|最佳联系方式"
    "|希望的联系方式|Preferred Channel|Preferred Contact|Preferred Contact Method|Contact Preference"
    "|Best Way to Contact|Preferred Contact Type",
    "affiliation.title": "职务|职位|职称|头衔|岗位|担任职务|职务名称|职位名称|联系人职务|联系人职位|工作岗位"
    "|现任职务|职衔|岗位名称|职业|Title|Job Title|Position|Role|Job|Designation|Function|Job Position"
    "|Contact Title|Organization 1 Title|Occupation|Post|Job Role|Titel|Job Function",
    "affiliation.department": "部门|所在部门|所属部门|工作部门|部门名称|科室|处室|部门科室|院系|Department|Dept"
    "|Division|Business Unit|Team|Abteilung|Section|Unit|Work Department",
    "affiliation.decision_role": "决策角色|决策人|采购角色|角色|决策作用|是否决策人|采购决策角色|决策权"
    "|Decision Role|Buying Role|Decision Maker|Role in Decision|Influence|Purchasing Role|Authority"
    "|Buying Influence",
    "affiliation.responsibility": "职责|负责业务|分管业务|主管业务|负责范围|工作职责|负责内容|分管|职能"
    "|Responsibility|Responsibilities|Responsible For|Duties|Area of Responsibility|Scope of Work",
    "affiliation.status": "在职状态|是否在职|在职情况|任职状态|在职|是否离职|Employment Status|Still Employed"
    "|Active|Job Status|Is Current",
    "activity.summary": "跟进记录|沟通记录|拜访记录|联系记录|交流记录|洽谈记录|沟通内容|跟进内容|洽谈内容|交流内容"
    "|最近跟进|会谈内容|活动记录|需求|客户需求|采购需求|需求描述|最近联系|拜访纪要|会议纪要|咨询内容|Activity"
    "|Last Activity|Meeting Notes|Call Notes|Visit Notes|Conversation|Follow-up|Follow-up Notes|Interaction"
    "|Summary|Requirement|Requirements|Needs|History|Discussion|Inquiry|备注|说明|备注信息|附注|注释|备注说明"
    "|附言|留言|备考|批注|Note|Notes|Remark|Remarks|Comment|Comments|Memo|Message|Bemerkung|Notizen",
    "record.id": "记录编号|记录ID|系统编号|数据编号|Record ID|CRM ID|Record Number|System ID",
    "record.version": "版本|记录版本|版本号|数据版本|Version|Record Version|Revision",
}

NOT_IMPORTED = _folded(
    "序号|编号|行号|排序|ID|No|Nr|Row|Index|Line|S/N"
    "|邮编|邮政编码|Zip|Postcode|Postal Code|Zip Code|PLZ|头像|照片|Photo"
)
"""Words that are known and have no place to go to: better left out than put where they only look alike."""

_EITHER = _folded("客户|名称|名字|称呼|Name|Customer|Customer Name|Client|Client Name|客户名称|Contact|Account")
"""Words that stand above companies as well as above people."""

REPEATABLE = frozenset({"contact.mobile", "contact.phone", "contact.email", "account.phone"})
"""Targets that several columns may feed, as with “Phone 1” and “Phone 2”."""

_DECORATION = re.compile(r"[*＊:：?？\"“”]|[(（\[【<《].*?[)）\]】>》]")
_PARTS_OF_NO_MEANING = re.compile(
    r"^(?:请填写|请输入|填写|您的|你的|贵公司|贵司|您|贵|主要|常用|your|primary|main|business|work)+"
    r"|(?:必填项|必填|选填|可选|信息|号码|名称|地址|内容|情况|required|optional|address|number|value|no)+$"
)
_SCRIPTS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff/|\n]*[A-Za-z][^\u4e00-\u9fff/|\n]*")
_COUNTER = re.compile(r"[\d一二三]+$|(?<=[a-z])\d+(?=value$)")
_TOO_COMMON_WITHIN = _folded(
    "公司|单位|企业|客户|机构|组织|集团|名称|省|市|姓|名|日期|时间|类型|类别|状态|阶段|销售|其他|关系|人数|角色"
    "|名字|分管|在职|出生|规模|渠道|街道|产业|需求|职业|name|account|company|customer|client|type|class|role"
    "|date|sales|contact|person|group|groups|state|area|unit|other|active|land|web|no|post|job|line|hall|born"
)
"""Words that say too little when they are only a part of a header: 上次参加日期 is no creation date."""

_ALONE_WITHOUT_PERSON = {
    "contact.phone": "account.phone",
    "contact.email": "account.email",
    "contact.tags": "account.tags",
    "activity.summary": "account.description",
    "contact.note": "account.description",
}
_SECOND_CHOICE = {"activity.summary": "contact.note"}
"""Where a column goes whose target another column names better: remarks beside a record of talks."""
_PERSON = ("contact.full_name", "contact.family_name", "contact.given_name")


def target_of(header: str) -> tuple[str, float] | None:
    """What a header names, and how certain that is: 1.0 the very word, 0.95 with trimmings, 0.7 as a part of it."""
    table = _table()
    bare = _DECORATION.sub(" ", header)
    whole, word = fold(header), fold(bare)
    if not whole or len(header) > 60 or word in NOT_IMPORTED:
        return None
    if whole in table:
        return table[whole], 0.95 if _DECORATION.search(header) else 1.0
    for shorter in (word, *_trimmed(word)):
        if shorter in table:
            return table[shorter], 0.95
    if (both := _said_twice(bare)) is not None:
        return both, 0.95
    found = _within(bare)
    return (table[found], 0.7) if found else None


def suggest(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> list[tuple[str | None, float]]:
    """A target and its certainty for each column; `samples` holds, column by column, values from below it."""
    columns = [list(samples[at]) if at < len(samples) else [] for at in range(len(headers))]
    wishes = [_wish(header, values) for header, values in zip(headers, columns, strict=True)]
    chosen = _granted(headers, columns, wishes)
    taken = {target for target, _certainty in chosen if target}
    for at, (target, certainty) in enumerate(wishes):
        second = _SECOND_CHOICE.get(target or "")
        if chosen[at][0] is None and second and second not in taken:
            chosen[at] = (second, certainty)
            taken.add(second)
    for at, values in enumerate(columns):
        if chosen[at][0] is None and fold(headers[at]) not in NOT_IMPORTED:
            target, certainty = guess(values)
            if target and (target in REPEATABLE or target not in taken):
                chosen[at] = (target, certainty)
                taken.add(target)
    return _moved(chosen, taken)


def is_header_row(cells: Iterable[object]) -> float:
    """How much a row looks like the header of a table, from 0 to 1; a title above it and the data below score low."""
    filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    if len(filled) < 2:
        return 0.3 if filled and (found := target_of(filled[0])) and found[1] > 0.9 else 0.0
    score = sum(_likeness(text) for text in filled) / len(filled)
    repeated = 1 - len(set(filled)) / len(filled)
    return round(min(max(score - repeated, 0.0), 1.0), 3)


def _likeness(text: str) -> float:
    """What one cell says for or against a header row."""
    found = target_of(text)
    if found and found[1] > 0.9:
        return 1.0
    if len(text) > 24 or "@" in text or sum(each.isdigit() for each in text) > 3:
        return -0.5
    return 0.5 if found else 0.15


@cache
def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for target, line in SYNONYMS.items():
        for word in line.split("|"):
            found.setdefault(fold(word), target)
    return found


@cache
def _rank() -> dict[str, int]:
    """How usual each word is for its target; 0 is the most usual."""
    return {fold(word): at for line in SYNONYMS.values() for at, word in reversed(list(enumerate(line.split("|"))))}


def _trimmed(word: str) -> list[str]:
    """A folded header without a counter and without words of no meaning, one after the other."""
    counted = _COUNTER.sub("", word)
    trimmed = _PARTS_OF_NO_MEANING.sub("", counted)
    return [counted, trimmed, _COUNTER.sub("", trimmed), _PARTS_OF_NO_MEANING.sub("", trimmed)]


def _said_twice(header: str) -> str | None:
    """The target of a header that says the same in two words or languages: 传真/Fax, Company 公司名称."""
    parts = [fold(part) for part in _SCRIPTS.findall(header)]
    targets = {_table().get(part) for part in parts}
    return targets.pop() if len(parts) > 1 and len(targets) == 1 else None


def _within(header: str) -> str:
    """The synonym a header contains: the last, as 电话 in 公司前台电话 names the thing; of those the longest."""
    spaced = f" {' '.join(words(header))} "
    best, best_end = "", -1
    for word, spelled in _parts().items():
        end = spaced.rfind(spelled)
        if end >= 0 and (end + len(spelled.rstrip()), len(word)) > (best_end, len(best)):
            best, best_end = word, end + len(spelled.rstrip())
    return best


@cache
def _parts() -> dict[str, str]:
    """Each synonym that may be found inside a header, by its folded form: Latin words stand between blanks."""
    synonyms = (word for line in SYNONYMS.values() for word in line.split("|"))
    spelled = {fold(word): " ".join(words(word)) for word in synonyms}
    return {
        word: f" {text} " if text.isascii() else text
        for word, text in spelled.items()
        if word not in _TOO_COMMON_WITHIN and len(word) > (2 if text.isascii() else 1)
    }


def _wish(header: str, values: list[str]) -> tuple[str | None, float]:
    """What one column would be without the others; its values overrule a header that fits several kinds."""
    found = target_of(header)
    if found is None:
        return None, 0.0
    target, certainty = found
    seen, _certainty = guess(values)
    if target in ("contact.phone", "contact.mobile") and seen in ("contact.mobile", "contact.email"):
        return seen, certainty
    if (
        target in ("account.name", "contact.full_name")
        and fold(header) in _EITHER
        and seen in ("account.name", "contact.full_name")
    ):
        return seen, certainty
    return target, certainty


def _granted(
    headers: Sequence[str], columns: Sequence[list[str]], wishes: Sequence[tuple[str | None, float]]
) -> list[tuple[str | None, float]]:
    """The wishes without those that another column has a better right to."""
    best: dict[str, int] = {}

    def right(at: int) -> tuple[float, float, int, int]:
        target, certainty = wishes[at]
        return certainty, share(target or "", columns[at]), -_rank().get(fold(headers[at]), 99), -at

    for at, (target, _certainty) in enumerate(wishes):
        if target and (target not in best or right(at) > right(best[target])):
            best[target] = at
    return [
        wish if wish[0] in REPEATABLE or (wish[0] and best[wish[0]] == at) else (None, 0.0)
        for at, wish in enumerate(wishes)
    ]


def _moved(chosen: list[tuple[str | None, float]], taken: set[str]) -> list[tuple[str | None, float]]:
    """The same for companies only, whose phone is the company's, or for people only, whose address is their own."""
    moves: dict[str, str] = {}
    if not taken.intersection(_PERSON) and "account.name" in taken:
        moves = {own: other for own, other in _ALONE_WITHOUT_PERSON.items() if other not in taken}
    elif "account.name" not in taken and "contact.address" not in taken and taken.intersection(_PERSON):
        moves = {"account.address": "contact.address"}
    return [(moves.get(target, target) if target else None, certainty) for target, certainty in chosen]
