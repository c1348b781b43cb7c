"""The overview of a contact: how to reach them, what they are at which account, and what they are like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.model import Affiliation, Contact, picks
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.model.fields import own_fields
from crm_desktop.model.kinds import Birthday
from crm_desktop.services import contacts
from crm_desktop.services.clock import now
from crm_desktop.services.reporting import set_boss
from crm_desktop.text.dates import next_birthday
from crm_desktop.text.findings import Finding, Reading
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import LineEditor, LinkEditor
from crm_desktop.ui.form import Fields, Live
from crm_desktop.ui.pages.accounts.detail_bars import AskFirst, departed_words
from crm_desktop.ui.pages.accounts.detail_cards import Pane
from crm_desktop.ui.pages.accounts.detail_data import View, offers
from crm_desktop.ui.pages.accounts.detail_verbs import Verbs
from crm_desktop.ui.pages.accounts.people_card import AccountsCard
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.labels import label

ROLE = ("title", "department", "decision_role", "attitude", "influence", "status")
MORE_ROLE = ("responsibility", "from_date", "to_date")
PROFILE = ("birthday", "preferred_channel", "preferred_language", "preferred_hours", "hobby", "personality")
PERSON = ("gender", "english_name", "do_not_call", "do_not_mail")
SEEN = ("title", "department", "decision_role", "attitude", "status")
BIRTHDAY_NEAR = 60
ROLE_PARTS = frozenset({"main", "boss"})


class ContactPane(Pane):
    """The cards of a contact."""

    own_entities = ("contact", "affiliation")

    def __init__(self, desk: Desk, verbs: Verbs) -> None:
        super().__init__(desk, Contact, _("Contact"))
        self.verbs = verbs
        self.ask_first, self.departed = AskFirst(), InfoBar(kind="info", icon="left")
        for bar in (self.departed, self.ask_first):
            self.bars.addWidget(bar)
        verbs.confirm.connect(self._ask_first)
        verbs.leaving.connect(self.ask_leaving)
        self.role = Fields(desk, Affiliation, offers(desk.workspace), self._change_role)
        self.role.setParent(self)

    @override
    def building(self) -> Iterator[None]:
        for build in (self._reach, self.add_tasks, self._position, self._profile, self._around):
            build()
            yield
        self.add_more(0)
        self.alone(_("Tags"), "tag", "tags")
        self.alone(_("Notes"), "note", "note", wide=True)
        self.order_tabs()

    def _around(self) -> None:
        self.accounts_card = AccountsCard(self.desk)
        self.accounts_card.leave_asked = self.ask_leaving
        self.accounts_card.grown = self.order_tabs
        self.verbs.linking.connect(self.accounts_card.pick)
        self.cards.add(self.accounts_card, 1)
        self.add_files(1)

    @override
    def show_view(self, view: View, parts: Set[str]) -> None:
        if self.view is None or self.view.record.id != view.record.id:
            self.ask_first.hide()
        super().show_view(view, parts)

    @override
    def fill(self, view: View, parts: Set[str]) -> None:
        self.groups["landline"].offer_prefix(view.phone_prefix)
        super().fill(view, parts)
        if "places" in parts:
            self.accounts_card.show_places(view.record.id, view.places)
            self.departed.say(departed_words(view.places) if view.has_left else "", "info", "left")
        if parts & ROLE_PARTS:
            self._show_role(view)
        if "record" in parts:
            self._show_birthday(view)

    def _show_role(self, view: View) -> None:
        if view.main is not None:
            self.role.show(view.main)
            self._show_boss(view)
        self.no_account.setVisible(view.main is None)

    @override
    def account(self) -> int | None:
        place = self.view.place if self.view else None
        return place.account_id if place else None

    @override
    def tell_left(self) -> None:
        if self.view is not None and self.view.main is not None:
            self.ask_leaving(self.view.main.id)

    @override
    def next_stop(self) -> QWidget:
        return self.groups["mobile"]

    def _reach(self) -> None:
        card = self.field_card(_("Contact details"), "contact_details", 0)
        for name, kind in (("mobile", "mobile"), ("phone", "landline")):
            self.reach(card, name, kind, always=True).call = self.verbs.call
        self.reach(card, "email", "email", always=True)
        self.reach(card, "wechat", "wechat", always=True)
        self.bind_own(card, "reach")
        self.reach(card, "qq", "qq")
        self.reach(card, "linkedin", "linkedin")
        self.add_addresses(card)
        card.finish()

    def _position(self) -> None:
        card = self.field_card(_("Position and role"), "position", 1)
        self.no_account = label(_("Link an account to note title, department and role."), "small", wrap=True)
        card.add_row(self.no_account)
        for name in ROLE:
            card.add_field(self.role.bind(name), always=name in SEEN, applies=self._has_place)
        if isinstance(title := self.role.binders["title"].editor, LineEditor):
            title.offer(partial(contacts.usual_titles, self.desk.workspace))
        self.role.binders["status"].instead = self._is_asked
        boss = LinkEditor(self._colleagues)
        self.boss = Live(self.desk, FieldRow(_("Reports to"), boss), boss, _no_check, self._set_boss)
        card.add_field(self.boss, always=True, applies=self._has_place)
        self.bind(card, ("owner_id",), ("owner_id",))
        for each in own_fields().get("affiliation", ()):
            card.add_field(self.role.bind(each.name), always=True, applies=self._has_place)
        self.bind_own(card, "role")
        for name in MORE_ROLE:
            card.add_field(self.role.bind(name), applies=self._has_place)
        self.bind(card, ("types",))
        card.finish()

    def _profile(self) -> None:
        card = self.field_card(_("Profile"), "profile", 0)
        self.bind(card, PROFILE, ("birthday", "preferred_channel", "hobby"))
        self.bind_own(card, "profile")
        self.bind(card, PERSON)
        card.finish()

    def _has_place(self) -> bool:
        return self.view is not None and self.view.main is not None

    def _change_role(self, key: int, name: str, text: str) -> Sequence[Finding]:
        return contacts.change_link(self.desk.workspace, key, name, text)

    def _is_asked(self, text: str) -> bool:
        """Leaving, and another role, have a day and more that hangs on them: it is asked for, not just written."""
        code = picks.code_of("affiliation_status", text)
        place = self.view.place if self.view else None
        if place is None or code not in ("departed", "changed"):
            return False
        if code == "departed":
            self.ask_leaving(place.id)
        else:
            self.desk.ask("role_changed")
        return True

    def _colleagues(self) -> list[tuple[str, str]]:
        if self.view is None or self.view.main is None:
            return []
        everybody = contacts.places(self.desk.workspace, account=self.view.main.links["account_id"])
        others = [each for each in everybody if each.id != self.view.main.id and each.status == CURRENT]
        return [(str(each.id), " · ".join(filter(None, (each.contact, each.title)))) for each in others]

    def _show_boss(self, view: View) -> None:
        assert view.main is not None
        key = view.main.links["reports_to_id"]
        self.boss.show(view.main.id, str(key or ""), shown=view.boss)

    def _set_boss(self, affiliation: int, text: str) -> None:
        set_boss(self.desk.workspace, affiliation, int(text) if text else None)

    def _show_birthday(self, view: View) -> None:
        kept = str(view.record.fields["birthday"].value or "")
        today = now().day
        day = Birthday.day(kept) if kept else None
        coming = next_birthday(day, today) if day else None
        days = (coming - today).days if coming else BIRTHDAY_NEAR + 1
        words = ""
        if days <= BIRTHDAY_NEAR:
            words = ngettext("in {count} day", "in {count} days", days) if days else _("today")
        self.fields.binders["birthday"].set_caption(words)

    def _ask_first(self, what: str) -> None:
        name = self.view.record.name if self.view else ""
        if what == "call":
            why = _("{name} does not want to be called: “Do not call” is set in the profile.").format(name=name)
            self.ask_first.ask(why, _("Call anyway"), self._call)
        else:
            why = _("{name} does not want mail: “Do not mail” is set in the profile.").format(name=name)
            self.ask_first.ask(why, _("Write anyway"), self.verbs.write_mail)
        self.verticalScrollBar().setValue(0)

    def _call(self) -> None:
        self.desk.ask("log", "call")


def _no_check(text: str) -> Reading[str]:
    return Reading(text)
