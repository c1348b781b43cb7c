"""What the columns of a list mean, each in the light of the others and of the values below it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from crm_desktop.text import header_people, header_words
from crm_desktop.text import header_synonyms as said
from crm_desktop.text.folding import fold
from crm_desktop.text.header_words import ANY_PHONE, PHONES, WITH_TRIMMINGS, has_no_place, is_of_others, rank, target_of
from crm_desktop.text.sample_values import guess, has_both_phones, share

REPEATABLE = frozenset(
    [
        "contact.mobile",
        "contact.phone",
        "contact.any_phone",
        "contact.phone_kind",
        "contact.email",
        "contact.wechat",
        "contact.qq",
        "account.phone",
        "account.mobile",
        "account.email",
        "account.fax",
        "account.street",
        "contact.street",
        "account.description",
        "contact.note",
    ]
)
"""Targets that several columns may feed, as with “Phone 1” and “Phone 2”."""
PHONE_KIND, SUMMARY, CREATED = "contact.phone_kind", "activity.summary", "account.created_at"
PERSON = ("contact.full_name", "contact.family_name", "contact.given_name")
REGIONS = ("province", "city", "district", "country")
PARTS = (*REGIONS, "street", "postcode")
OF_A_TALK = ("activity.at", "activity.kind", "activity.author_id")
TALK_DAY = said.folded("日期|时间|Date|拜访日期|来访日期")
NEARER = {
    "contact.mobile": "account.mobile",
    "contact.any_phone": "account.phone",
    "contact.phone": "account.phone",
    "contact.email": "account.email",
    "contact.tags": "account.tags",
    "contact.address": "account.address",
    "contact.owner_id": "account.owner",
    "contact.note": "account.description",
    "contact.english_name": "account.name_en",
    SUMMARY: "account.description",
} | {f"contact.{part}": f"account.{part}" for part in PARTS}
"""Whose a column is in a list of companies, which has nobody to whom it could belong."""
OWN = {
    "account.mobile": "contact.mobile",
    "account.phone": "contact.phone",
    "account.email": "contact.email",
    "account.tags": "contact.tags",
    "account.address": "contact.address",
    "account.owner": "contact.owner_id",
    "account.description": "contact.note",
} | {f"account.{part}": f"contact.{part}" for part in PARTS}
"""The same in a list of people without companies."""
ABOUT_A_PERSON = frozenset(
    [
        "contact.birthday",
        "contact.gender",
        "contact.wechat",
        "contact.qq",
        "contact.linkedin",
        "contact.hobby",
        "affiliation.title",
        "affiliation.department",
    ]
)
ABOUT_A_COMPANY = frozenset(
    [
        "account.industry",
        "account.website",
        "account.annual_revenue",
        "account.size_band",
        "account.credit_code",
        "account.parent",
        "account.name_en",
        "account.short_name",
        "account.business_type",
        "account.types",
    ]
)
STRONG = frozenset(
    ["contact.email", "contact.linkedin", "account.website", "account.credit_code", "contact.mobile", "contact.phone"]
)
"""What values tell even below a header of unknown words; a name below “推荐” is somebody else's."""
_NAMELESS = re.compile(
    r"^(?:列|字段|栏|未命名|column|field|unnamed|f|col)?\s*[-_:]?\s*\d*$|^[a-z]{1,2}$", re.IGNORECASE
)
Wish = tuple[str | None, float]
NOTHING: Wish = (None, 0.0)


def suggest(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Wish]:
    """A target and its certainty for each column; `samples` holds, column by column, values from below it."""
    return _Header(headers, samples).read()


def without_place(headers: Sequence[str]) -> set[int]:
    """The places of columns that are known to hold nothing that we keep, whatever else their words may mean."""
    words = [fold(header_words.bare_words(header)) for header in headers]
    return _foreign(words) | {place for place, header in enumerate(headers) if has_no_place(header)}


