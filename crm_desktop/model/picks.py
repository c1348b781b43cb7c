"""Pick lists: values with a stable code and a word in each language.

The lists below are what a new data file starts with; people change words, order and members in the database
(`pick_item`), which `use` lays over these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm_desktop.i18n import language
from crm_desktop.text.folding import fold


@dataclass(frozen=True, slots=True)
class Pick:
    """One value of a pick list, with further words that files use for it."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    is_active: bool = True

    @property
    def label(self) -> str:
        """The word in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


def _list(*rows: str) -> tuple[Pick, ...]:
    picks = []
    for row in rows:
        code, zh, en, *also = (each.strip() for each in row.split("|"))
        picks.append(Pick(code, zh, en, tuple(also)))
    return tuple(picks)


STANDARD: dict[str, tuple[Pick, ...]] = {
    "account_kind": _list("organisation|单位|Organisation|公司|企业|company", "person|个人|Person|个人客户|individual"),
    "account_type": _list(
        "prospect|潜在客户|Prospect|潜在",
        "customer|客户|Customer|正式客户|成交客户|VIP客户",
        "partner|合作伙伴|Partner|伙伴",
        "channel|渠道|Channel|渠道商",
        "agent|代理商|Agent|代理",
        "supplier|供应商|Supplier|vendor",
        "competitor|竞争对手|Competitor|竞品",
        "other|其他|Other|其它",
    ),
    "relationship": _list(
        "prospect|潜在|Prospect|潜在客户|意向客户|lead",
        "customer|成交|Customer|成交客户|老客户|客户",
        "former|流失|Former customer|流失客户|former|lost",
    ),
    "level": _list(
        "vip|VIP|VIP|VIP客户|重点客户|重要客户|★★★|S|S级",
        "a|A 级|A|A级|A类|A级客户|A类客户|高|high|★★",
        "b|B 级|B|B级|B类|B级客户|B类客户|中|medium|★",
        "c|C 级|C|C级|C类|C级客户|C类客户|低|low|D|D级",
        "normal|普通|Normal|普通客户|一般|一般客户|regular",
    ),
    "status": _list(
        "active|活跃|Active|正常|跟进中|启用",
        "dormant|休眠|Dormant|沉睡|inactive",
        "closed|关闭|Closed|已关闭|停用|归档|archived",
    ),
    "industry": _list(
        "it|信息技术|Information technology|IT|互联网|软件|计算机|IT服务|信息技术服务|software|internet|technology",
        "manufacturing|制造业|Manufacturing|制造|机械|机械制造|machinery|工业",
        "automation|自动化|Automation|工业自动化|机器人|robotics",
        "electronics|电子|Electronics|电子电器|半导体|semiconductor",
        "automotive|汽车|Automotive|汽车制造|汽车零部件|车辆",
        "chemicals|化工|Chemicals|石化|chemical|材料",
        "energy|能源|Energy|电力|新能源|光伏|power",
        "construction|建筑|Construction|建筑工程|房地产|建材|real estate",
        "retail|零售|Retail|商贸|批发零售|贸易|电商|trade|wholesale",
        "food|食品|Food and beverage|食品饮料|餐饮|food",
        "healthcare|医疗健康|Healthcare|医疗|医疗器械|医药|制药|medical|pharma",
        "education|教育|Education|培训|学校|高校|university",
        "finance|金融|Finance|银行|保险|证券|banking|insurance",
        "logistics|物流|Logistics|运输|仓储|物流运输|transport",
        "agriculture|农业|Agriculture|农林牧渔|farming",
        "media|传媒|Media|广告|文化传媒|广告传媒|advertising",
        "government|政府|Government|事业单位|机关|public sector",
        "services|服务业|Services|咨询|商务服务|consulting",
        "other|其他|Other|其它",
    ),
    "business_type": _list(
        "manufacturer|生产商|Manufacturer|厂家|制造商|工厂|factory",
        "distributor|经销商|Distributor|分销商|贸易商|代理商|dealer|reseller",
        "integrator|集成商|Integrator|系统集成商|system integrator",
        "end_user|终端用户|End user|最终用户|终端客户",
        "service|服务商|Service provider|服务",
        "other|其他|Other|其它",
    ),
    "size_band": _list(
        "1-10|1–10 人|1–10",
        "10-50|10–50 人|10–50",
        "50-200|50–200 人|50–200",
        "200-500|200–500 人|200–500",
        "500-1000|500–1,000 人|500–1,000",
        "1000-5000|1,000–5,000 人|1,000–5,000",
        "5000-10000|5,000–10,000 人|5,000–10,000",
        "10000+|10,000 人以上|10,000+|10000人以上",
    ),
    "source": _list(
        "trade_show|展会|Trade show|展览|参展|exhibition|fair",
        "web_form|网站表单|Web form|官网|网站|网络|website|online",
        "campaign|市场活动|Campaign|活动|会议|event",
        "social|社交媒体|Social media|微信|公众号|抖音|linkedin",
        "ad|广告|Advertisement|广告投放|推广",
        "referral|转介绍|Referral|介绍|朋友介绍|客户介绍|老客户介绍",
        "call|电话|Cold call|电话营销|陌拜|电话开发|phone",
        "import|导入|Import",
        "other|其他|Other|其它",
    ),
    "budget_certainty": _list("stated|对方说明|Stated|已确认", "estimated|我方估计|Estimated|预估|估计"),
    "gender": _list(
        "male|男|Male|先生|M|Mr|Mr.|男性",
        "female|女|Female|女士|F|Ms|Ms.|Mrs|小姐|女性",
        "other|其他|Other",
        "unknown|未知|Unknown",
    ),
    "contact_type": _list(
        "existing|现有客户|Existing customer|客户",
        "prospect|潜在客户|Prospect|潜在",
        "partner|合作伙伴|Partner|伙伴",
        "supplier|供应商|Supplier",
        "after_sales|售后|After-sales|售后服务",
    ),
    "preferred_channel": _list(
        "phone|电话|Phone|手机|call",
        "wechat|微信|WeChat",
        "mail|邮件|E-mail|邮箱|email",
        "visit|见面|Visit|拜访|meeting",
    ),
    "decision_role": _list(
        "decision_maker|决策者|Decision maker|拍板人|决策人",
        "economic_buyer|经济决策者|Economic buyer",
        "approver|审批人|Approver",
        "influencer|影响者|Influencer",
        "evaluator|技术评估人|Technical evaluator|评估人|evaluator",
        "recommender|推荐人|Recommender",
        "purchaser|采购|Purchaser|采购执行|buyer",
        "user|使用者|User|用户",
        "technical|技术支持|Technical support",
        "finance|财务|Finance",
        "admin|行政|Administration",
        "gatekeeper|把关人|Gatekeeper",
        "project_manager|项目经理|Project manager",
    ),
    "attitude": _list(
        "supporter|支持|Supports|支持者", "neutral|中立|Neutral", "opponent|反对|Against|反对者", "unknown|未知|Unknown"
    ),
    "affiliation_status": _list(
        "current|在职|Current|现任", "changed|职位变更|Role changed|变更", "departed|已离职|Has left|离职|departed|left"
    ),
    "channel_label": _list("work|工作|Work|办公", "home|家庭|Home|个人", "other|其他|Other"),
    "address_type": _list(
        "contact|联系地址|Contact address",
        "registered|注册地址|Registered address",
        "hq|总部|Head office",
        "branch|分支机构|Branch",
        "office|办公地址|Office",
        "delivery|收货地址|Delivery address",
        "billing|开票地址|Billing address",
        "home|家庭地址|Home",
    ),
    "activity_kind": _list(
        "call|电话|Call|通话|phone",
        "visit|拜访|Visit|上门|上门拜访",
        "mail|邮件|E-mail|email",
        "chat|微信|Chat|WeChat|聊天",
        "note|备注|Note|记录",
        "meeting|会议|Meeting|会面",
        "message|短信|Message|SMS",
        "letter|信函|Letter",
        "system|系统|System",
    ),
    "direction": _list("out|呼出|Outgoing|去电|发出", "in|呼入|Incoming|来电|收到", "none|无|None"),
    "outcome": _list(
        "reached|已接通|Reached",
        "no_answer|未接通|No answer|无人接听",
        "interested|有意向|Interested",
        "not_interested|无意向|Not interested",
        "later|以后再联系|Later",
    ),
    "task_kind": _list(
        "todo|待办|To do|任务|task",
        "call|电话|Call|phone",
        "mail|邮件|E-mail|email",
        "chat|微信|Chat|WeChat",
        "visit|拜访|Visit|上门",
        "meeting|会议|Meeting|会面|appointment",
    ),
    "priority": _list("high|高|High|紧急|urgent|重要", "normal|中|Normal|普通|medium", "low|低|Low"),
    "lifecycle": _list("new|新客户|New|新", "active|活跃|Active", "dormant|沉睡|Dormant|休眠", "lost|流失|Lost|已流失"),
}

_changed: dict[str, tuple[Pick, ...]] = {}
_codes: dict[str, dict[str, str]] = {}
_by_code: dict[str, dict[str, Pick]] = {}


def use(changed: Mapping[str, Iterable[Pick]]) -> None:
    """Lay the data file's own pick lists over the standard ones."""
    _changed.clear()
    _codes.clear()
    _by_code.clear()
    _changed.update({name: tuple(picks) for name, picks in changed.items()})


