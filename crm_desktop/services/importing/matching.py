"""Which account and which contact a row is about: one that is there, one of an earlier row, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.book import Book
from crm_desktop.services.importing.known import TO_BE_MADE, Known, Names
from crm_desktop.services.importing.likeness import compatible
from crm_desktop.services.importing.line import Key, Line
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.parts import CHANNELS, LEAVES
from crm_desktop.services.importing.plan import Candidate, Doubt
from crm_desktop.services.importing.recall import Recall
from crm_desktop.services.importing.several import united

UNDECIDED, NOBODY = 0, -(10**18)
"""What stands in place of a contact when the user decided nothing, or that it is somebody new."""
MOVABLE = ("mobile", "phone", "email", "address", "tags")
"""What both a person and a company may have."""
REASONS = {
    choices.MOBILE: (0.6, N_("The same mobile number, but another name.")),
    choices.EMAIL: (0.5, N_("The same mail address, but another name.")),
    choices.WECHAT: (0.5, N_("The same WeChat ID, but another name.")),
    choices.QQ: (0.5, N_("The same QQ number, but another name.")),
    choices.LANDLINE: (0.2, N_("The same phone number, but another name.")),
}
SAME_NAME = (0.4, N_("The same name, but no company to tell them apart."))
Likely = tuple[float, str]


@dataclass(slots=True)
class Match:
    """What a row is about; negative numbers are records to be made."""

    account: int | None = None
    contact: int | None = None
    leaf: tuple[str, int] | None = None
    """The activity or the like that the row names by its identity."""
    by_id: Mapping[str, int] | None = None
    """The records that were found by our own identity, by kind: their names may be changed."""
    new_account: bool = False
    new_contact: bool = False
    others: tuple[int, ...] = ()
    """The people who take part in the row's activity, besides the contact."""
    same_as: int | None = None
    """The earlier row that is about the same person, or company when the row names nobody."""
    doubt: Doubt | None = None
    left_out: bool = False

    def named(self, entity: str) -> int | None:
        """The record of a kind that was found by our own identity."""
        return self.by_id.get(entity) if self.by_id else None

    @property
    def about(self) -> tuple[str, int | None]:
        """The one record that the row is about first of all: its notes keep what has no other place."""
        if self.leaf:
            return self.leaf
        return ("contact", self.contact) if self.contact is not None else ("account", self.account)


