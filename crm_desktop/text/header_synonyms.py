"""The words that people and programs write above the columns of a list.

They are simplified Chinese and English, what Taiwan says otherwise, and what German and Japanese address books write.

Traditional characters, case, blanks and punctuation make no difference, so that a word stands here once.
The first words of a target are the most usual: they win when two columns want the same target.
"""

from crm_desktop.text.folding import fold


def folded(line: str) -> frozenset[str]:
    """The words of a line as they are compared."""
    return frozenset(fold(word) for word in line.split("|"))


SYNONYMS: dict[str, str] = {
    "account.name": "公司名称|客户名称|公司|单位名称|企业名称|单位|企业|工作单位|所在单位|所属公司|所在公司"
    "|任职公司|就职公司|公司全称|企业全称|单位全称|公司名|客户全称|机构名称|机构|组织|组织名称|参展商|展商名称"
    "|参展单位|参展企业|观众单位|供应商名称|客户|客户公司|名称|抬头|商号|公司中文名|公司中文名称|公司名称中文"
    "|中文公司名|企业中文名|展商|展商中文名|参展商名称|参展公司|工作公司|服务单位|服务机构|客户简称或全称"
    "|企业或单位名称|公司单位名称|公司或单位名称|公司机构名称|公司行号|公司抬头|会社名|会社"
    "|Company|Company Name|Account Name|Organization Name|Organization|Organisation|Organisation Name"
    "|Associated Company|Primary Associated Company|Related Company|Company Account|Account|Organization 1 Name"
    "|Employer|Org Name|Org|Firm|Business Name|Exhibitor|Exhibitor Name|Customer|Customer Name|Client"
    "|Client Name|Institution"
    "|Company/Organization|Company or Organization|Which company do you work for|Where do you work"
    "|Firma|Unternehmen|Firmenname",
    "account.short_name": "简称|公司简称|客户简称|企业简称|单位简称|别称|Short Name|Abbreviation|Company Short Name"
    "|Alias|Account Short Name",
    "account.name_en": "公司英文名|英文名称|公司英文名称|客户英文名称|企业英文名称|英文公司名|英文公司名称|外文名称"
    "|公司名称英文|企业英文名|展商英文名|展商英文名称|参展商英文名称|English Company Name|Company Name English"
    "|Company Name EN|Company EN|Company in English|Name in English|Account Name EN|Exhibitor Name EN",
    "account.industry": "行业|所属行业|行业类别|行业分类|行业类型|客户行业|企业行业|从事行业|所在行业|产业|产业别"
    "|产业类别|行业别|公司行业|一级行业|所处行业|Industry|Sector|Branch|Industry Sector|Line of Business|Vertical"
    "|Business Sector|Field of Business|Branche",
    "account.level": "客户级别|客户等级|级别|等级|重要程度|客户重要程度|星级|客户星级|评级|客户评级|重要性|优先级"
    "|分级|客户分级|意向等级|意向度|客户意向|Level|Grade|Rating|Tier|Priority|Customer Level|Account Level|Importance"
    "|Rank|Account Tier|Class|ABC|Account Rating",
    "account.size_band": "规模|公司规模|企业规模|人员规模|员工人数|员工数|员工规模|人数|单位规模|从业人数|职工人数"
    "|团队规模|员工数量|总人数|公司人数|客户规模|参保人数|Size|Company Size|Employees|Number of Employees|Headcount"
    "|No. of Employees|Staff|Staff Size|Employee Count|Employee Range",
    "account.website": "网站|网址|官网|公司网站|公司网址|主页|公司主页|企业网站|企业官网|官方网站|网页|公司官网"
    "|客户网址|网站地址|官网网址|Website|Website URL|Company Website|URL|Homepage|Web|Web Page|Site|Webseite|Domain"
    "|Company URL|Company Domain Name|Personal Web Page",
    "account.phone": "公司电话|单位电话|企业电话|总机|公司总机|前台电话|客户电话|公司座机|总机电话|客服电话|热线"
    "|服务热线|单位主要电话|单位座机|公司联系电话|企业联系电话|Company Main Phone|Company Phone|Main Phone"
    "|Switchboard|Office Main|Company Tel|Reception|HQ Phone|Corporate Phone|Account Phone|Hotline|Main Line"
    "|Telefon Firma",
    "account.mobile": "公司手机|Company Mobile|Company Mobile Phone",
    "account.email": "公司邮箱|单位邮箱|企业邮箱|公司邮件|公司电子邮箱|公司Email|客户邮箱|公司电子邮件|客户邮件"
    "|企业邮件|Company Email|Office Email|General Email|Info Email|Account Email",
    "account.fax": "传真|传真号|传真号码|公司传真|单位传真|传真电话|商务传真|工作传真|办公传真|客户传真|Fax"
    "|Fax Number|Business Fax|Company Fax|Work Fax|Telefax|Facsimile|Office Fax|Fax geschäftlich|FAX番号|Primary Fax",
    "account.address": "地址|公司地址|单位地址|企业地址|联系地址|通讯地址|通信地址|办公地址|注册地址|客户地址"
    "|工作地址|邮寄地址|所在地址|商务地址|经营地址|企业注册地址|单位所在地址|Address|Company Address|Business Address"
    "|Work Address|Office Address|Mailing Address|Billing Address|Postal Address|Full Address|Account Address"
    "|Adresse|Anschrift|住所",
    "account.region": "地区|区域|所在地区|所在地|省市|省市区|省市县|大区|归属地|客户区域|所属区域|所属地区|客户地区"
    "|公司所在地|所在区域|地域|地区信息|行政区划|Region|Area|Territory|City/Region|Sales Region",
    "account.description": "公司简介|客户简介|企业简介|客户备注|公司备注|公司描述|客户描述|主营业务|主营产品"
    "|经营范围|产品范围|主要产品|公司介绍|企业介绍|参展产品|展品|展品范围|展位号|展位|展台|展台号|展馆|摊位号码"
    "|摊位号|摊位|馆号|Description|Company Profile|About|About Us|Profile|Booth|Booth No|Booth Number|Stand|Stand No"
    "|Hall|Products|Main Products|Business Scope|Account Description|Company Description|Exhibits",
    "account.credit_code": "统一社会信用代码|信用代码|社会信用代码|税号|纳税人识别号|营业执照号|组织机构代码"
    "|统一编号|统编|纳税识别号|公司税号|注册号|公司统编|公司统一编号|Credit Code|USCC|Unified Social Credit Code"
    "|Tax ID|Tax Number|VAT|VAT ID|VAT No|Registration Number|Company Registration Number|USt-IdNr",
    "account.annual_revenue": "年营业额|营业额|年收入|年销售额|营收|年营收|年产值|销售额|年度营业额|Annual Revenue"
    "|Revenue|Turnover|Annual Turnover|Sales Volume|Yearly Revenue",
    "account.budget": "预算|采购预算|客户预算|项目预算|年度预算|预算金额|Budget|Annual Budget|Project Budget"
    "|Purchasing Budget",
    "account.types": "客户类型|客户类别|客户分类|类型|类别|公司类型|单位类型|客户种类|客户属性|Type|Account Type"
    "|Customer Type|Company Type|Kind|Category of Customer",
    "account.business_type": "业务类型|经营类型|经营模式|业务性质|企业性质|公司性质|单位性质|经营性质|角色类型"
    "|企业类型|Business Type|Type of Business|Business Model|Nature of Business|Business Nature|Ownership",
    "account.relationship": "客户关系|关系|合作关系|客户性质|合作状态|成交状态|客户阶段|生命周期|客户生命周期"
    "|Relationship|Relation|Customer Relationship|Relationship Type|Lifecycle Stage|Lifecycle|Customer Stage",
    "account.status": "状态|客户状态|阶段|跟进状态|线索状态|Status|Account Status|Customer Status|Stage|Lead Status",
    "account.source": "来源|客户来源|信息来源|线索来源|渠道|来源渠道|获客渠道|来源方式|名单来源|Lead Source|Source"
    "|Channel|Origin|Account Source|Referral Source|Original Source",
    "account.owner": "负责人|客户经理|业务员|销售|销售代表|销售员|归属人|所属人|销售负责人|客户负责人|业务经理|所有者"
    "|归属销售|业务人员|对接销售|客户所有人|客户归属人|客户归属|所有人|负责业务员|负责业务人员|业务负责人"
    "|Owner|Account Owner|Company Owner|Lead Owner|Account Manager|Sales Rep|Salesperson|Sales|Assigned To"
    "|Assigned User|Assigned User Name|Assigned to User|Responsible|Rep|Record Owner|Sales Representative",
    "account.parent": "上级公司|母公司|上级客户|总公司|集团|所属集团|上级单位|集团公司|主管单位|隶属集团|Parent"
    "|Parent Company|Parent Account|Group|Headquarters|Holding|Belongs To|Member of|Parent Account Name",
    "account.tags": "客户标签|公司标签|企业标签|Account Tags|Company Tags|Customer Tags|Account Labels",
    "account.created_at": "创建时间|创建日期|录入时间|录入日期|登记时间|登记日期|添加时间|建档日期|建档时间"
    "|注册时间|日期|时间|来访日期|参观日期|参观时间|报名时间|提交时间|提交答卷时间|填写时间|时间戳记|名片创建时间"
    "|保存时间|时间戳|Created|Created At|Created On|Date Created|Create Date|Creation Date|Created Time|Created Date"
    "|Registration Date|Registered On|Date|Date Added|Visit Date|Timestamp|Entry Date|Completion Time|Created by Date",
    "contact.full_name": "姓名|联系人|联系人姓名|名字|客户姓名|全名|真实姓名|中文姓名|中文名|参观者姓名|观众姓名"
    "|主要联系人|首要联系人|嘉宾姓名|员工姓名|联络人|联络人姓名|称呼|参会人|收件人|人员姓名|公司联系人|客户联系人"
    "|成员姓名|氏名|对接人|怎么称呼|如何称呼|姓名中文|联系人名称|业务联系人|窗口|联络窗口|Full Name|Name|Contact"
    "|Contact Name|Contact Person|Person|Attendee|Attendee Name|Visitor|Visitor Name|Display Name|Primary Contact"
    "|Main Contact|Key Contact|File As|Ansprechpartner|Participant|Person Name|First and Last Name",
    "contact.family_name": "姓|姓氏|联系人姓氏|名字姓|Last Name|Surname|Family Name|Second Name|Nachname|LName",
    "contact.given_name": "名|名字部分|联系人名|First Name|Given Name|Forename|Vorname|FName|Christian Name",
    "contact.middle_name": "中间名|Middle Name|Additional Name|Middle Initial|Second Given Name|Weitere Vornamen",
    "contact.english_name": "英文名|英文姓名|外文名|外文姓名|拼音|姓名拼音|英文名字|姓名英文|English Name|Name EN"
    "|Name Pinyin|Pinyin|Latin Name",
    "contact.gender": "性别|男女|称谓|尊称|先生女士|Gender|Sex|Salutation|Mr/Ms|Courtesy Title|Anrede|Honorific"
    "|Geschlecht",
    "contact.mobile": "手机|手机号|手机号码|移动电话|行动电话|联系手机|客户手机|客户手机号|手机电话|移动手机"
    "|个人手机|工作手机"
    "|联系人手机|私人手机|联系方式|联系人手机号|大陆手机|手机号或微信|行动电话号码|联络手机|其他手机|备用手机"
    "|办公手机|联络方式|移动号码|携帯电话|携带电话|携帯|Mobile|Mobile Phone|Cell|Cell Phone|Mobile Number"
    "|Mobile Phone Number|Mobile No|Cellular|Handphone|HP|Phone Mobile|Mobile Telephone|Handy|Mobil|GSM|Smartphone"
    "|Mobilnummer|Mobiltelefon|Whatsapp Phone Number",
    "contact.phone": "电话|联系电话|座机|固定电话|办公电话|工作电话|电话号码|固话|座机号|办公室电话|直线|直线电话"
    "|直拨电话|联系人电话|市话|公务电话|住宅电话|家庭电话|其他电话|电话分机|商务电话|主要电话|住家电话|备用电话"
    "|更多电话|联系号码|室内电话|电话番号|业务电话|座机号码|联系人号码|公用电话|车载电话|Phone|Telephone|Tel"
    "|Work Phone|Business Phone|Office Phone|Phone Number|Direct Line|Landline|Phone Work|Telephone Number|Tel No"
    "|Direct Phone|Home Phone|Other Phone|Alternate Phone|Primary Phone|Phone Home|Phone Office|Phone Other|Car Phone"
    "|Direct Dial|Telefon|Fixed Line|DDI|Contact Number|Contact No|Ph|Telefonnummer|Telefon geschäftlich"
    "|Telefon privat|Weiteres Telefon|联络电话",
    "contact.phone_kind": "电话类型|号码类型|电话标签|Phone Type|Phone Label|Phone Kind|Tel Type",
    "contact.email": "邮箱|电子邮箱|邮件|电子邮件|邮箱地址|电邮|联系邮箱|个人邮箱|工作邮箱|联系人邮箱|电子信箱|信箱"
    "|伊妹儿|商务邮箱|邮件地址|常用邮箱|电子邮件地址|电子信箱地址|家庭邮箱|其他邮箱|更多邮箱|备用邮箱|联系人邮件"
    "|接收邮箱|メールアドレス|メール|Email|Mail|Email Address|Work Email|Business Email|Personal Email|Contact Email"
    "|Any Email|Email Work|Email Home|E-Mail 1|EmailAddr|Electronic Mail|Home Email|Secondary Email"
    "|Other Email|Mail ID|Email ID"
    "|E-Mail-Adresse",
    "contact.wechat": "微信|微信号|微信账号|微信帐号|微信ID|微信号码|个人微信|企业微信|WeChat|WeChat ID|Weixin"
    "|WeChat Account|WX|Wechat No|WeChat Number|联系人微信",
    "contact.qq": "QQ|QQ号|QQ号码|QQ账号|QQ帐号|腾讯QQ|QQ Number|QQ No|OICQ|联系人QQ",
    "contact.linkedin": "领英|领英主页|领英账号|LinkedIn|LinkedIn URL|LinkedIn Profile|LinkedIn Link"
    "|LinkedIn Profile URL|LinkedIn Bio",
    "contact.address": "家庭地址|住址|个人地址|家庭住址|收货地址|收件地址|联系人地址|居住地址|住宅地址|现住址"
    "|Home Address|Private Address|Personal Address|Contact Address|Shipping Address|Delivery Address"
    "|Address Formatted",
    "contact.birthday": "生日|出生日期|出生年月|出生年月日|生辰|联系人生日|出生|农历生日|生年月日|Birthday|Birth Date"
    "|Date of Birth|DOB|Born|Geburtstag",
    "contact.birth_year": "出生年|出生年份|生日年|生日年份|Birth Year|Year of Birth|Birthday Year",
    "contact.birth_month": "出生月|出生月份|生日月|生日月份|Birth Month|Month of Birth|Birthday Month",
    "contact.birth_day": "出生日|生日日|生日日期|Day of Birth|Birthday Day",
    "contact.hobby": "爱好|兴趣|兴趣爱好|个人爱好|喜好|特长|业余爱好|Hobby|Hobbies|Interests|Interest"
    "|Personal Interests|Likes",
    "contact.note": "联系人备注|名片备注|个人备注|人员备注|其他|其他信息|描述|Contact Notes|Personal Notes"
    "|Contact Description|Additional Information|Other|Misc",
    "contact.types": "联系人类型|联系人类别|联系人分类|观众类型|参观者类型|人员类型|嘉宾类型|Contact Type"
    "|Person Type|Visitor Type|Attendee Type|Type of Contact",
    "contact.tags": "标签|分组|联系人标签|人脉标签|标记|群组|名片分组|所属分组|分类标签|名片群组|组别|Tags|Tag|Labels"
    "|Label|Groups|Categories|Category|Contact Tags|Keywords|Group Membership|Kategorien",
    "contact.owner_id": "联系人负责人|联系人所有人|联系人归属人|Contact Owner|Contact Owner Name",
    "contact.preferred_channel": "首选联系方式|偏好联系方式|偏好渠道|首选渠道|偏好沟通方式|沟通偏好|最佳联系方式"
    "|希望的联系方式|Preferred Channel|Preferred Contact|Preferred Contact Method|Contact Preference"
    "|Best Way to Contact|Preferred Contact Type",
    "affiliation.title": "职务|职位|职称|头衔|岗位|担任职务|职务名称|职位名称|联系人职务|联系人职位|工作岗位"
    "|现任职务|职衔|岗位名称|职务职称|役职|职业|Job Title|Title|Position|Job Position|Role|Job|Designation|Function"
    "|Contact Title|Organization 1 Title|Organization Title|Job Role|Titel|Job Function|Post|Occupation|Profession",
    "affiliation.department": "部门|所在部门|所属部门|工作部门|部门名称|科室|处室|部门科室|院系|联系人部门|公司部门"
    "|部署|Department|Dept|Division|Business Unit|Team|Abteilung|Section|Unit|Work Department",
    "affiliation.decision_role": "决策角色|决策人|采购角色|角色|决策作用|是否决策人|采购决策角色|决策权|关键决策人"
    "|Decision Role|Buying Role|Decision Maker|Role in Decision|Influence|Purchasing Role|Authority"
    "|Buying Influence",
    "affiliation.responsibility": "职责|负责业务|分管业务|主管业务|负责范围|工作职责|负责内容|分管|职能"
    "|Responsibility|Responsibilities|Responsible For|Duties|Area of Responsibility|Scope of Work",
    "affiliation.status": "在职状态|是否在职|在职情况|任职状态|在职|是否离职|Employment Status|Still Employed"
    "|Active|Job Status|Is Current",
    "activity.summary": "跟进记录|沟通记录|拜访记录|联系记录|交流记录|洽谈记录|沟通内容|跟进内容|洽谈内容|交流内容"
    "|最近跟进|会谈内容|活动记录|最新跟进记录|最近跟进记录|跟进情况|跟进详情|拜访内容|洽谈情况|跟进备注|拜访情况"
    "|需求|客户需求|采购需求|需求描述|最近联系|拜访纪要|会议纪要|咨询内容|客户反馈|Activity|Last Activity"
    "|Meeting Notes|Call Notes|Visit Notes|Conversation|Follow-up|Follow-up Notes|Interaction|Summary|Requirement"
    "|Requirements|Needs|History|Discussion|Inquiry|备注|说明|备注信息|附注|注释|备注说明|附言|留言|备考|批注"
    "|Note|Notes|Remark|Remarks|Comment|Comments|Memo|Message|Bemerkung|Notizen",
    "activity.at": "跟进时间|跟进日期|最近跟进时间|最近跟进日期|最后跟进时间|最新跟进时间|联系时间|沟通时间|拜访时间"
    "|拜访日期|沟通日期|洽谈日期|洽谈时间|实际跟进时间|Follow-up Date|Follow-up Time|Activity Date|Meeting Date"
    "|Call Date|Contacted On|Last Activity Date|Last Contacted",
    "activity.kind": "跟进方式|跟进类型|沟通方式|拜访方式|联系类型|活动类型|记录类型|Activity Type|Follow-up Type"
    "|Interaction Type",
    "activity.author_id": "跟进人|跟进人员|记录人|拜访人|跟进人姓名|Author|Followed up by|Recorded by|Activity Owner",
    "record.id": "记录编号|记录ID|系统编号|数据编号|Record ID|CRM ID|Record Number|System ID",
    "record.version": "版本|记录版本|版本号|数据版本|Version|Record Version|Revision",
}

