"""Which account and which contact a row is about: one that is there, one of an earlier row, or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.known import KEYS, TO_BE_MADE, Known, core_of
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.plan import Candidate, Doubt
from crm_desktop.services.importing.reading import Given, Line, keys_of
from crm_desktop.services.importing.several import united
from crm_desktop.services.importing.targets import by_code
from crm_desktop.text import names
from crm_desktop.text.folding import fold

UNDECIDED, NOBODY = 0, -(10**18)
"""What stands in place of a contact when the user decided nothing, or that it is somebody new."""
MOVABLE = ("mobile", "phone", "email")
"""Ways to reach a person that a company may have, too."""
REASONS = {
    choices.MOBILE: N_("The same mobile number, but another name."),
    choices.EMAIL: N_("The same mail address, but another name."),
    choices.WECHAT: N_("The same WeChat ID, but another name."),
}
CALLED = re.compile(r"(?:总|总经理|经理|老师|工|主任|先生|女士|小姐|太太)$")
"""What may stand behind a surname in place of the given name: 张总 is some 张."""


@dataclass(slots=True)
class Match:
    """What a row is about; negative numbers are records to be made."""

    account: int | None = None
    contact: int | None = None
    activity: int | None = None
    by_id: set[str] = field(default_factory=set)
    """The kinds of record that were found by our own identity: their names may be changed."""
    makes: set[str] = field(default_factory=set)
    """The kinds of record that this very row makes."""
    doubt: Doubt | None = None
    left_out: bool = False


class Matcher:
    """Goes through the rows in order; what a row makes is found by the rows after it."""

    def __init__(self, known: Known, options: Options) -> None:
        self._known = known
        self._options = options
        self._contact_of: dict[int, int] = {}
        self._made_in: dict[int, int] = {}

    def match(self, line: Line) -> Match:
        """What a row is about. A row that is about nothing gets a problem."""
        match = Match()
        if self._by_id(line, match, "activity", self._known.activities):
            match.activity = line.ids["activity"]
            return match
        accounts = self._accounts(line, match)
        if self._by_id(line, match, "contact", self._known.contacts):
            self._is_about(line, line.ids["contact"])
            match.contact = line.ids["contact"]
        elif line.person:
            self._contact(line, match, accounts)
        else:
            self._nameless(line, match)
        self._settle_account(line, match, accounts)
        if match.account is None and match.contact is None and not match.left_out:
            line.problems.append(_("This row names neither a company nor a person."))
        return match

    def _by_id(self, line: Line, match: Match, entity: str, living: Iterable[int]) -> bool:
        """Whether the row holds the identity of a living record of a kind."""
        if entity not in line.ids or choices.RECORD_ID not in self._options.match:
            return False
        found = line.ids[entity] in living
        if found:
            match.by_id.add(entity)
        return found

    def _accounts(self, line: Line, match: Match) -> list[int]:
        """The accounts that the row may mean, the best first."""
        known = self._known
        if self._by_id(line, match, "account", known.accounts):
            return [line.ids["account"]]
        code = line.value("account", "credit_code")
        if code and code in known.by_code:
            return [known.by_code[code]]
        if not line.company:
            return []
        found = known.by_core.get(core_of(line.company), [])
        exact = [key for key in found if fold(known.accounts[key]) == fold(line.company)]
        return exact or list(found)

    def _contact(self, line: Line, match: Match, accounts: Sequence[int]) -> None:
        match.contact = self._recognised(line, match, accounts)
        if match.contact is None:
            if self._options.mode == choices.UPDATE:
                match.left_out = True
                return
            match.contact = self._known.new()
            match.makes.add("contact")
            self._known.add_contact(match.contact, line.person)
            self._made_in[match.contact] = line.number
        self._is_about(line, match.contact)

    def _is_about(self, line: Line, contact: int) -> None:
        """Have the rows that follow find a contact by what this row says of it."""
        self._known.add_keys(contact, keys_of(line.parts.get("contact", {}), KEYS))
        self._contact_of[line.number] = contact

    def _recognised(self, line: Line, match: Match, accounts: Sequence[int]) -> int | None:
        certain, doubtful = self._alike(line, accounts)
        decided = self._decided(line)
        if doubtful and not certain:
            candidates = tuple(self._candidate(key, reason) for key, reason in doubtful.items())
            decision = self._options.decisions.get(line.number, choices.NEW)
            match.doubt = Doubt(line.number, line.title, candidates, decision)
        if decided != UNDECIDED:
            return None if decided == NOBODY else decided
        if len(certain) > 1:
            here = [key for key in certain if any(each in self._known.roles.get(key, {}) for each in accounts)]
            certain = here or certain
        return certain[0] if certain else None

    def _decided(self, line: Line) -> int:
        """The contact that the user chose for the row."""
        decision = self._options.decisions.get(line.number, "")
        if decision in ("", choices.NEW):
            return NOBODY if decision else UNDECIDED
        if decision.startswith(choices.SAME_ROW):
            key = self._contact_of.get(_number(decision, choices.SAME_ROW), UNDECIDED)
        else:
            key = _number(decision, choices.SAME)
        if key in self._known.contacts:
            return key
        line.warnings.append(_("The record chosen for this row is no longer there."))
        return UNDECIDED

    def _alike(self, line: Line, accounts: Sequence[int]) -> tuple[list[int], dict[int, str]]:
        """The contacts that the row surely means, and those that it may mean with the reason."""
        known, match_by = self._known, self._options.match
        certain: dict[int, None] = {}
        doubtful: dict[int, str] = {}
        for kind, key in keys_of(line.parts.get("contact", {}), [each for each in KEYS if each in match_by]):
            for contact in known.by_key.get((kind, key), ()):
                if compatible(line.person, known.contacts[contact]):
                    certain[contact] = None
                else:
                    doubtful.setdefault(contact, _(REASONS[kind]))
        if choices.NAME_COMPANY in match_by:
            for contact in known.by_name.get(fold(line.person), ()):
                at = known.roles.get(contact, {})
                if any(each in at for each in accounts):
                    certain[contact] = None
                elif not line.company or not at:
                    doubtful.setdefault(contact, _("The same name, but no company to tell them apart."))
        return list(certain), {key: reason for key, reason in doubtful.items() if key not in certain}

    def _nameless(self, line: Line, match: Match) -> None:
        """A row without a person's name is about one we know by number, or about a company alone."""
        given = line.parts.get("contact", {})
        keys = keys_of(given, [each for each in KEYS if each in self._options.match])
        found = [contact for each in keys for contact in self._known.by_key.get(each, ())]
        if found:
            match.contact = found[0]
            self._is_about(line, found[0])
        elif line.company or "account" in match.by_id:
            _give_to_company(line)

    def _settle_account(self, line: Line, match: Match, accounts: Sequence[int]) -> None:
        """Choose among accounts of one name, make a new one, and note who works there."""
        known = self._known
        if accounts:
            at = known.roles.get(match.contact or 0, {})
            match.account = next((each for each in accounts if each in at), accounts[0])
            if len(accounts) > 1 and match.account not in at:
                message = ngettext(
                    "{count} account has this name; the oldest was taken.",
                    "{count} accounts have this name; the oldest was taken.",
                    len(accounts),
                )
                line.warnings.append(message)
        elif line.company and self._options.mode != choices.UPDATE:
            match.account = known.new()
            match.makes.add("account")
            known.add_account(match.account, line.company)
            if code := line.value("account", "credit_code"):
                known.by_code.setdefault(code, match.account)
        elif line.company:
            match.left_out = match.left_out or match.contact is None
            line.warnings.append(_("“{name}” is not there yet and was left out.").format(name=line.company))
        if match.account is not None and match.contact is not None and not match.left_out:
            known.roles[match.contact].setdefault(match.account, TO_BE_MADE)

    def _candidate(self, contact: int, reason: str) -> Candidate:
        known = self._known
        account = known.main_account(contact)
        title = " · ".join(each for each in (known.contacts[contact], known.accounts.get(account or 0, "")) if each)
        row = self._made_in.get(contact)
        return Candidate(f"{choices.SAME_ROW}{row}" if row else f"{choices.SAME}{contact}", title, reason)