class Matcher:
    """Goes through the rows in order; what a row makes is found by the rows after it."""

    def __init__(self, known: Known, options: Options, names: Names, book: Book, recall: Recall) -> None:
        self._recall = recall
        self._known = known
        self._book = book
        self._options = options
        self._names = names
        self._personal = frozenset(each for each in options.match if each in CHANNELS and each != choices.LANDLINE)
        self._by_name = choices.NAME_COMPANY in options.match
        self._by_code = choices.CREDIT_CODE in options.match
        self._only_known = options.mode == choices.UPDATE
        chosen = options.decisions.values()
        self._chosen = {each.removeprefix(choices.SAME_ROW) for each in chosen if each.startswith(choices.SAME_ROW)}
        self._contact_of: dict[str, int] = {}
        """The contacts of the lines that the user chose for others."""
        self._made_in: dict[int, Line] = {}
        self._first_row: dict[int, int] = {}

    def in_order(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The rows in the order in which they are to be compared: those that name nobody find whom others name."""
        waiting = []
        for line in lines:
            if line.person or line.ids or line.people:
                yield line
            else:
                waiting.append(line)
        while waiting:
            found = [line for line in waiting if self._is_reached(line)] or waiting
            yield from found
            done = {id(each) for each in found}
            waiting = [each for each in waiting if id(each) not in done]

    def _is_reached(self, line: Line) -> bool:
        """Whether a row has the number of somebody who is known."""
        return any(self._known.by_key.of(each) for each in line.keys if each[0] in self._personal)

    def match(self, line: Line) -> Match:
        """What a row is about. A row that is about nothing gets a problem."""
        match = Match()
        if line.ids:
            self._identities(line, match)
            if match.leaf:
                return match
        company, person = line.company, line.person
        named = match.named("account")
        accounts = self._accounts(line, company) if named is None else [named]
        keys = line.keys
        match.contact = match.named("contact")
        if match.contact is not None:
            self._is_about(line, match, keys)
        elif person:
            self._contact(line, match, keys, accounts)
        else:
            self._nameless(line, match, keys, accounts)
        self._settle_account(line, match, accounts, company)
        if line.people and not match.left_out:
            self._others(line, match, accounts)
        if match.account is None and match.contact is None and not match.others and not match.left_out:
            line.refuse(_("This row names neither a company nor a person."))
        return match

    def _identities(self, line: Line, match: Match) -> None:
        """Which records the row names by our own identities: those that live, and those of earlier rows."""
        foreign = self._known.foreign
        named = {each: foreign.key(each, line.ids.get(each)) for each in ("account", "contact")}
        match.by_id = {each: key for each, key in named.items() if key is not None}
        for leaf in LEAVES:
            key = foreign.key(leaf.entity, line.ids.get(leaf.entity))
            if key is not None:
                match.leaf = (leaf.entity, key)

    def _possible(self, entity: str, line: Line, keys: Iterable[int]) -> list[int]:
        """The records that a row may mean, without those that the file knows by another identity."""
        return self._known.foreign.possible(entity, line.ids.get(entity), keys)

    def _accounts(self, line: Line, company: str) -> list[int]:
        """The accounts that the row may mean, the best first."""
        known = self._known
        if self._by_code and known.by_code and (code := line.value("account", "credit_code")) in known.by_code:
            return self._possible("account", line, [known.by_code[code]])
        found = self._possible("account", line, known.by_core.of(self._names.core[company]) if company else ())
        if not found:
            return []
        fold = self._names.fold
        folded = fold[company]
        exact = [key for key in found if fold[known.accounts[key]] == folded]
        return exact or found

    def _contact(self, line: Line, match: Match, keys: Sequence[Key], accounts: Sequence[int]) -> None:
        match.contact = self._recognised(line, match, keys, accounts)
        if match.contact is None:
            if self._only_known:
                match.left_out = True
                return
            match.contact = self._new_contact(line.person)
            match.new_contact = True
            self._made_in[match.contact] = line
            if not line.company:
                self._recall.note(match.contact, line)
        self._is_about(line, match, keys)

    def _new_contact(self, name: str) -> int:
        key = self._known.new()
        self._known.add_contact(key, name, self._names.fold[name])
        return key

    def _is_about(self, line: Line, match: Match, keys: Sequence[Key]) -> None:
        """Have the rows that follow find the contact by what this row says of it."""
        assert match.contact is not None
        self._known.foreign.note("contact", line.ids.get("contact"), match.contact)
        self._known.add_keys(match.contact, keys)
        if self._chosen and line.key in self._chosen:
            self._contact_of.setdefault(line.key, match.contact)
        first = self._first_row.setdefault(match.contact, line.number)
        if first != line.number:
            match.same_as = first

    def _recognised(self, line: Line, match: Match, keys: Sequence[Key], accounts: Sequence[int]) -> int | None:
        certain, doubtful = self._alike(line, keys, accounts)
        decided = self._decided(line) if self._options.decisions else UNDECIDED
        if doubtful and not certain:
            match.doubt = self._doubt(line, doubtful)
        if decided != UNDECIDED:
            return None if decided == NOBODY else decided
        if len(certain) > 1:
            here = [key for key in certain if any(each in self._known.places(key) for each in accounts)]
            certain = here or certain
        return self._recall.best(line, certain, accounts) if certain else None

    def _doubt(self, line: Line, doubtful: dict[int, Likely]) -> Doubt:
        likely = sorted(doubtful.items(), key=lambda each: -each[1][0])
        candidates = tuple(self._candidate(key, found) for key, found in likely)
        decision = self._options.decisions.get(line.key, choices.NEW)
        return Doubt(line.key, line.number, line.title, candidates, decision)

    def _decided(self, line: Line) -> int:
        """The contact that the user chose for the line."""
        decision = self._options.decisions.get(line.key)
        if decision is None:
            return UNDECIDED
        if decision == choices.NEW:
            return NOBODY
        if decision.startswith(choices.SAME_ROW):
            key = self._contact_of.get(decision.removeprefix(choices.SAME_ROW), UNDECIDED)
        else:
            text = decision.removeprefix(choices.SAME)
            key = int(text) if text.isdigit() else UNDECIDED
        if key in self._known.contacts:
            return key
        line.warn(_("The record chosen for this row is no longer there."))
        return UNDECIDED

    def _alike(self, line: Line, keys: Sequence[Key], accounts: Sequence[int]) -> tuple[list[int], dict[int, Likely]]:
        """The contacts that the row surely means, and those that it may mean with the reason."""
        known, person = self._known, line.person
        certain: dict[int, None] = {}
        doubtful: dict[int, Likely] = {}
        for key in keys:
            for contact in self._possible("contact", line, known.by_key.of(key)):
                if compatible(person, known.contacts[contact]):
                    certain[contact] = None
                else:
                    _add(doubtful, contact, REASONS[key[0]])
        called_so = known.by_name.of(self._names.fold[person]) if self._by_name else ()
        for contact in self._possible("contact", line, called_so):
            at = known.places(contact)
            if any(each in at for each in accounts) or (
                not at and not line.company and self._recall.is_the_same(line, contact)
            ):
                certain[contact] = None
            elif not at or not line.company:
                _add(doubtful, contact, SAME_NAME)
        return list(certain), {key: likely for key, likely in doubtful.items() if key not in certain}

    def _nameless(self, line: Line, match: Match, keys: Sequence[Key], accounts: Sequence[int]) -> None:
        """A row without a person's name is about one we know by number, or about a company alone."""
        found = [contact for each in keys if each[0] in self._personal for contact in self._known.by_key.of(each)]
        found = self._possible("contact", line, found)
        if found:
            match.contact = self._recall.best(line, list(dict.fromkeys(found)), accounts)
            self._is_about(line, match, keys)
        elif line.company or match.named("account") is not None:
            _give_to_company(line, self._book)

    def _settle_account(self, line: Line, match: Match, accounts: Sequence[int], company: str) -> None:
        """Choose among accounts of one name, make a new one, and note who works there."""
        if accounts:
            self._choose(line, match, accounts)
        elif company and not self._only_known:
            match.account = self._known.new()
            match.new_account = True
            self._known.add_account(match.account, company, self._names.core[company])
            if code := line.value("account", "credit_code"):
                self._known.by_code.setdefault(code, match.account)
        elif company:
            match.left_out = match.left_out or match.contact is None
            line.warn(_("“{name}” is not there yet and was left out.").format(name=company))
        elif match.contact is not None and line.part("account"):
            _give_to_person(line, self._book)
        if match.account is not None and not match.left_out:
            self._known.foreign.note("account", line.ids.get("account"), match.account)
            if match.contact is not None:
                self._known.add_role(match.contact, match.account, TO_BE_MADE)
            elif (first := self._first_row.setdefault(match.account, line.number)) != line.number:
                match.same_as = first

    def _choose(self, line: Line, match: Match, accounts: Sequence[int]) -> None:
        at = self._known.places(match.contact or 0)
        match.account = next((each for each in accounts if each in at), accounts[0])
        if len(accounts) > 1 and match.account not in at:
            message = ngettext(
                "{count} account has this name; the oldest was taken.",
                "{count} accounts have this name; the oldest was taken.",
                len(accounts),
            )
            line.warn(message)

    def _others(self, line: Line, match: Match, accounts: Sequence[int]) -> None:
        """The people named for an activity: those at the account, or the only one of that name; else new ones."""
        known = self._known
        named = [known.foreign.key("contact", each) for each in line.people_ids]
        if named and None not in named:
            match.others = tuple([each for each in named if each is not None])
            return
        at = [match.account] if match.account is not None else list(accounts)
        for name in line.people:
            found = known.by_name.of(self._names.fold[name])
            here: Sequence[int] = [each for each in found if any(account in known.places(each) for account in at)]
            if not here and not at:
                here = found
            if len(here) > 1 and not at:
                line.keep(name)
                message = _("Several people are called “{name}”; nobody was taken.")
                line.warn(message.format(name=name))
            elif here:
                match.others = (*match.others, here[0])
            elif self._only_known:
                line.warn(_("“{name}” is not there yet and was left out.").format(name=name))
            else:
                match.others = (*match.others, self._new_contact(name))
            if match.others and match.account is not None:
                known.add_role(match.others[-1], match.account, TO_BE_MADE)

    def _candidate(self, contact: int, likely: Likely) -> Candidate:
        known = self._known
        account = known.main_account(contact)
        title = " · ".join(each for each in (known.contacts[contact], known.accounts.get(account or 0, "")) if each)
        line = self._made_in.get(contact)
        decision = f"{choices.SAME_ROW}{line.key}" if line else f"{choices.SAME}{contact}"
        return Candidate(decision, title, _(likely[1]), likely[0])


def _add(doubtful: dict[int, Likely], contact: int, likely: Likely) -> None:
    if contact not in doubtful or doubtful[contact][0] < likely[0]:
        doubtful[contact] = likely


def _give_to_company(line: Line, book: Book) -> None:
    """Put on the company what a row without a person says of one; the rest goes to the notes, and both are told."""
    for entity in ("contact", "affiliation"):
        for name, value in line.take(entity).items():
            field = book.fields[entity][name]
            if entity == "contact" and name in MOVABLE:
                kind = book.fields["account"][name].kind
                line.put("account", name, united(kind, line.value("account", name), value))
                message = _("There is no person in this row: “{field}” was put on the account.")
            else:
                line.keep(f"{field.label}: {book.shown(field, value)}")
                message = _("There is no person in this row: “{field}” was kept in the notes of the account.")
            line.warn(message.format(field=field.label))


def _give_to_person(line: Line, book: Book) -> None:
    """Put on the person what a row without a company says of one; the rest goes to the notes, and both are told."""
    for name, value in line.take("account").items():
        field = book.fields["account"][name]
        if name in MOVABLE:
            line.put("contact", name, united(field.kind, line.value("contact", name), value))
            message = _("There is no company in this row: “{field}” was put on the person.")
        else:
            line.keep(f"{field.label}: {book.shown(field, value)}")
            message = _("There is no company in this row: “{field}” was kept in the notes.")
        line.warn(message.format(field=field.label))