ADDRESS_PARTS: dict[str, str] = {
    "street": "街道|街|街道地址|详细地址|详址|门牌号|街道门牌|地址明细|Street|Street Address|Address Line|Street Line"
    "|Extended Address|Straße|Street1|番地",
    "city": "城市|市|市/县|所在城市|所属城市|所属市|市/镇|地级市|县市|县市别|所在市|客户城市|City|Town|City/Town"
    "|Ort|Stadt|市区町村",
    "district": "区|区/县|县/区|县|所在区县|所在区|所属区县|所属区|区/镇|乡镇市区|District|County|Suburb",
    "province": "省|省份|省/市/自治区|省/直辖市|省/自治区|所在省份|所属省份|所属省|所在省|省/州|州/省|州"
    "|客户省份|State|Province|State/Province|Province/State|State/Region|State or Province|Bundesland"
    "|都道府県",
    "country": "国家|国家/地区|国家或地区|国别|所在国家|国籍或地区|Country|Country/Region|Country/Territory"
    "|Land|Land/Region|国",
    "postcode": "邮编|邮政编码|邮递区号|Zip|Postcode|Postal Code|Zip Code|Zip/Postal Code|PLZ|Postleitzahl|郵便番号",
}
"""The columns that one address may be spread over; behind a word such as Business or 住宅地址, too."""

