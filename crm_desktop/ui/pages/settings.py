"""What people set once: language, look, their name; and where their data is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QStackedWidget, QWidget
from typing_extensions import override

from crm_desktop.i18n import LANGUAGES, N_, _, language
from crm_desktop.ui import page_keys, theme
from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import ROW, FieldRow
from crm_desktop.ui.widgets.fitting_area import FittingArea
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import Elide, label
from crm_desktop.ui.widgets.section_list import SectionList
from crm_desktop.ui.widgets.segmented import Segmented
from crm_desktop.ui.widgets.tab_order import stops

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.files.unused_card import UnusedFilesCard
    from crm_desktop.ui.own_fields.card import OwnFieldsCard
    from crm_desktop.ui.reminding.settings_card import RemindersCard
    from crm_desktop.ui.rhythms.card import RhythmsCard
    from crm_desktop.ui.rules_card import RulesCard
    from crm_desktop.ui.templates.card import TemplatesCard

WIDTH = 720
GENERAL = "general"
SECTIONS = (
    (GENERAL, "settings", N_("General")),
    ("followup", "refresh", N_("Follow-up")),
    ("templates", "schedule", N_("Task templates")),
    ("fields", "rules", N_("Own fields")),
    ("data", "data", N_("Data")),
)
"""The sections of the page: code, icon and word."""


class SettingsPage(Page):
    """Sections at the left, the cards of one beside them; every change takes effect at once and is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: dict[str, FittingArea] = {}
        """The sections that were shown."""
        self._followers: list[tuple[tuple[str, ...], Callable[[], object]]] = []
        self.sections = SectionList(_("Sections of the settings"))
        for code, icon, word in SECTIONS:
            self.sections.add(code, icon, _(word))
        self.stack = QStackedWidget()
        side = QFrame()
        side.setProperty("kind", "side")
        title = label(_("Settings"), "title")
        title.setContentsMargins(10, 0, 0, 0)
        side.setLayout(column(title, self.sections, spacing=12, margins=(10, 20, 10, 12)))
        self.setLayout(row(side, self.stack, spacing=0))

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        for by, does in ((1, "next"), (-1, "previous")):
            QShortcut(page_keys.SETTINGS.named(does).keys[0], self).activated.connect(partial(self._step, by))
        kept = desk.settings.layout.get("settings", {}).get("section", "")
        code = kept if kept in self.sections.codes() else GENERAL
        self.sections.set_value(code)
        yield from self._building(code)
        self.sections.changed.connect(self.show_section)

    def show_section(self, code: str) -> None:
        """Turn to a section; shown for the first time, it is built."""
        if code not in self.areas:
            for _step in self._building(code):
                pass
        self.stack.setCurrentWidget(self.areas[code])
        self.sections.set_value(code)

    def _building(self, code: str) -> Iterator[None]:
        """Make the cards of a section, one a step."""
        cards = column(None, spacing=12)
        sheet = QWidget()
        box = row(_Cards(cards), spacing=0, margins=(24, 20, 16, 20))
        box.setStretch(0, 1)
        box.addStretch(0)  # only what the cards do not take
        sheet.setLayout(box)
        area = self.areas[code] = FittingArea(sheet)
        area.setAccessibleName(next(_(word) for each, _icon, word in SECTIONS if each == code))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click beside the cards is no wish to edit the first value
        self.stack.setCurrentIndex(self.stack.addWidget(area))
        for make in self._makers(code):
            cards.insertWidget(cards.count() - 1, make())
            yield

    def _makers(self, code: str) -> tuple[Callable[[], QWidget], ...]:
        makers: dict[str, tuple[Callable[[], QWidget], ...]] = {
            GENERAL: (self._look, self._person, self._reminders),
            "followup": (self._rhythms, self._lifecycle, self._verification),
            "templates": (self._templates,),
            "fields": (self._own_fields,),
            "data": (self._data, self._unused_files),
        }
        return makers[code]

    def _step(self, by: int) -> None:
        """Go to the next section; who was in the one before is in the list then."""
        focus = QApplication.focusWidget()
        if focus is not None and self.stack.isAncestorOf(focus):
            self.sections.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sections.step(by)

    def _reminders(self) -> RemindersCard:
        from crm_desktop.ui.reminding.settings_card import RemindersCard

        self.reminders = RemindersCard(self._desk)
        return self.reminders

    def _verification(self) -> RulesCard:
        from crm_desktop.services.house_rules import BIRTHDAY, VERIFY
        from crm_desktop.ui.rules_card import RulesCard

        words = _("Records and numbers that were verified longer ago appear on Today. The days are kept with the data.")
        rules = (*VERIFY.values(), BIRTHDAY)
        self.verification = RulesCard(self._desk, _("Verification and birthdays"), "verify", rules, words)
        return self.verification

    def _rhythms(self) -> RhythmsCard:
        from crm_desktop.ui.rhythms.card import RhythmsCard

        self.rhythms = RhythmsCard(self._desk)
        self._followers.append((("cadence", "tag", "saved_list", "pick_item", "custom_field"), self.rhythms.refresh))
        return self.rhythms

    def _lifecycle(self) -> RulesCard:
        from crm_desktop.services import lifecycle
        from crm_desktop.ui.rules_card import RulesCard

        words = _(
            "Worked out every day from the last touch. The status of an account is another thing: what you decided "
            "about it by hand."
        )
        title, write = _("Life cycle"), lifecycle.change_limit
        self.lifecycle = RulesCard(self._desk, title, "refresh", lifecycle.RULES, words, write)
        return self.lifecycle

    def _templates(self) -> TemplatesCard:
        from crm_desktop.ui.templates.card import TemplatesCard

        self.templates = TemplatesCard(self._desk)
        self._followers.append((("task_template", "task_template_item", "shared_setting"), self.templates.refresh))
        return self.templates

    def _own_fields(self) -> OwnFieldsCard:
        from crm_desktop.ui.own_fields.card import OwnFieldsCard

        self.own_fields = OwnFieldsCard(self._desk)
        self._followers.append((("custom_field", "custom_value", "pick_item"), self.own_fields.refresh))
        return self.own_fields

    @override
    def refresh(self, change: Change) -> None:
        for tables, follow in self._followers:
            if change.touches(*tables):
                follow()

    @override
    def command(self, what: str, detail: object = None) -> bool:
        if what != "section":
            return False
        self.show_section(str(detail))
        self.sections.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @override
    def state(self) -> dict[str, Any]:
        return {"section": self.sections.value()}

    def _look(self) -> Card:
        settings = self._desk.settings
        self.languages = Segmented(_("Language"), [(code, "", word) for code, word in LANGUAGES.items()], language())
        looks = (("system", _("System")), ("light", _("Light")), ("dark", _("Dark")), ("contrast", _("High contrast")))
        self.themes = Segmented(_("Theme"), [(code, "", word) for code, word in looks], settings.theme)
        sizes = [(str(size), "", f"{size} %") for size in (100, 112, 125)]
        self.sizes = Segmented(_("Text size"), sizes, str(settings.text_size))
        self.languages.changed.connect(self._choose_language)
        self.themes.changed.connect(self._choose_theme)
        self.sizes.changed.connect(self._choose_size)
        card = Card(_("Look"), "theme")
        for words, editor in ((_("Language"), self.languages), (_("Theme"), self.themes), (_("Text size"), self.sizes)):
            card.add_row(FieldRow(words, editor))
        return card

    def _person(self) -> Card:
        from crm_desktop.services import users

        self.name = InPlaceLine(users.local_name(self._desk.workspace), _("Your name, for what you log"))
        self.name.committed.connect(self._keep_name)
        card = Card(_("You"), "person")
        card.add_row(FieldRow(_("Your name"), self.name))
        self.colleague = InPlaceLine("", _("Name, then Enter: an owner to choose"))
        self.colleague.committed.connect(self._add_colleague)
        card.add_row(FieldRow(_("New colleague"), self.colleague))
        return card

    def _add_colleague(self, name: str) -> None:
        from crm_desktop.services import users

        if name.strip():
            self._desk.save(lambda: users.add(self._desk.workspace, name))
            self._desk.done(_("Added {name}").format(name=name.strip()))
            self.colleague.set_value("")

    def _data(self) -> Card:
        desk = self._desk
        where = Elide(str(desk.folder.path))
        where.setMinimumHeight(theme.px(ROW))
        card = Card(_("Data"), "data")
        card.add_row(FieldRow(_("Data folder"), where))
        sizes = [(str(size), "", _("{count} MB").format(count=size)) for size in (10, 50, 200, 1000)]
        self.largest = Segmented(_("Largest attached file"), sizes, str(desk.settings.largest_file))
        self.largest.changed.connect(self._choose_largest)
        card.add_row(FieldRow(_("Largest attached file"), self.largest))
        buttons = row(
            secondary(_("Open the data folder"), "folder", partial(desk.ask, "folder_open")),
            secondary(_("Back up now…"), "backup", partial(desk.ask, "backup")),
            secondary(_("Restore a backup…"), "history", partial(desk.ask, "restore")),
            None,
            margins=(0, 6, 0, 4),
        )
        card.add_row(buttons)
        card.add_row(label(_("Everything is in this one folder. Nothing is sent anywhere."), "caption", wrap=True))
        return card

    def _unused_files(self) -> UnusedFilesCard:
        from crm_desktop.ui.files.unused_card import UnusedFilesCard

        self.unused = UnusedFilesCard(self._desk)
        return self.unused

    def _choose_language(self, code: str) -> None:
        self._desk.settings.language = code
        self._desk.ask("rebuild")

    def _choose_theme(self, code: str) -> None:
        self._desk.settings.theme = code
        self._desk.ask("look")

    def _choose_size(self, code: str) -> None:
        self._desk.settings.text_size = int(code)
        self._desk.ask("look")

    def _choose_largest(self, code: str) -> None:
        self._desk.settings.largest_file = int(code)

    def _keep_name(self, name: str) -> None:
        from crm_desktop.services import users

        self._desk.save(lambda: users.set_local_name(self._desk.workspace, name))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.sections.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def panes(self) -> list[QWidget]:
        area = self.areas.get(self.sections.value())
        if area is None:
            return [self.sections]
        if first := next(stops(area.sheet), None):
            area.setFocusProxy(first)
        return [self.sections, area]


class _Cards(QWidget):
    """Keeps cards as narrow as is good to read, at every size of the text."""

    def __init__(self, cards: QLayout) -> None:
        super().__init__()
        self.setLayout(cards)
        self.setMaximumWidth(theme.px(WIDTH))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMaximumWidth(theme.px(WIDTH))