class _Header:
    """The columns of one list while their meaning is settled."""

    def __init__(self, headers: Sequence[str], samples: Sequence[Sequence[str]]) -> None:
        self.headers = headers
        self.words = [fold(header_words.bare_words(header)) for header in headers]
        self.samples = [list(samples[at]) if at < len(samples) else [] for at in range(len(headers))]
        self.people = header_people.wishes(headers)
        self.foreign = _foreign(self.words)
        self.wishes = [self._wish(place) for place in range(len(headers))]
        self.chosen: list[Wish] = []

    def read(self) -> list[Wish]:
        """The meaning of all columns."""
        self._settle_names()
        self._settle_phone_kinds()
        self.chosen = self._granted()
        self._settle_second_choices()
        self._settle_talk()
        self._guess()
        self._move()
        for owner in ("account", "contact"):
            self._settle_address(owner)
        self._settle_last_resorts()
        for place, target in self.people.items():
            self.chosen[place] = (target, WITH_TRIMMINGS)
        return self.chosen

    @property
    def taken(self) -> set[str]:
        """The targets that columns have."""
        return {target for target, _certainty in self.chosen if target}

    def _wish(self, place: int) -> Wish:
        """What one column would be without the others; its values overrule a header that fits several kinds."""
        if place in self.people or place in self.foreign or self.words[place] in said.LAST_RESORT:
            return NOTHING
        header, values = self.headers[place], self.samples[place]
        number, words = header_people.of_whom(header)
        found = self._meant_here(place) or target_of(header)
        if number == 1 and (found is None or found[1] < WITH_TRIMMINGS):
            found = target_of(words) or found
        if found is None:
            return NOTHING
        target, certainty = found
        return (_by_values(target, values), certainty)

    def _meant_here(self, place: int) -> tuple[str, float] | None:
        """What a word means because of another one in the same header."""
        meant = (said.MEANT_OTHERWISE.get((beside, self.words[place])) for beside in self.words)
        return next(((target, WITH_TRIMMINGS) for target in meant if target), None)

    def _settle_names(self) -> None:
        """Words such as “Name” and 客户 are those of companies or of people: other columns or the values tell."""
        open_ones = [place for place, word in enumerate(self.words) if self._is_either(place, word)]
        others = {target for place, (target, _sure) in enumerate(self.wishes) if target and place not in open_ones}
        for place in open_ones:
            target, certainty = self.wishes[place]
            self.wishes[place] = (
                self._whose_name(place, target, others, alone=len(open_ones) == 1) or target,
                certainty,
            )

    def _is_either(self, place: int, word: str) -> bool:
        return word in said.EITHER and self.wishes[place][0] in ("account.name", "contact.full_name")

    def _whose_name(self, place: int, own: str | None, others: set[str], *, alone: bool) -> str | None:
        """Whose name it is by the other columns, else by its values; None when both leave it open."""
        has_person, has_company = "contact.full_name" in others, "account.name" in others
        if others & set(PERSON[1:]) or (has_person and has_company):
            return None
        if has_person or has_company:
            return "account.name" if has_person else "contact.full_name"
        seen, _certainty = guess(self.samples[place])
        if alone and seen != "account.name":
            return self._whose_list(own, others) or (seen if seen == "contact.full_name" else None)
        return seen if seen in ("account.name", "contact.full_name") else None

    @staticmethod
    def _whose_list(own: str | None, others: set[str]) -> str | None:
        """Whose list it is that says such things of those it names."""
        if others & ABOUT_A_PERSON or (own == "contact.full_name" and "contact.mobile" in others):
            return "contact.full_name"
        return "account.name" if others & ABOUT_A_COMPANY else None

    def _settle_phone_kinds(self) -> None:
        """A column of kinds belongs to the numbers at its right; then each number goes where its kind says."""
        for place, (target, _certainty) in enumerate(self.wishes):
            if target != PHONE_KIND:
                continue
            right = self.wishes[place + 1] if place + 1 < len(self.wishes) else NOTHING
            if right[0] in PHONES:
                self.wishes[place + 1] = (ANY_PHONE, right[1])
            else:
                self.wishes[place] = NOTHING

    def _granted(self) -> list[Wish]:
        """The wishes without those that another column has a better right to."""
        best: dict[str, int] = {}
        for place, (target, _certainty) in enumerate(self.wishes):
            if target and (target not in best or self._right(place) > self._right(best[target])):
                best[target] = place
        return [
            wish if wish[0] in REPEATABLE or (wish[0] and best[wish[0]] == place) else NOTHING
            for place, wish in enumerate(self.wishes)
        ]

    def _right(self, place: int) -> tuple[float, bool, float, float, int, int]:
        target, certainty = self.wishes[place]
        values = self.samples[place]
        known = min(certainty, WITH_TRIMMINGS) - (0.1 if self.words[place] in said.WEAK else 0)
        return known, any(values), certainty, share(target or "", values), -rank(self.headers[place]), -place

    def _settle_second_choices(self) -> None:
        """Where a column goes whose target another one names better, or that means something else in such a list."""
        taken = self.taken
        is_book = bool(self.foreign) or "groupmembership" in self.words or "labels" in self.words
        for place, (target, certainty) in enumerate(self.wishes):
            second = None
            if (
                target == SUMMARY and (self.chosen[place][0] is None or (is_book and self.words[place] in said.REMARKS))
            ) or (
                target == "account.description"
                and self.words[place] in said.GENERAL_DESCRIPTION
                and taken & set(PERSON)
            ):
                second = "contact.note"
            elif target == "account.parent" and self._is_tag_group(place, taken):
                second = "contact.tags"
            if second:
                self.chosen[place] = (second, certainty)
                taken = self.taken

    def _is_tag_group(self, place: int, taken: set[str]) -> bool:
        """Whether “Group” is that of an address book and not that of a company."""
        is_word = self.words[place] == "group" and "contact.tags" not in taken
        return is_word and bool(taken & set(PERSON)) and not share("account.name", self.samples[place])

    def _settle_talk(self) -> None:
        """The day, kind and author of a talk are kept with what was said; without that they have no place."""
        places = {target: place for place, (target, _certainty) in enumerate(self.chosen) if target}
        has_talk = self._has_talk()
        if has_talk and "activity.at" not in places and CREATED in places and self.words[places[CREATED]] in TALK_DAY:
            self.chosen[places[CREATED]] = ("activity.at", self.chosen[places[CREATED]][1])
        if has_talk:
            return
        for target in OF_A_TALK:
            if target in places:
                is_owner = target == "activity.author_id" and "account.owner" not in places
                self.chosen[places[target]] = ("account.owner", WITH_TRIMMINGS) if is_owner else NOTHING

    def _has_talk(self) -> bool:
        """Whether a column holds what was said in a talk, and not just any remarks."""
        summaries = (self.words[place] for place, (target, _sure) in enumerate(self.chosen) if target == SUMMARY)
        return any(word not in said.REMARKS for word in summaries)

    def _guess(self) -> None:
        """Columns that no header explains are judged by their values, without a header by any look of them."""
        taken = self.taken
        for place, values in enumerate(self.samples):
            header = self.headers[place]
            if self.wishes[place][0] or place in self.people or place in self.foreign or is_of_others(header):
                continue
            target, certainty = guess(values)
            is_told = target in STRONG or _NAMELESS.match(self.words[place])
            if target and is_told and (target in REPEATABLE or target not in taken):
                self.chosen[place] = (target, certainty)
                taken.add(target)

    def _move(self) -> None:
        """A list of companies only has the phones of companies, one of people only has their own addresses."""
        taken = self.taken
        moves: Mapping[str, str] = {}
        if not taken.intersection(PERSON) and "account.name" in taken:
            moves = NEARER
        elif "account.name" not in taken and taken.intersection(PERSON):
            moves = OWN
        moves = {one: other for one, other in moves.items() if other in REPEATABLE or other not in taken}
        if self._has_talk():
            moves.pop(SUMMARY, None)
        self.chosen = [(moves.get(target, target) if target else None, sure) for target, sure in self.chosen]

    def _settle_address(self, owner: str) -> None:
        """Two or more parts are put together; one alone is the whole address, or the region."""
        places = [place for place, (target, _sure) in enumerate(self.chosen) if target in _codes(owner, PARTS)]
        whole = [place for place, (target, _sure) in enumerate(self.chosen) if target == f"{owner}.address"]
        streets = [place for place in places if self.chosen[place][0] == f"{owner}.street"]
        if streets and whole and "formatted" in self.words[whole[0]]:
            self.chosen[whole.pop()] = NOTHING
        if len(places) + len(whole) != 1 or not places:
            return
        target, certainty = self.chosen[places[0]]
        if streets or (owner == "contact" and target != "contact.postcode"):
            self.chosen[places[0]] = (f"{owner}.address", certainty)
        elif target == "account.postcode" or "account.region" in self.taken:
            self.chosen[places[0]] = NOTHING
        else:
            self.chosen[places[0]] = ("account.region", certainty)

    def _settle_last_resorts(self) -> None:
        """Words that say where somebody is are taken when nothing says it better."""
        known = {target.partition(".")[2] for target in self.taken}
        known |= {"address", "region"} if known & set(PARTS) else set()
        for place, word in enumerate(self.words):
            target, better = said.LAST_RESORT.get(word, ("", ""))
            if target and better not in known and place not in self.foreign:
                self.chosen[place] = (target, WITH_TRIMMINGS)
                known.add(better)


def _codes(owner: str, parts: Iterable[str]) -> set[str]:
    return {f"{owner}.{part}" for part in parts}


def _foreign(words: Sequence[str]) -> set[int]:
    """The places of words that the program which wrote the file uses otherwise."""
    present = set(words)
    other = [meant for marks, meant in said.BESIDE if present & marks]
    return {place for place, word in enumerate(words) if any(word in meant for meant in other)}


def _by_values(target: str, values: Sequence[str]) -> str:
    """A target, or the one that the values below its header fit better."""
    if target in ("contact.phone", ANY_PHONE) and has_both_phones(values):
        return ANY_PHONE
    seen, _certainty = guess(values)
    if seen is None:
        return target
    if target in PHONES and seen in ("contact.mobile", "contact.email"):
        return seen
    if target == ANY_PHONE and values and seen == "contact.phone":
        return seen
    if (target, seen) in (("account.website", "contact.linkedin"), ("affiliation.title", "contact.gender")):
        return seen
    return target