WHOSE: dict[str, str] = {
    "account": "商务地址|商务|公司|公司地址|单位|单位地址|企业|办公|办公地址|工作|工作地址|客户|客户地址|Business"
    "|Business Address|Work|Work Address|Company|Company Address|Office|Office Address|Billing|Billing Address|Account",
    "contact": "Address|Home|Home Address|Private|Personal|Mailing|Mailing Address|Primary|Primary Address|Contact"
    "|住宅地址|住宅|家庭|家庭地址|住家|联系人|联系地址",
}
"""The words in front of a part of an address that say whose it is."""
REGION_BEHIND = "Region|地区|区域"
"""Words that mean a province behind such a word only: alone they are a region of sales."""
BEHIND = {"account": "geschäftlich", "contact": "privat"}
"""The same as German writes it, behind the part."""
NOT_OURS = (
    "Other|Other Address|其他地址|其他|Shipping|Shipping Address|Alternate|Alternate Address|Alt Address|Delivery"
)
"""Addresses for which an import has no place: a second one at the end of the line."""

NOT_IMPORTED = folded(
    "序号|编号|行号|排序|ID|No|Nr|Row|Index|Line|S/N|头像|照片|Photo|名片图片|身份证|身份证号|身份证号码"
    "|证件号|证件号码"
    "|护照|护照号|身份证编号|工作证号码|商务地址 - 邮箱|住宅地址 - 邮箱|其他地址 - 邮箱"
    "|Business Address PO Box|Home Address PO Box"
    "|Other Address PO Box|Address PO Box|PO Box|E-mail Display Name|电子邮件显示名|电子邮件显示名称|E-mail Type"
    "|Home Fax|Other Fax|住宅传真|其他传真|Fax privat|Weiteres Fax|家庭传真|手机归属地|归属部门|归属地区码|微信二维码"
    "|微信昵称|微信OpenID|微信UnionID|OpenID|来自IP|IP|IP地址|下次跟进时间|下次联系时间|下次跟进日期|总分|分数"
    "|Maiden Name"
    "|Organization 1 Location|Organization Location|Owner ID|Nickname|昵称|Next Activity Date|Birthday Reminder"
    "|Company Logo|公司Logo|营业执照|Modified By|Created By|创建人|修改人|最后修改人|客户编号|客户编码"
    "|公司编号|联系人编号"
    "|工号|员工编号|Employee ID|学号|会员号|订单号|发票号|账号|帐号|Account Number|Customer Number|Client Number"
    "|Customer No|Account No|Customer Code|Client No|Name Prefix|Prefix|Organization Type|Radio Phone|TTY/TDD Phone"
    "|TTY/TDD 电话|无绳电话|回电话|Callback"
)
"""Words that are known and have no place to go to: better left out than put where they only look alike."""

