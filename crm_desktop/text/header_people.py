"""Lists that name several people in one row: 联系人1, 手机1, 联系人2, 手机2."""

import re
from collections import Counter
from collections.abc import Sequence

from crm_desktop.text.folding import fold
from crm_desktop.text.header_words import bare_words, target_of

MOST = 3
FIELDS = (
    "contact.full_name",
    "contact.family_name",
    "contact.given_name",
    "affiliation.title",
    "affiliation.department",
    "contact.mobile",
    "contact.phone",
    "contact.any_phone",
    "contact.email",
    "contact.wechat",
    "contact.qq",
    "contact.gender",
    "contact.note",
)
"""What a list may say of the second and third person, too."""
_NAMES = FIELDS[:3]
_NUMBER = {"一": 1, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_BEFORE = re.compile(
    r"^(?:(?:公司|客户|企业)?(?:联系人|联络人|人员|代表)([1-3一二三])(?![0-9])|第([一二三])(?:联系人|联络人|人)|(?:contact|person|attendee)([1-3])(?![0-9])"
    r"|(second|2nd|third|3rd)(?:contact|person)|(?:其他|其它|备用|次要|另一)联系人)(?:的|person)?(.*)$"
)
_BEHIND = re.compile(r"^(.*?[^0-9第])([1-3]|[一二三])$")


def of_whom(header: str) -> tuple[int, str]:
    """Which person a header is about, 0 when it does not say, and what it says of that person."""
    word = fold(bare_words(header))
    if match := _BEFORE.match(word):
        number = next((_NUMBER[each] for each in match.groups()[:-1] if each), 2)
        return number, match.groups()[-1] or "姓名"
    if match := _BEHIND.match(word):
        return _NUMBER[match[2]], match[1]
    return 0, header


def wishes(headers: Sequence[str]) -> dict[int, str]:
    """The targets of the columns that are about a second or third person, such as `person2.mobile`, by their place."""
    found: dict[int, tuple[int, str]] = {}
    for place, header in enumerate(headers):
        number, words = of_whom(header)
        target = target_of(words)
        if number > 1 and target and target[0] in FIELDS:
            found[place] = number, target[0]
    named = {number for number, target in found.values() if target in _NAMES}
    if found and not named:
        return {}
    found = {place: each for place, each in found.items() if each[0] in named} or _repeated(headers)
    return {place: f"person{number}.{target.partition('.')[2]}" for place, (number, target) in found.items()}


def _repeated(headers: Sequence[str]) -> dict[int, tuple[int, str]]:
    """The same words once more for the next person: 姓名, 手机, 姓名, 手机."""
    targets = [target_of(header) for header in headers]
    names = [place for place, each in enumerate(targets) if each and each[0] == _NAMES[0]]
    words = {fold(headers[place]) for place in names}
    if len(names) < 2 or len(names) > MOST or len(words) != 1:
        return {}
    found: dict[int, tuple[int, str]] = {}
    seen: Counter[str] = Counter()
    for place, header in enumerate(headers):
        seen[fold(header)] += 1
        target = targets[place]
        if seen[fold(header)] > 1 and target and target[0] in FIELDS:
            found[place] = seen[fold(header)], target[0]
    return found