def compatible(one: str, other: str) -> bool:
    """Whether two names may be those of one person: alike, in another order, or a surname with a title."""
    if not one or not other or fold(one) == fold(other):
        return True
    first, second = _parts(one), _parts(other)
    if first == second:
        return True
    families = {first[0], second[0]}
    return len(families) == 1 and first[0] != "" and "" in (first[1], second[1])


def _parts(name: str) -> tuple[str, str]:
    """Family and given name, folded; of 张总 and 张先生 only 张 is left."""
    plain = CALLED.sub("", names.strip_honorific(name)[0].strip()) or name
    parts = names.split(plain)
    if not parts.family:
        return fold(parts.given), ""
    return fold(parts.family), fold(parts.given)


def _number(decision: str, prefix: str) -> int:
    text = decision.removeprefix(prefix)
    return int(text) if text.isdigit() else 0


def _give_to_company(line: Line) -> None:
    """Put on the company what a row without a person says of one; the rest goes to the notes, and both are told."""
    for entity in ("contact", "affiliation"):
        for name, given in line.parts.pop(entity, {}).items():
            target = by_code()[f"{entity}.{name}"]
            assert target.field is not None
            if entity == "contact" and name in (*MOVABLE, "address", "tags"):
                kind = by_code()[f"account.{name}"].field
                assert kind is not None
                together = united(kind.kind, line.value("account", name), given.value)
                line.put("account", name, Given(together))
                message = _("There is no person in this row: “{field}” was put on the account.")
            else:
                line.unplaced.append(f"{target.label}: {target.field.kind.show(given.value)}")
                message = _("There is no person in this row: “{field}” was kept in the notes of the account.")
            line.warnings.append(message.format(field=target.label))