SOMEBODY_ELSE = (
    "紧急|推荐人|推荐者|介绍人|引荐|邀请人|邀请码|分享人|助理|助手|秘书|配偶|伴侣|子女|家属|监护|父亲|母亲|上级|主管"
    "|经理|法人|法定代表|开票|发票|收票|开户|银行|财务|收货|收件|担保|前任|经办|业务员|客服|负责人|销售|跟进人"
    "|创建人|操作人"
    "|assistant|asst|secretary|spouse|partner|children|child|manager|emergency|referr|referenc|invoice|bank|reportsto"
    "|createdby|modifiedby|updatedby|yomi|phonetic|owner|mother|father|parent|optout|optin|optedout|donot"
    "|是否|有无|有没有|能否|可否|密码|验证|数量|次数|个数|型号|归属|二维码|截图|图片|password"
)
"""Headers that hold one of these are about somebody or something else: 紧急联系人电话, Assistant's Phone, 手机型号."""

EITHER = folded("客户|名称|名字|称呼|Name|Customer|Customer Name|Client|Client Name|客户名称|Contact|Account")
"""Words that stand above companies as well as above people."""

REMARKS = folded(
    "备注|说明|备注信息|附注|注释|备注说明|附言|留言|备考|批注|Note|Notes|Remark|Remarks|Comment|Comments|Memo|Message"
    "|Bemerkung|Notizen|Last Activity|Activity|History|Summary"
)
"""Words for notes of any kind: the others of `activity.summary` are about one talk, which has a day and an author."""