def changed() -> Mapping[str, tuple[Pick, ...]]:
    """The data file's own pick lists."""
    return dict(_changed)


def of(name: str) -> tuple[Pick, ...]:
    """The values of a pick list, in order; retired ones too, because records may still hold them."""
    return _changed.get(name) or STANDARD.get(name, ())


def label(name: str, code: str) -> str:
    """The word for a code; a code that no list knows is text that was kept as it came."""
    if name not in _by_code:
        _by_code[name] = {each.code: each for each in reversed(of(name))}
    found = _by_code[name].get(code)
    return found.label if found else code


def position(name: str, code: str) -> int:
    """The place of a code in its list, so that VIP sorts before C; after all others when unknown."""
    return next((place for place, each in enumerate(of(name)) if each.code == code), len(of(name)))


def code_of(name: str, word: str) -> str | None:
    """The code that a word stands for, in any of our languages or spellings."""
    if name not in _codes:
        _codes[name] = {
            _folded(spelling): each.code
            for each in reversed(of(name))
            for spelling in (*each.also, each.en, each.zh, each.code)
        }
    return _codes[name].get(_folded(word))


def _folded(word: str) -> str:
    """A word as it is compared; signs such as ★★ have nothing to fold and stay as they are."""
    return fold(word) or word.strip()
