"""The ways in which a day is named in English, or in digits: next tue, 5 Dec, 12/5, in 2 weeks, end of month."""

from crm_desktop.text import when_reckoning as reckon
from crm_desktop.text.when_rules import DATE, Reckon, Rule
from crm_desktop.text.when_words import ANY, CERTAIN, COUNT, DAY, MONTH, UNIT, YEAR, B, E

_BEFORE = rf"(?:{B}(?:on|by|before|until|till|due(?:\s+(?:on|by))?|from|since|no\s+later\s+than)\s+)?"
_NOT_REPEATED = r"(?<!every\s)(?<!each\s)(?<!following\s)(?<!other\s)(?<!alternate\s)"
_SHIFT = r"(?P<shift>next|this|last)"
_COMING = r"(?:(?:this\s+)?coming\s+)?"
_PART = r"(?P<part>start|beginning|early|middle|mid|late|end)(?:[\s-]+|(?<=d))(?:of\s+|in\s+)?(?:the\s+)?"
_OF_MONTH = rf"(?:(?:the|this|{_SHIFT})\s+month{E}|{MONTH}(?:,?\s+{YEAR})?{E})"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<which>(?:last|this|next)\s+year){E})?"
_NTH = r"(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"


def _rule(pattern: str, reckoned: Reckon, *, is_date: bool = False, **also: str) -> Rule:
    return Rule(_BEFORE + pattern, reckoned, DATE if is_date else "", also)


DIGITS: tuple[Rule, ...] = (
    _rule(
        r"(?<![0-9.])(?P<year>(?:19|2[01])[0-9]{2})\s?(?P<mark>[-/.])\s?(?P<month>[0-9]{1,2})\s?(?P=mark)\s?(?P<day>[0-9]{1,2})(?![0-9])"
        r"(?:t(?=[0-9]{2}:))?",
        reckon.full,
        is_date=True,
    ),
    _rule(
        r"^\s*(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])(?![0-9a-z])", reckon.full, is_date=True
    ),
    _rule(
        r"(?<![0-9/.-])(?!24/7)(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])(?:/(?P<year>(?:19|2[01])?[0-9]{2}))?(?![0-9/%]|\s*[a-z]{3}[a-z]*\.?(?<=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
        reckon.slashed,
        is_date=True,
    ),
    _rule(
        r"(?<![0-9a-z.])(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.(?:\s?(?P<year>(?:19|2[01])[0-9]{2}))?(?![0-9])",
        reckon.month_day,
        is_date=True,
    ),
)

DATES: tuple[Rule, ...] = (
    _rule(
        rf"(?<![:0-9.])(?:the\s+)?{DAY}(?P<until>\s*[-–]\s*[0-9]{{1,2}}(?:st|nd|rd|th)?)?\s*(?:of\s+)?{MONTH},?\s+{YEAR}",
        reckon.full,
        is_date=True,
    ),
    _rule(rf"{B}{MONTH}\s*(?:the\s+)?{DAY},?\s+{YEAR}", reckon.full, is_date=True),
    _rule(rf"(?<![0-9]){DAY}-{MONTH}-{YEAR}", reckon.full, is_date=True),
    _rule(
        rf"(?<![:0-9.$€£])(?:the\s+)?{DAY}(?P<until>\s*[-–]\s*[0-9]{{1,2}}(?:st|nd|rd|th)?)?[\s-]*(?:of\s+)?{MONTH}{_OF_YEAR}(?![a-z0-9])",
        reckon.month_day,
        is_date=True,
    ),
    _rule(
        rf"{B}{MONTH}\s*(?:the\s+)?{DAY}(?![0-9:a-z%]|\s*[ap]\.?m{E}|\.[0-9]){_OF_YEAR}",
        reckon.month_day,
        is_date=True,
    ),
    _rule(rf"(?:the\s+)?(?<![0-9:]){DAY}\s+(?:of\s+)?{_SHIFT}\s+month{E}", reckon.in_shifted_month, is_date=True),
    _rule(rf"{B}{_SHIFT}\s+month\s+(?:on\s+)?(?:the\s+)?{DAY}(?![0-9:a-z])", reckon.in_shifted_month, is_date=True),
    _rule(
        rf"{B}the\s+{DAY}(?<=[a-z])(?![a-z])(?!\s+(?:[a-z]+\s+)?(?:floor|time))",
        reckon.day_of_month,
        is_date=True,
    ),
    Rule(
        r"(?:^\s*|(?<![a-z])(?:on|by|before|due)\s+)(?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?=\s*$|\s+(?:at\s+)?[0-9])",
        reckon.day_of_month,
        DATE,
    ),
)

BESIDE: tuple[Rule, ...] = (Rule(rf"(?:the\s+)?{DAY}(?<=[a-z])(?![a-z])", reckon.day_of_month, DATE),)
"""A day of the month where it stands beside a weekday: Friday the 4th."""

