"""What a column holds, judged by its values alone: for headers that are missing, strange or open to two readings."""

import re
from collections.abc import Sequence

CEILING = 0.6
"""The most certain a guess from values can be: the header knows better."""

_ENOUGH = 0.6
_PATTERNS: dict[str, re.Pattern[str]] = {
    "contact.email": re.compile(r"[^\s@＠]+[@＠][^\s@＠]+\.?\S*", re.IGNORECASE),
    "contact.linkedin": re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/(?:in|pub)/\S+", re.IGNORECASE),
    "account.website": re.compile(r"(?:https?://|www\.)(?!\S*linkedin\.com)\S+", re.IGNORECASE),
    "account.credit_code": re.compile(r"9[0-9A-Z]\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}", re.IGNORECASE),
    "contact.mobile": re.compile(r"(?:(?:\+|00)?86[-\s]*)?1[3-9]\d[-\s.]*\d{4}[-\s.]*\d{4}(?:\.0)?"),
    "contact.phone": re.compile(
        r"(?:\+\d{1,3}[-\s]?\(?\d|\(?0\d{2,3}[-)\s]|0\d{9,11}(?!\d)|[48]00[-\s]?\d)[\d\s()/-]{4,}(?:\s*(?:转|x|ext\.?)\s*\d{1,5})?",
        re.IGNORECASE,
    ),
    "contact.gender": re.compile(r"男|女|先生|女士|小姐|Mr\.?|Mrs\.?|Ms\.?|male|female|Herr|Frau", re.IGNORECASE),
    "account.level": re.compile(r"[A-D]级?|VIP(?:客户)?|★+|[一二三四五]星|普通|重点", re.IGNORECASE),
    "account.name": re.compile(
        r".*(?:公司|集团|厂|大学|医院|研究院|事务所|银行|中心|工作室)|.*\b(?:Ltd|Inc|GmbH|AG|Corp|Corporation|Co|LLC|PLC|Limited)\b\.?",
        re.IGNORECASE,
    ),
    "account.address": re.compile(r".*(?:[省市区县].*[路街道号弄村镇]|\d+号|\b(?:Street|Road|Avenue|Str\.|Platz)\b).*"),
    "affiliation.title": re.compile(
        r".{0,12}(?:经理|总监|主管|工程师|董事长|总裁|主任|部长|助理|专员|顾问|采购|厂长)"
        r"|.*\b(?:Manager|Director|Engineer|Head|CEO|CTO|CFO|President|Buyer|Officer|Lead|Consultant|Assistant)\b.*",
        re.IGNORECASE,
    ),
    "affiliation.department": re.compile(
        r".{1,10}(?:部|部门|科|处|中心|事业部)|.*\b(?:Department|Dept\.?)\b.*", re.IGNORECASE
    ),
    "contact.full_name": re.compile(r"[\u4e00-\u9fff·]{2,4}|[A-ZÄÖÜ][\w'’.-]+(?: [A-ZÄÖÜ][\w'’.-]+){1,2}"),
}
_APART = re.compile(r"[/／、;；，,|\n]+|\s{2,}|(?<=\d{7})\s+(?=[+01])")
_LABEL = re.compile(r"^\D{0,12}?(?=[+(（]?\d)")


def share(target: str, values: Sequence[str]) -> float:
    """How large a part of the filled values looks like `target`; 0 for what has no typical look."""
    pattern = _PATTERNS.get(target)
    filled = [value.strip() for value in values if value.strip()]
    if pattern is None or not filled:
        return 0.0
    return sum(pattern.fullmatch(value) is not None for value in filled) / len(filled)


def guess(values: Sequence[str]) -> tuple[str | None, float]:
    """The target that the values look like, at most `CEILING` certain; the first of those that fit best."""
    best = max(_PATTERNS, key=lambda target: share(target, values))
    part = share(best, values)
    return (best, round(CEILING * part, 3)) if part >= _ENOUGH else (None, 0.0)


def has_both_phones(values: Sequence[str]) -> bool:
    """Whether some of the numbers are surely mobile ones and some are surely not, perhaps in one cell."""
    pieces = [_LABEL.sub("", piece.strip()) for value in values for piece in _APART.split(value)]
    mobile = _PATTERNS["contact.mobile"]
    numbers = [piece for piece in pieces if sum(each.isdigit() for each in piece) >= 7]
    mobiles = sum(mobile.fullmatch(piece) is not None for piece in numbers)
    return 0 < mobiles < len(numbers)
