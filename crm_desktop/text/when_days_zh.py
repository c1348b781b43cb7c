"""The ways in which a day is named in Chinese: 下周二, 12月5日, 两周后, 月底, 本月最后一个周五."""

from crm_desktop.text import when_reckoning as reckon
from crm_desktop.text.when_rules import DATE, Reckon, Rule
from crm_desktop.text.when_words import ALONE, NUMBERED, SHIFT_ZH, UNIT_ZH, WEEK, WEEKDAY_ZH, N

_WHICH = r"(?P<which>去年|今年|明年|后年)的?\s*"
_BEFORE = r"(?:最晚|最迟|不晚于|截至|截止到?)?\s*"
_AFTER = r"(?:之前|以前|前(?![台往端期景辈后])|当天)?"
_MONTH_PART = r"(?P<part>底|末|尾|初|上旬|中旬|下旬|中(?!旬|间|心|国|文|标|期))"
_DAY_END = r"(?:\s?[日号]|(?![0-9点时:个天周月年%]))"


def _rule(pattern: str, reckoned: Reckon, *, is_date: bool = False, **also: str) -> Rule:
    return Rule(_BEFORE + pattern + _AFTER, reckoned, DATE if is_date else "", also)


RULES: tuple[Rule, ...] = (
    _rule(
        rf"(?<![0-9])(?P<year>(?:19|2[01])[0-9]{{2}}|2[0-9]|[一二][零〇○一二三四五六七八九]{{3}})\s?年\s*(?P<month>{N})\s?月\s*(?P<day>{N})(?:\s?[日号])?(?![0-9])",
        reckon.full,
        is_date=True,
    ),
    _rule(
        rf"民国\s*(?P<roc>[0-9]{{2,3}}|{N}|一百[零一二三四五六七八九十]{{1,3}})年\s*(?P<month>{N})月\s*(?P<day>{N})[日号]?(?![0-9])",
        reckon.full,
        is_date=True,
    ),
    _rule(
        rf"(?:{_WHICH}|(?<!年)(?<!年\s)){ALONE}(?P<month>{N})\s?月\s*(?P<day>{N}){_DAY_END}",
        reckon.month_day,
        is_date=True,
    ),
    _rule(rf"{SHIFT_ZH}个?月的?\s*(?P<day>{N})[日号]", reckon.in_shifted_month, is_date=True),
    _rule(
        rf"(?:(?:{_WHICH}|(?P<year>20[0-9]{{2}})年)?{ALONE}(?P<month>{N})月份?|{SHIFT_ZH}个?月|(?<!每)(?<!每个)月底|(?=最后))的?\s*"
        rf"(?P<nth>第[一二三四五1-5]|最后一?)个?(?:{WEEKDAY_ZH}|(?P<what>工作[日天]|天))",
        reckon.nth_in_month,
    ),
    _rule(rf"(?:{_WHICH}|(?P<year>20[0-9]{{2}})年)?{ALONE}(?P<month>{N})月份?的?{_MONTH_PART}", reckon.part_of_month),
    _rule(rf"{SHIFT_ZH}个?月的?(?:{_MONTH_PART}|之?(?P<part2>内)(?!容|部|销))", reckon.part_of_month),
    _rule(
        rf"(?<![0-9一二三四五六七八九十两个每上下])月(?:{_MONTH_PART}|(?P<part2>内)(?!容|部|销))", reckon.part_of_month
    ),
    _rule(
        rf"(?:{_WHICH}|(?P<year>20[0-9]{{2}})年)(?P<month>{N})月份?(?![0-9初中底末尾上下第最])|{ALONE}(?P<month2>{N})月份(?![初中底末尾上下第最])",
        reckon.whole_month,
    ),
    _rule(
        rf"(?<![0-9零〇一二两三四五六七八九十每几半下上再隔])(?<!每个)(?:{SHIFT_ZH}个?(?:{WEEK}的?\s*)?)?"
        rf"{WEEKDAY_ZH}(?![次个年月岁])",
        reckon.weekday,
    ),
    _rule(
        rf"{ALONE}(?P<n>{N})个?{WEEK}(?:之后|以后|后)的?\s*{WEEKDAY_ZH}",
        reckon.weekday_in_weeks,
    ),
    _rule(rf"(?:{SHIFT_ZH}个?(?:{WEEK}的?\s*)?)?{WEEK}末", reckon.weekend),
    _rule(rf"{SHIFT_ZH}个?(?P<unit>周|星期|礼拜)(?P<part>初|中|尾)", reckon.part_of_span),
    _rule(rf"{SHIFT_ZH}个?(?P<unit>周|星期|礼拜)之?(?P<part>内)(?!容|部|销)", reckon.part_of_span),
    _rule(
        rf"(?:再?过)?{ALONE}(?P<n>{N}|半)\s*个?(?P<half>半)?{UNIT_ZH}\s*"
        r"(?P<side>之后|以后|后(?!天(?!津|气|台)|续|来)|之前|以前|前(?![台往端期景辈后])|之内|以内|内(?!容|部|销))",
        reckon.counted,
    ),
    _rule(rf"(?P<side>再过|过|再等){ALONE}(?P<n>{N}|半)\s*个?(?P<half>半)?{UNIT_ZH}(?!后|以后|之后)", reckon.counted),
    _rule(
        r"(?<![大明])(?:(?P<word>大[前后](?=[天日])|[昨今明后](?=[天日儿])|前(?=天|日(?!本))|[听琴寻](?=[日晚]))[天日儿](?!津|气|性|赋|台|然|生|鹅)个?"
        r"|(?P<word2>[昨今明后](?=[早晚晨]|朝早?))|(?P<word3>[听琴寻](?=晚)))",
        reckon.word,
    ),
    _rule(
        r"(?<![下上再每隔])(?P<shift>下下|下)个?(?P<unit>周|星期|礼拜|月|季度)(?!末|底|尾|初|中|内|\s*(?:周|星期|礼拜)|[一二三四五六日天1-6下上第最]|份?的?第|的?最后)份?",
        reckon.part_of_span,
    ),
    _rule(
        r"(?P<which>去年|今年|明年|后年)的?年?(?P<part>[初底末尾内]|中(?!期|国|秋))(?!容|部)",
        reckon.part_of_span,
        unit="年",
    ),
    _rule(
        r"(?P<which>明年|后年)(?![年初底末尾内中上下春夏秋冬第一二三四五六七八九十0-9的同国元五q])",
        reckon.part_of_span,
        unit="年",
    ),
    _rule(
        r"(?<![0-9零一二两三四五六七八九十半去前今明后年])年(?P<part>[初底末尾中内])(?!容|部|国|秋|期)",
        reckon.part_of_span,
        unit="年",
    ),
    _rule(
        rf"(?:{_WHICH}(?P<half>[上下])|(?<![上下])(?P<half2>下))半年(?![度底末会报总计业销])初?",
        reckon.half_year,
    ),
    _rule(
        rf"(?:{_WHICH}|(?P<year>20[0-9]{{2}})年)?(?:第?(?P<q>[一二三四1-4])季度?|q(?P<q2>[1-4]))的?(?P<part>初|底|末|尾)",
        reckon.quarter,
    ),
    _rule(r"(?<![一二三四1-4个上下本这])(?P<unit>季)度?之?(?P<part>[初底末尾内])(?!容|部)", reckon.part_of_span),
    _rule(rf"{SHIFT_ZH}个?(?P<unit>季)度?之?(?P<part>[初底末尾内])(?!容|部)", reckon.part_of_span),
    _rule(
        rf"(?<![第月年每])(?<!每月的)(?<!每个月){ALONE}(?P<day>{N})(?P<until>[-~到至]{N})?号{NUMBERED}",
        reckon.day_of_month,
        is_date=True,
    ),
    _rule(
        rf"(?<![第月年每周])(?<!每月的)(?<!每个月){ALONE}(?P<day>{N})日(?=$|\s|[上下中早晚]|前(?!后)|之前|以前|[0-9\x00])",
        reckon.day_of_month,
        is_date=True,
    ),
)