GENERAL_DESCRIPTION = folded("Description|About|Profile|Hall|展馆|馆号")
"""Words of `account.description` that mean the person in a list of people."""

TOO_COMMON_AT_THE_END = folded(
    "公司|单位|企业|客户|机构|组织|集团|名称|省|市|区|县|州|国|街|姓|名|日期|时间|类型|类别|状态|阶段|销售"
    "|其他|关系|人数|角色"
    "|名字|分管|在职|出生|规模|渠道|街道|产业|需求|职业|版本|名单|窗口|级别|等级|称呼|对接人|收件人|标记|商务"
    "|客户需求|描述|说明|留言|会社"
    "|name|account|company|customer|client|type|class|role|date|sales|contact|person|group|groups|state|area|unit|other"
    "|active|land|web|no|post|job|line|hall|born|label|labels|location|description|relation|channel|source|category"
    "|history|activity|message|summary|note|profile|about|interest|interests|size|staff|level|rank|priority"
    "|stage|team|section|function"
    "|position|site|domain|url|message|comment|tag|version|visitor|origin|ownership|ort|country|city|street"
    "|region|owner"
    "|parent|url|revenue|registration number|prefix|mail"
)
"""Words that say too little when they only end a header: 上次参加日期 is no creation date."""

BESIDE: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        folded("Sensitivity|敏感度|敏感性|Vertraulichkeit"),
        folded(
            "Priority|优先级|Priorität|Account|帐户|账户|Location|地点|Short Name|Language|语言|Subject|Keywords|关键词"
        ),
    ),
    (folded("来自IP|所用时间|来源详情"), folded("来源|来源详情|总分")),
    (folded("填写设备|浏览器|操作系统|扩展属性"), folded("来源|渠道|填写地区")),
    (folded("员工UserID|激活状态|直属上级|直属主管"), folded("工号|状态|角色")),
)
"""Words that mean nothing here in a file of another program, which is known by what stands beside them."""
MEANT_OTHERWISE: dict[tuple[str, str], str] = {("敏感度", "类别"): "contact.tags", ("敏感性", "类别"): "contact.tags"}
"""What a word means beside another one: Outlook calls its tags 类别."""

WEAK = folded("Title|Name|Contact|Account|File As|Display Name|Domain|URL")
"""Words that stand back when another column says the same in plainer words."""

LAST_RESORT: dict[str, tuple[str, str]] = {
    "办公地点": ("contact.address", "address"),
    "officelocation": ("contact.address", "address"),
    "location": ("account.region", "region"),
    "地点": ("account.region", "region"),
}
"""Words that are taken only when nothing better says where somebody is: the target, and what would be better."""
