"""The day in a sentence: 下周二, 12月5日 周六, 两周后, next tue, end of month, in 2 weeks."""

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from crm_desktop.text import when_days_en, when_days_zh
from crm_desktop.text.when_reckoning import Around
from crm_desktop.text.when_rules import DATE, Rule
from crm_desktop.text.when_words import ANY, NTH, UNIT_WORD, UNIT_WORD_ZH, WEEKDAY_ZH, B, E, N, Span, weekday_of

GAP = r"[\s,，.、(]*"
WEEKDAY_BESIDE = re.compile(
    rf"{GAP}(?:{WEEKDAY_ZH}(?![次个年月岁])|{B}(?P<en>{ANY}){E}\.?|(?<=\()(?P<short>[一二三四五六日])(?=\)))\s?\)?"
)
PLAIN_WEEKDAY = re.compile(rf"(?:{B}(?:on|by|before|coming)\s+)?\s*(?:{WEEKDAY_ZH}|(?P<en>{ANY})\.?)")
DATE_BESIDE = re.compile(rf"{GAP}(?:即|就是)?")
ANOTHER = re.compile(r"[\s,，、(]*的?")
EITHER = rf"\s*(?:或者?|还是|、|和|及|/|&|{B}(?:or|and){E})\s*"
OR_LATER = re.compile(rf"{EITHER}(?:[上下本这]?个?(?=周|星期|礼拜)|on\s+|the\s+)?")
OR_EARLIER = re.compile(rf"(?:{B}{ANY}|[周期拜][一二三四五六日天]|[0-9])(?:{EITHER}|\s+to\s+)(?:on\s+)?$")
FURTHER = re.compile(r"(?:[一二三四五六日天]|[0-9]{1,2}(?:st|nd|rd|th)?)(?=$|[\s,，、])")
GOES_ON = re.compile(rf"[一二三四五六日天](?=$|[\s,，、])|\s+week{E}")
TO = re.compile(rf"\s*(?:-|–|—|~|到|至|{B}(?:to|until|till|thru|through){E})\s*")
END_OF_RANGE = re.compile(rf"{N}(?:[日号]|(?![0-9.:%点小a-z]))|[0-9]{{1,2}}(?:st|nd|rd|th){E}")
COUNTED_FROM = re.compile(
    rf"(?:{UNIT_WORD}s?|night|morning|evening)\s+(?:before|after|from|prior\s+to|following)\s+(?:the\s+)?$"
)
COUNTS_ON = re.compile(rf"(?:[前后]|之[前后]|以[前后])?的?(?:前|后)?{N}个?{UNIT_WORD_ZH}")
SMALL_WORD = re.compile(r"(?:before|from|since|after)\s+")
NOT_THAT = re.compile(
    rf"{B}(?:not|except|never)\s+(?:(?:on|before|by|until)\s+)?$|{B}(?:after|weeks?|months?|fortnights?)\s+$|(?:去年的?|除了?|不是|不要|第[一二三四五0-9]个?|最后一?个?)$"
    rf"|{B}(?:{'|'.join(filter(str.isascii, NTH))}|[2-5](?:nd|rd|th))\s+$"
)


class Day(NamedTuple):
    """A day, where it stands in the sentence, and whether it begins a range that stays in the words."""

    day: date
    span: Span
    is_range: bool


class Found(NamedTuple):
    """What fitted which rule."""

    match: re.Match[str]
    rule: Rule

    def day(self, around: Around) -> date:
        """The day that is meant."""
        return self.rule.day(self.match, around)


def is_named(text: str) -> bool:
    """Whether a folded text names any day."""
    return _first(text) is not None


def find(text: str, around: Around) -> Day | None:
    """The first day named in a folded text, the longest one there; ValueError where it is none, or one of several."""
    found = _first(text)
    if found is None:
        return None
    start, end = found.match.span()
    _refuse_counted_from(text, start)
    day, end = _with_what_stands_beside(text, found, around)
    _refuse_others(text, start, end)
    is_range = bool(found.match.groupdict().get("until")) or _begins_range(text, end)
    return Day(day, (start, end), is_range)


