"""What people set once: language, look, their name; and where their data is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.ui import theme
from crm_desktop.ui.page import Page
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.buttons import secondary
from crm_desktop.ui.widgets.cards import Card
from crm_desktop.ui.widgets.field_row import FieldRow
from crm_desktop.ui.widgets.in_place import InPlaceLine
from crm_desktop.ui.widgets.labels import Elide, label
from crm_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from crm_desktop.store.journal import Change
    from crm_desktop.ui.desk import Desk
    from crm_desktop.ui.own_fields.card import OwnFieldsCard
    from crm_desktop.ui.reminding.settings_card import RemindersCard
    from crm_desktop.ui.rhythms.card import RhythmsCard
    from crm_desktop.ui.rhythms.lifecycle_card import LifecycleCard
    from crm_desktop.ui.rules_card import RulesCard
    from crm_desktop.ui.templates.card import TemplatesCard

WIDTH = 720


class SettingsPage(Page):
    """Every change takes effect at once and is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = column(spacing=12)
        self._cards.addWidget(label(_("Settings"), "title"))
        self._cards.addStretch(1)
        inner = QWidget()
        inner.setFixedWidth(theme.px(WIDTH))
        inner.setLayout(self._cards)
        house = QWidget()
        house.setProperty("kind", "window")
        house.setLayout(row(inner, None, margins=(28, 20, 16, 20)))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(_("Settings"))
        self.area.setWidget(house)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)

    @override
    def attaching(self, desk: Desk) -> Iterator[None]:
        self._desk = desk
        rules = (self._verification, self._rhythms, self._lifecycle, self._templates)
        for make in (self._look, self._person, self._reminders, *rules, self._own_fields, self._data):
            self._cards.insertWidget(self._cards.count() - 1, make())
            yield

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
        return self.rhythms

    def _lifecycle(self) -> LifecycleCard:
        from crm_desktop.ui.rhythms.lifecycle_card import LifecycleCard

        self.lifecycle = LifecycleCard(self._desk)
        return self.lifecycle

    def _templates(self) -> TemplatesCard:
        from crm_desktop.ui.templates.card import TemplatesCard

        self.templates = TemplatesCard(self._desk)
        return self.templates

    def _own_fields(self) -> OwnFieldsCard:
        from crm_desktop.ui.own_fields.card import OwnFieldsCard

        self.own_fields = OwnFieldsCard(self._desk)
        return self.own_fields

    @override
    def refresh(self, change: Change) -> None:
        if change.touches("custom_field", "custom_value", "pick_item"):
            self.own_fields.refresh()
        if change.touches("cadence", "tag", "saved_list", "pick_item", "custom_field"):
            self.rhythms.refresh()
        if change.touches("shared_setting"):
            self.lifecycle.refresh()
        if change.touches("task_template", "task_template_item", "shared_setting"):
            self.templates.refresh()

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
        )
        card.add_row(buttons)
        card.add_row(label(_("Everything is in this one folder. Nothing is sent anywhere."), "caption", wrap=True))
        return card

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
    def panes(self) -> list[QWidget]:
        return [self.languages]
