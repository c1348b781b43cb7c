"""What the panes of accounts and contacts share: cards of bound fields in flowing columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.model import Entity
from crm_desktop.model.fields import field_named, own_fields
from crm_desktop.services import accounts, contacts, records, verification
from crm_desktop.services.addresses import Location
from crm_desktop.services.channels import people_at_domain
from crm_desktop.text.findings import Finding
from crm_desktop.text.mails import domain
from crm_desktop.text.mails import read as read_mail
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.editors import TextEditor
from crm_desktop.ui.files.incoming import files_in, holds_files
from crm_desktop.ui.form import FieldBinder, FieldCard, Fields, Hint, HintFor
from crm_desktop.ui.pages.accounts.detail_addresses import AddressGroup
from crm_desktop.ui.pages.accounts.detail_data import View, offers
from crm_desktop.ui.pages.accounts.detail_questions import HeirBar
from crm_desktop.ui.pages.accounts.detail_reach import ReachGroup
from crm_desktop.ui.pages.accounts.detail_stale import StaleBar
from crm_desktop.ui.pages.accounts.files_card import FilesCard
from crm_desktop.ui.pages.accounts.header import look_alike_hint
from crm_desktop.ui.pages.accounts.tasks_card import TASK_PARTS, TasksCard
from crm_desktop.ui.widgets.boxes import column
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.flow import FlowColumns

NARROWEST = 268
FIRST = 0.57
"""The part of the width for the first of two columns, in which the long mail addresses are."""
MARGINS = (14, 12, 14, 16)
ON_CARDS = frozenset({"record", "reaches", "locations", "places", "main"})
"""The parts of a record that rows of cards come and go with."""
IN_QUESTION = frozenset({"reaches", "places", "main", "level"})
"""The parts that the question after an old number is made from."""


class Pane(QScrollArea):
    """The overview of one kind of record: built once, filled for each."""

    own_entities: tuple[str, ...] = ()
    """The kinds of record whose own fields stand on it."""

    def __init__(self, desk: Desk, entity: type[Entity], words: str) -> None:
        super().__init__()
        self.desk, self.entity = desk, entity
        self.name = str(entity.__tablename__)
        self.view: View | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words)
        self.fields = Fields(desk, entity, offers(desk.workspace), self._change)
        self.fields.setParent(self)
        self.cards = FlowColumns(narrowest=NARROWEST, most=2, first=FIRST)
        self.bars = column(spacing=8)
        self._body = QWidget()
        self._body.setLayout(column(self.bars, self.cards, None, spacing=12, margins=MARGINS))
        self.setWidget(self._body)
        self.groups: dict[str, ReachGroup] = {}
        self.addresses = AddressGroup(desk, entity)
        self.heir_bar = HeirBar(desk)
        self.heir_bar.removed = self.addresses.say_removed
        self.addresses.ask_heir = self._ask_heir
        self.bars.addWidget(self.heir_bar)
        self.stale_bar = StaleBar(desk, lambda reach: self.groups[reach.kind].edit(reach), self.tell_left)
        self.bars.addWidget(self.stale_bar)
        self._own_fields = [own_fields().get(each, ()) for each in self.own_entities]
        self._shown_own: set[str] = set()
        self._field_cards: list[FieldCard] = []
        self._columns: dict[int, list[FieldCard]] = {}

    def building(self) -> Iterator[None]:
        """Build the cards, in steps that are each done in a moment; nothing can be shown before."""
        raise NotImplementedError

    def show_view(self, view: View, parts: Set[str]) -> None:
        """Fill the pane with a record, where these parts of it are others than before."""
        is_new = self.view is None or self.view.record.id != view.record.id
        self.view = view
        if is_new:
            self.heir_bar.hide()
        self.fill(view, parts)
        if parts & ON_CARDS:
            for card in self._field_cards:
                card.settle(is_new=is_new)
        if is_new:
            self.verticalScrollBar().setValue(0)

    def fill(self, view: View, parts: Set[str]) -> None:
        """Show what every record has."""
        if "record" in parts:
            self.fields.show(view.record)
        if parts & IN_QUESTION:
            self._show_reaches(view)
        if "locations" in parts:
            self.addresses.show_locations(view.record.id, view.locations)
        if parts & TASK_PARTS:
            self.tasks.show_tasks(view)
        if "files" in parts:
            self.files.show_files(view.entity, view.record.id, view.files)

    def _show_reaches(self, view: View) -> None:
        """Show the channels, and which of them nobody has verified for longer than the level of the account allows."""
        level = view.code("level") if view.entity == "account" else view.level
        allowed = verification.days_of(self.desk.workspace, level)
        for group in self.groups.values():
            group.allowed = allowed
            group.show_reaches(view.record.id, view.reaches)
        shown = [each for each in view.reaches if each.kind in self.groups]
        self.stale_bar.show_reaches(shown, allowed, can_leave=view.place is not None and not view.has_left)

    def field_card(self, title: str, icon: str, place: int | None = None, *, wide: bool = False) -> FieldCard:
        """A new card of fields."""
        made = FieldCard(title, icon)
        self._field_cards.append(made)
        if place is not None:
            made.peers = self._columns.setdefault(place, [])
            made.peers.append(made)
        self.cards.add(made, place, wide=wide)
        return made

    def bind(
        self,
        card: FieldCard,
        names: Sequence[str],
        always: Sequence[str] = (),
        applies: Callable[[], bool] | None = None,
    ) -> None:
        """Put fields on a card; those in `always` are seen even when empty."""
        for name in names:
            card.add_field(self.fields.bind(name), always=name in always, applies=applies)

    def bind_own(self, card: FieldCard, code: str) -> None:
        """Put the fields that people added to a card on it, seen even when empty."""
        added = [each.name for each in own_fields().get(self.name, ()) if each.group == code]
        self.bind(card, added, added)
        self._shown_own.update(added)

    def add_more(self, place: int) -> None:
        """A card of all fields that people added and that stand on no other one."""
        added = [each.name for each in own_fields().get(self.name, ()) if each.name not in self._shown_own]
        if added:
            card = self.field_card(_("More"), "rules", place)
            self.bind(card, added, added)
            card.finish()

    def is_up_to_date(self) -> bool:
        """Whether it was built with the fields that people have added by now."""
        return self._own_fields == [own_fields().get(each, ()) for each in self.own_entities]

    def reach(self, card: FieldCard, name: str, kind: str, *, always: bool = False) -> ReachGroup:
        """Put a group of channels on a card."""
        words = field_named(self.entity, name).label
        group = ReachGroup(self.desk, self.entity, kind, words, self.hint(name))
        group.grown = partial(self._grown, card)
        self.groups[kind] = group
        card.add_part(group, group.is_filled, always=always)
        return group

    def add_addresses(self, card: FieldCard) -> None:
        """Put the addresses on a card."""
        self.addresses.grown = partial(self._grown, card)
        card.add_part(self.addresses, self.addresses.is_filled, always=True)

    def alone(self, title: str, icon: str, name: str, *, wide: bool = False) -> FieldBinder:
        """A card of one field, whose title says it all."""
        card = Card(title, icon)
        binder = self.fields.bind(name)
        card.add_row(binder.row)
        binder.row.label.hide()
        binder.row.set_label_width(0)
        if isinstance(binder.editor, TextEditor):
            binder.editor.setPlaceholderText(_("Add"))
        self.cards.add(card, 1 if not wide else None, wide=wide)
        return binder

    def add_tasks(self) -> None:
        """A card of what is still to be done."""
        self.tasks = TasksCard(self.desk)
        self.tasks.grown = self.order_tabs
        self.cards.add(self.tasks, 1)

    def add_files(self, place: int) -> None:
        """A card of the attached files; files may be dropped anywhere on the pane."""
        self.files = FilesCard(self.desk)
        self.files.grown = self.order_tabs
        self.cards.add(self.files, place)
        self.setAcceptDrops(True)

    def hint(self, name: str) -> HintFor:
        """What is worth knowing about a value of this field while it is typed."""
        return partial(self._hint, name)

    def account(self) -> int | None:
        """The account whose people share a mail domain."""
        return None

    def tell_left(self) -> None:
        """Begin to note that the contact has left."""

    def ask_leaving(self, affiliation: int) -> None:
        """Ask when somebody left a place, who follows, and what becomes of the open tasks."""
        from crm_desktop.ui.panels.leaving import LeavePanel
        from crm_desktop.ui.panels.panel import panel_of

        panel_of(LeavePanel, self.window(), self.desk).ask(affiliation)

    def next_stop(self) -> QWidget:
        """Where one goes on after making a record."""
        return next(stops(self._body))

    def _hint(self, name: str, _key: int, text: str) -> Hint | None:
        if self.view is None:
            return None
        if name == "email" and (found := self._usual_domain(text)):
            return found
        look = accounts.look_alikes if self.name == "account" else contacts.look_alikes
        return look_alike_hint(self.desk, self.name, look(self.desk.workspace, {name: text}, self.view.record.id))

    def _usual_domain(self, text: str) -> Hint | None:
        """The domain that the people of the company use, for an address that is not complete."""
        account = self.account()
        if account is None or not read_mail(text).findings:
            return None
        usual = accounts.same_mail_domain(self.desk.workspace, account)
        begun = domain(text)
        if not usual or not usual.startswith(begun):
            return None
        fix = f"{text.strip().partition('@')[0]}@{usual}"
        people = people_at_domain(self.desk.workspace, account, usual)
        label = _("Use …@{domain} ({count} people here do)").format(domain=usual, count=people)
        return Hint("", label if people else _("Use …@{domain}").format(domain=usual), fix=fix)

    def _change(self, key: int, name: str, text: str) -> Sequence[Finding]:
        return records.change(self.desk.workspace, self.entity, key, name, text)

    def _ask_heir(self, leaving: Location, others: Sequence[Location]) -> None:
        self.heir_bar.ask(leaving, others)
        self.ensureWidgetVisible(self.heir_bar)

    def _grown(self, card: FieldCard) -> None:
        card.align()
        self.order_tabs()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.view is not None and holds_files(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files.take(files_in(event.mimeData()))
        event.acceptProposedAction()

    def order_tabs(self) -> None:
        """Have Tab go from card to card, each from top to bottom."""
        order = list(stops(self._body))
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Where the keyboard stops inside a widget, in the order of its layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        if (inner := item.widget()) is not None:
            yield from stops(inner)
        elif (below := item.layout()) is not None:
            yield from _in_layout(below)