def _with_what_stands_beside(text: str, found: Found, around: Around) -> tuple[date, int]:
    """The day, and where it ends together with a weekday or a date that say the same; ValueError if they do not."""
    end = found.match.end()
    plain = PLAIN_WEEKDAY.fullmatch(found.match[0])
    written = None if found.rule.sort == DATE else _date_beside(text, end)
    if written and plain:
        return written.day(replace(around, weekday=_weekday(plain))), written.match.end()
    beside = None if plain else WEEKDAY_BESIDE.match(text, end)
    weekday = _weekday(beside) if beside else None
    day = found.day(replace(around, weekday=weekday) if found.rule.sort == DATE else around)
    if weekday not in {None, day.weekday()}:
        raise ValueError(day)
    if written and written.day(replace(around, weekday=day.weekday())) != day:
        raise ValueError(day)
    end = written.match.end() if written else beside.end() if beside else end
    return day, _end_of_another(text, end, day, around)


def _end_of_another(text: str, end: int, day: date, around: Around) -> int:
    """Where another name of the same day ends; ValueError for another day right behind the first."""
    gap = ANOTHER.match(text, end)
    another = _at(text, gap.end() if gap else end)
    if another is None:
        return end
    if another.day(replace(around, weekday=None)) != day:
        raise ValueError(text[end:])
    return another.match.end()


def _date_beside(text: str, end: int) -> Found | None:
    gap = DATE_BESIDE.match(text, end)
    return _at(text, gap.end() if gap else end, when_days_en.BESIDE)


def _weekday(match: re.Match[str]) -> int:
    return weekday_of(next(each for each in match.groupdict().values() if each))


def _first(text: str) -> Found | None:
    found = [Found(match, each) for each in _rules(text) if (match := each.pattern.search(text))]
    return min(found, key=lambda each: (each.match.start(), -len(each.match[0])), default=None)


def _at(text: str, place: int, others: tuple[Rule, ...] = ()) -> Found | None:
    """The longest day that stands right at a place; a date only, when there are other rules for it."""
    rules = (*(each for each in _rules(text) if each.sort == DATE), *others) if others else _rules(text)
    found = [Found(match, each) for each in rules if (match := each.pattern.match(text, place)) and match[0]]
    return max(found, key=lambda each: len(each.match[0]), default=None)


def _rules(text: str) -> tuple[Rule, ...]:
    """The rules that a text can fit: no English ones for hanzi alone."""
    if text.isascii():
        return ENGLISH
    return ENGLISH + when_days_zh.RULES if LETTER.search(text) else CHINESE


LETTER = re.compile("[a-z]")
ENGLISH = (*when_days_en.DIGITS, *when_days_en.RULES)
CHINESE = (*when_days_en.DIGITS, *when_days_zh.RULES)


def _refuse_counted_from(text: str, start: int) -> None:
    """Two days before Friday, not on Friday, and the first Friday of nothing are not Friday."""
    small = SMALL_WORD.match(text, start)
    before = text[: small.end() if small else start]
    if COUNTED_FROM.search(before) or NOT_THAT.search(before) or OR_EARLIER.search(before):
        raise ValueError(text)


def _refuse_others(text: str, start: int, end: int) -> None:
    """A day that is one of several, or that another day is counted from, is not what is meant."""
    either = OR_LATER.match(text, end)
    further = either and (_at(text, either.end()) or FURTHER.match(text, either.end()))
    if further or COUNTS_ON.match(text, end) or GOES_ON.match(text, end):
        raise ValueError(text[start:])


def _begins_range(text: str, end: int) -> bool:
    to = TO.match(text, end)
    return bool(to and (_at(text, to.end()) or END_OF_RANGE.match(text, to.end())))
