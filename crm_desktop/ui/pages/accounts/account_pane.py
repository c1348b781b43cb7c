"""The overview of an account: the company, how to reach it, the business, its people and branches."""

from __future__ import annotations

from collections.abc import Iterator, Set

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop.i18n import _, language
from crm_desktop.model import Account, picks
from crm_desktop.services import accounts, records
from crm_desktop.text.dates import show_date
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.pages.accounts.detail_cards import Pane
from crm_desktop.ui.pages.accounts.detail_data import Branch, View, search
from crm_desktop.ui.pages.accounts.detail_rows import RecordRow
from crm_desktop.ui.pages.accounts.growing_card import GrowingCard
from crm_desktop.ui.pages.accounts.people_card import PeopleCard
from crm_desktop.ui.widgets.labels import Caption
from crm_desktop.ui.widgets.pick_list import PickList

COMPANY = ("industry", "types", "size_band")
COMPANY_ONLY = ("employees", "business_type", "short_name", "name_en", "credit_code")
BUSINESS = ("level", "status", "relationship", "owner_id", "lead_source")
FAMILY = frozenset({"parent", "branches", "branch_count"})
MONEY = ("annual_revenue", "revenue_year", "budget", "budget_period", "budget_certainty")


class AccountPane(Pane):
    """The cards of an account."""

    own_entities = ("account",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Account, _("Account"))

    @override
    def building(self) -> Iterator[None]:
        for build in (self._reach, self.add_tasks, self._company, self._business, self._around):
            build()
            yield
        self.add_more(1)
        self.alone(_("Tags"), "tag", "tags")
        self.alone(_("Description"), "note", "description", wide=True)
        self.order_tabs()

    def _around(self) -> None:
        self.people = PeopleCard(self.desk)
        self.people.leave_asked = self.ask_leaving
        self.people.grown = self.order_tabs
        self.cards.add(self.people, 0)
        self.branches = BranchesCard(self.desk)
        self.branches.grown = self.order_tabs
        self.cards.add(self.branches, 0)
        self.add_files(1)

    @override
    def fill(self, view: View, parts: Set[str]) -> None:
        super().fill(view, parts)
        if "places" in parts:
            self.people.show_places(view.record.id, view.places)
        if parts & FAMILY:
            self.branches.show_family(view)
        if "record" in parts:
            self.created.setText(_("Created {date}").format(date=_day(view)))

    @override
    def account(self) -> int | None:
        return self.view.record.id if self.view else None

    @override
    def next_stop(self) -> QWidget:
        return self.people.line

    def _is_company(self) -> bool:
        return self.view is not None and self.view.person is None

    def _company(self) -> None:
        card = self.field_card(_("Company"), "account", 1)
        self.bind(card, COMPANY, ("industry", "types", "size_band"), self._is_company)
        self.bind_own(card, "company")
        self.bind(card, COMPANY_ONLY, (), self._is_company)
        for name in ("credit_code",):
            self.fields.binders[name].hint_for = self.hint(name)
            self.fields.binders[name].marks_ok = True
        card.finish()

    def _reach(self) -> None:
        card = self.field_card(_("Reach"), "contact_details", 0)
        self.reach(card, "phone", "landline", always=True)
        self.reach(card, "mobile", "mobile")
        self.reach(card, "fax", "fax")
        self.reach(card, "email", "email", always=True)
        self.bind(card, ("website",), ("website",))
        website = self.fields.binders["website"]
        website.hint_for = self.hint("website")
        website.marks_ok = True
        self.bind(card, ("region",), ("region",))
        self.add_addresses(card)
        self.bind_own(card, "reach")
        self.bind(card, ("territory",))
        card.finish()

    def _business(self) -> None:
        card = self.field_card(_("Business"), "deal", 1)
        self.bind(card, BUSINESS, ("level", "status", "relationship", "owner_id"))
        self.bind_own(card, "business")
        self.bind(card, MONEY, (), self._is_company)
        card.finish()
        self.created = Caption()
        card.add_row(self.created)


class BranchesCard(GrowingCard):
    """The account above and those below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Branches"), "org_chart")
        self.nothing = Caption(_("No account above or below"))
        self.add_row(self.nothing)
        self.add_button = self.add_action(_("Add a branch"), self._pick)

    def show_family(self, view: View) -> None:
        """Show the parent account first, then the branches."""
        count = view.branch_count
        above = [(view.parent, _("Parent account"))] if view.parent else []
        family = [*above, *((each, "") for each in view.branches)]
        self.title.setText(_("Branches {count}").format(count=f"{count:,}") if count else _("Branches"))
        self.nothing.setVisible(not family)
        self.show_things(view.record.id, family)

    @override
    def make_row(self, index: int) -> RecordRow:
        made = RecordRow(square=True)
        made.clicked.connect(lambda: self.desk.open("account", self.things[index][0].id))
        return made

    @override
    def say_row(self, shown: RecordRow, thing: tuple[Branch, str]) -> None:
        branch, line = thing
        level = picks.label("level", branch.level) if branch.level else ""
        shown.say(branch.name, line, chip=(level, "accent"), dim=branch.is_closed)

    def _pick(self) -> None:
        """Choose an account to stand below this one; one that does not exist yet is made."""
        owner = self.owner
        opened = PickList(self.add_button, search(self.desk.workspace, "account", lambda: {owner}), creates=True)
        opened.chosen.connect(lambda code: self._move(owner, int(code)))
        opened.created.connect(lambda name: self._create(owner, name))
        opened.open()

    def _move(self, owner: int, branch: int) -> None:
        self.desk.save(lambda: accounts.set_parent(self.desk.workspace, branch, owner))

    def _create(self, owner: int, name: str) -> None:
        self.desk.save(lambda: records.create(self.desk.workspace, Account, {"name": name}, parent_id=owner))


def _day(view: View) -> str:
    return show_date(view.record.created_at.astimezone().date(), language())