PARTS: tuple[Rule, ...] = (
    _rule(
        rf"(?:the\s+)?{B}{_NTH}\s+(?:(?P<weekday>{ANY})|(?P<what>day|weekday|work\s*day|(?:business|working)\s+day))\s+(?:of|in)\s+{_OF_MONTH}",
        reckon.nth_in_month,
    ),
    _rule(rf"(?:the\s+)?{B}{_PART}(?:{_SHIFT}\s+)?month{E}", reckon.part_of_month),
    _rule(rf"(?:the\s+)?{B}{_PART}{MONTH}(?:,?\s+{YEAR})?(?![a-z0-9]|\s+[0-9])", reckon.part_of_month),
    Rule(rf"{B}(?:in|by|during)\s+{MONTH}(?:,?\s+{YEAR})?(?![a-z]|\s*[0-9])", reckon.whole_month),
    _rule(rf"{B}(?:the\s+)?{_PART}(?:{_SHIFT}\s+)?(?P<unit>week|quarter|year){E}", reckon.part_of_span),
    Rule(
        rf"{B}(?:within|during|by|some\s?time|later|in)\s+(?P<shift>this)\s+(?P<unit>week|month|quarter|year){E}",
        reckon.part_of_span,
        also={"part": "end"},
    ),
    _rule(rf"{B}(?P<unit>eow|eom|eoq|eoy){E}", reckon.part_of_span, part="end"),
    _rule(
        rf"{B}(?:{_SHIFT}\s+)?(?P<unit>month|quarter|year)[\s-]?end{E}",
        reckon.part_of_span,
        part="end",
    ),
    _rule(
        rf"{B}{_PART}q(?P<q>[1-4])(?:,?\s+(?:{YEAR}|(?P<which>(?:this|next)\s+year)))?(?![0-9a-z])",
        reckon.quarter,
    ),
    _rule(
        rf"(?:the\s+)?{B}(?P<unit>week|month|quarter|year)\s+(?P<after>after)\s+(?P<shift>next){E}", reckon.part_of_span
    ),
    _rule(
        rf"{B}(?<!the\s)(?P<shift>next)\s*(?P<unit>week|month|quarter|year)(?!s?[a-z]|['’]s)(?!\s+end)",
        reckon.part_of_span,
    ),
)

WEEKDAYS: tuple[Rule, ...] = (
    _rule(rf"{_NOT_REPEATED}{B}(?:{_COMING}|{_SHIFT}\s*)(?P<weekday>{CERTAIN}){E}(?!['’]s)", reckon.weekday),
    Rule(
        rf"{B}(?:(?:this\s+)?coming\s+|{_SHIFT}\s*|(?:on|by|before)\s+)(?P<weekday>mon|weds?|sat|sun){E}",
        reckon.weekday,
    ),
    Rule(rf"^\s*(?P<weekday>mon|weds?){E}", reckon.weekday),
    Rule(
        rf"{_NOT_REPEATED}(?<!the\s){B}(?P<weekday>mon|weds?|sat|sun)(?=\s*[,.]?\s*$|\s*(?:at\s+)?[0-9]|\s+(?:morning|noon|afternoon|evening|eod|cob){E})",
        reckon.weekday,
    ),
    Rule(rf"^\s*(?P<weekday>sat|sun){E}(?=[\s,.]+(?:{MONTH}|[0-9]))", reckon.weekday),
    _rule(rf"{B}(?P<weekday>{ANY})\s+(?:of\s+)?{_SHIFT}\s+week{E}", reckon.weekday),
    _rule(rf"{B}{_SHIFT}\s*week,?\s+(?:on\s+)?(?P<weekday>{ANY}){E}", reckon.weekday),
    _rule(
        rf"{B}(?P<weekday>{ANY})\s+(?:of\s+)?(?:the\s+)?week\s+after\s+next{E}|{B}(?:the\s+)?week\s+after\s+next,?\s+(?:on\s+)?(?P<weekday2>{ANY}){E}",
        reckon.weekday_in_weeks,
        n="2",
    ),
    _rule(
        rf"{B}(?P<weekday>{ANY})\s+(?P<from>week){E}|{B}(?:a\s+)?(?P<from2>week)\s+on\s+(?P<weekday2>{ANY}){E}",
        reckon.weekday_in_weeks,
    ),
    _rule(rf"{COUNT}\s+weeks?\s+(?P<from>from|after)\s+{_COMING}(?P<weekday>{ANY}){E}", reckon.weekday_in_weeks),
    _rule(rf"{B}(?P<weekday>{ANY})\s+in\s+{COUNT}\s+weeks?(?:['’]?\s+time)?{E}", reckon.weekday_in_weeks),
    _rule(
        rf"(?:{B}(?P<shift>next|last)\s*|{B}this\s+(?:coming\s+)?|{B}(?:at\s+|over\s+)?the\s+|{B})week-?end{E}",
        reckon.weekend,
    ),
)

COUNTED: tuple[Rule, ...] = (
    Rule(rf"{B}(?P<side>in)\s+(?P<n>half)\s+a\s+(?P<unit>year){E}", reckon.counted),
    Rule(
        rf"{B}(?P<side>in|within)\s*(?:the\s+next\s+)?{COUNT}\s*(?:full\s+)?{UNIT}{E}(?!\s+and\s+a\s+half)(?:['’]?\s+time{E})?",
        reckon.counted,
    ),
    Rule(rf"{COUNT}\s*{UNIT}\s*(?P<side>from\s+(?:now|today)|later|hence|ago){E}", reckon.counted),
    Rule(
        rf"(?:{B}(?P<side>in)\s+|(?<![0-9a-z])(?P<plus>\+)\s?)(?P<n>[0-9]{{1,3}})\s?(?P<unit>d|w){E}(?!\s+(?:print|model|scan|draw))",
        reckon.counted,
        also={"side": "in"},
    ),
    _rule(
        rf"(?:the\s+)?{B}(?P<word>day\s+after\s+tomorrow|day\s+before\s+yesterday|tomm?orr?ow|tmrw?|tmw|today|yesterday)(?![a-z]|['’]s)",
        reckon.word,
    ),
    Rule(rf"{B}(?P<word>to(?=night{E})|last\s+(?=night{E}))", reckon.word),
)

RULES: tuple[Rule, ...] = (*DATES, *PARTS, *WEEKDAYS, *COUNTED)
