"""What the words above one column mean, and whether a row of words is the header of a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from crm_desktop.text import header_synonyms as said
from crm_desktop.text.folding import fold, words
from crm_desktop.text.header_synonyms import NOT_IMPORTED, SYNONYMS

VERY_WORD, WITH_TRIMMINGS, PART_ONLY = 1.0, 0.95, 0.7
"""How certain a meaning is."""
LONGEST = 60
LONG = 24
"""More characters than this are no header of a list, but perhaps a question of a form."""
ANY_PHONE, REGION = "contact.any_phone", "account.region"
PHONES = frozenset({"contact.mobile", "contact.phone", ANY_PHONE})
_NUMBERED = re.compile(
    r"^\s*(?:[Qq]\d+\s*[.:：、]?|第\d+题\s*[.:：、]?|\d{1,3}\s*[.、．)）:：]|[(（]\d{1,3}[)）]|问题\d+[:：]?)\s*"
)
_DECORATION = re.compile(r"[*＊:：?？\"“”]|[(（\[【<《].*?[)）\]】>》]|__c$")
_ASKING = re.compile(
    r"^(?:请问|请您|请|麻烦|填写|填|输入|留下|提供|选择|告诉我们|我们|您的|您|你的|你|贵(?=公司|单位|企业|机构)|贵司|所在的?|目前|现在|当前|真实|现"
    r"|whatis|whats|please|enter|provide|state|tellus|fillin|your|the|full(?=company))+"
)
_ASKED = re.compile(
    r"(?:是什么|是多少|是哪里|是哪个|叫什么|是哪家|哪里|哪个|什么|多少|是|为|吗|呢|必填项|必填|选填|可选|required|optional)+$"
)
_USUAL = re.compile(r"^(?:主要|常用|primary|main|business|work|现|你|您)")
_COUNTED = re.compile(r"[0-9]{1,2}|(?<=[^第一二三])[一二三]$")
_NUMBERED_THINGS = PHONES | {
    "contact.email",
    "contact.wechat",
    "contact.qq",
    "contact.address",
    "account.phone",
    "account.email",
    "account.fax",
    "account.website",
    "account.address",
    "account.credit_code",
}
_THING = re.compile(r"(?:信息|号码|名称|地址|address|number|value|no)$")
"""What may stand behind a word for a number or an address; behind a name it would change the meaning."""
_SCRIPTS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff/|／\n]*[A-Za-z][^\u4e00-\u9fff/|／\n]*")
_AND = re.compile(r"[/／、&+]|及|和|与|\band\b", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"^(?:主要|首要|客户|公司|企业)?(?:联系人|联络人|对接人)的?|^(?:观众|参观者|嘉宾|学员|成员|员工|名片)|^(?:primary|main)?(?:contact|person|attendee|visitor|lead)s?"
)
_OF_COMPANY = re.compile(
    r"^(?:公司|单位|企业|客户|机构|组织|展商|参展商|商户)的?|^(?:account|company|customer|client|organi[sz]ation|exhibitor)s?"
)
_CUSTOMER = ("客户", "客户的", "customer", "customers", "client", "clients")
"""Words in front that may mean a person, too."""
_COMPANYS = {
    "contact.phone": "account.phone",
    "contact.mobile": "account.mobile",
    "contact.email": "account.email",
    "contact.tags": "account.tags",
}
_SOMEBODY_ELSE = re.compile(said.SOMEBODY_ELSE)
_QUESTION = re.compile(r"[?？]\s*$|哪|什么|多少|怎|\b(?:what|which|how|why|when|do you|are you)\b", re.IGNORECASE)
"""What is asked is not named by the last word of the question: 您对哪些产品感兴趣."""


def target_of(header: str) -> tuple[str, float] | None:
    """What a header names, and how certain that is: 1.0 the very word, 0.95 with trimmings, 0.7 as the end of it."""
    table = _table()
    whole, bare = fold(header), bare_words(header)
    word = fold(bare)
    if not whole or len(header) > LONGEST or has_no_place(header):
        return None
    if whole in table and not (("/" in bare or "／" in bare) and _said_twice(bare) == ANY_PHONE):
        return table[whole], WITH_TRIMMINGS if _DECORATION.search(header) else VERY_WORD
    if found := _said_twice(bare) or _trimmed(word) or _of_somebody(word) or _of_somebody(_asked(word)):
        return found, WITH_TRIMMINGS
    if _says_two_things(bare) or _QUESTION.search(header) or is_of_others(header):
        return None
    found = _at_the_end(bare)
    return (found, PART_ONLY) if found else None


def has_no_place(header: str) -> bool:
    """Whether a header is known and names nothing that we keep."""
    word = fold(bare_words(header))
    return word in NOT_IMPORTED or fold(header) in NOT_IMPORTED or _COUNTED.sub("", word) in NOT_IMPORTED


def is_of_others(header: str) -> bool:
    """Whether a header names a fact of somebody else: its values must not be taken for those of the contact."""
    word = fold(bare_words(header))
    return has_no_place(header) or _COUNTED.sub("", word) in _of_others() or bool(_SOMEBODY_ELSE.search(word))


def bare_words(header: str) -> str:
    """A header without the number of its question, marks and what stands in brackets."""
    return _DECORATION.sub(" ", _NUMBERED.sub("", header))


def is_header_row(cells: Iterable[object]) -> float:
    """How much a row looks like the header of a table, from 0 to 1; a title above it and the data below score low."""
    filled = [str(cell).strip() for cell in cells if cell is not None and str(cell).strip()]
    if len(filled) < 2:
        return 0.3 if filled and (found := target_of(filled[0])) and found[1] > 0.9 else 0.0
    likes = [_likeness(text) for text in filled]
    score = sum(likes) / len(filled) - (1 - len(set(filled)) / len(filled))
    if min(likes) >= 0 and len({target_of(text) for text, like in zip(filled, likes, strict=True) if like == 1}) > 2:
        score = max(score, 0.5)
    return round(min(max(score, 0.0), 1.0), 3)


def rank(header: str) -> int:
    """How usual a word is for its target; 0 is the most usual."""
    return _ranks().get(fold(header), 99)


def _likeness(text: str) -> float:
    """What one cell says for or against a header row."""
    found = target_of(text)
    if found and found[1] > 0.9:
        return 1.0
    if _NUMBERED.match(text) or text.endswith(("?", "？")):
        return 0.15
    if len(text) > LONG or "@" in text or sum(each.isdigit() for each in text) > 3:
        return -0.5
    return 0.5 if found else 0.15


@cache
def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for target, line in SYNONYMS.items():
        for word in line.split("|"):
            found.setdefault(fold(word), target)
    for word, target in _addresses():
        found.setdefault(word, target)
    return found


def _addresses() -> Iterator[tuple[str, str]]:
    """The parts of addresses, alone and with the words that say whose they are."""
    for part, line in said.ADDRESS_PARTS.items():
        for word in line.split("|"):
            yield fold(word), f"account.{part}"
        for owner, owners in said.WHOSE.items():
            behind = f"|{said.REGION_BEHIND}" if part == "province" else ""
            for word in (line + behind).split("|"):
                yield fold(word + said.BEHIND[owner]), f"{owner}.{part}"
                yield from ((fold(whose + word), f"{owner}.{part}") for whose in owners.split("|"))


@cache
def _of_others() -> frozenset[str]:
    """The parts of addresses that are left out, such as Shipping City."""
    lines = [*said.ADDRESS_PARTS.values(), said.REGION_BEHIND]
    return frozenset(
        fold(whose + word) for whose in said.NOT_OURS.split("|") for line in lines for word in line.split("|")
    )


@cache
def _ranks() -> dict[str, int]:
    lines = (*said.ADDRESS_PARTS.values(), *SYNONYMS.values())
    return {fold(word): at for line in lines for at, word in reversed(list(enumerate(line.split("|"))))}


def _trimmed(word: str) -> str | None:
    """The target of a folded header without a counter, without the words of a question, without words of no meaning."""
    table = _table()
    asked = _asked(word)
    bases = (word, asked, asked.replace("的", ""))
    counted = [_COUNTED.sub("", base) for base in bases]
    for each in (*bases, *counted, *(_USUAL.sub("", base) for base in counted)):
        if each in table:
            return table[each]
    for each in counted:
        for shorter in (
            _THING.sub("", each),
            _THING.sub("", _THING.sub("", each)),
            _USUAL.sub("", _THING.sub("", each)),
        ):
            if table.get(shorter) in _NUMBERED_THINGS:
                return table[shorter]
    return None


def _asked(word: str) -> str:
    """What a question asks for: 姓名 in 请问您的姓名是什么."""
    return _ASKED.sub("", _ASKING.sub("", word))


def _said_twice(header: str) -> str | None:
    """The target of a header that says the same in two words or languages: 传真/Fax, Company 公司名称, 电话/手机."""
    targets = _each_part(_SCRIPTS.findall(header))
    if len(targets) == 1:
        return targets.pop()
    if len(targets) > 1 and targets <= PHONES:
        return ANY_PHONE
    return REGION if len(targets) > 1 and targets <= _regions() else None


def _says_two_things(header: str) -> bool:
    """Whether the values hold two things at once, as below 姓名/职务 or 联系人及电话."""
    targets = _each_part(_AND.split(header))
    return len(targets) > 1 and None not in targets


def _each_part(parts: Sequence[str]) -> set[str | None]:
    """What each of several parts of a header means."""
    folded = [word for part in parts if (word := _COUNTED.sub("", fold(part)))]
    return {_table().get(word) for word in folded} if len(folded) > 1 else set()


@cache
def _regions() -> frozenset[str | None]:
    return frozenset(f"account.{part}" for part in ("country", "province", "city", "district"))


def _of_somebody(word: str) -> str | None:
    """The target of a header that says whose it is: 联系人职务, Company LinkedIn."""
    table = _table()
    word = _COUNTED.sub("", word)
    if (person := _OF_PERSON.match(word)) and (target := table.get(word[person.end() :])):
        return target if not target.startswith("account.") or target in _contact_parts() else None
    if (company := _OF_COMPANY.match(word)) and (target := table.get(word[company.end() :])):
        if company[0] in _CUSTOMER and target not in ("contact.phone", "contact.email", "contact.tags"):
            return target
        return _COMPANYS.get(target, target if target.startswith(("account.", "affiliation.")) else None)
    return None


@cache
def _contact_parts() -> frozenset[str]:
    return frozenset(f"account.{part}" for part in said.ADDRESS_PARTS)


def _at_the_end(header: str) -> str | None:
    """The target of the longest synonym that a header ends with, as 电话 in 公司前台电话 names the thing."""
    spaced = f" {' '.join(words(header))}"
    ends = [word for word, spelled in _endings().items() if spaced.endswith(spelled)]
    return _table()[max(ends, key=len)] if ends else None


@cache
def _endings() -> dict[str, str]:
    """Each synonym that may end a header, by its folded form: Latin words stand behind a blank."""
    synonyms = (word for line in SYNONYMS.values() for word in line.split("|"))
    spelled = {fold(word): " ".join(words(word)) for word in synonyms}
    return {
        word: f" {text}" if text.isascii() else text
        for word, text in spelled.items()
        if word not in said.TOO_COMMON_AT_THE_END and len(word) > (2 if text.isascii() else 1)
    }
