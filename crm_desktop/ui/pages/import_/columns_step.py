"""The second step: each column gets its field, and the import is tried out with every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.pages.import_.facts import CheckFacts, ColumnFacts, FileFacts, PlanFacts, UnknownFacts
from crm_desktop.ui.pages.import_.mapping import MappingTable
from crm_desktop.ui.pages.import_.side import Look, Side
from crm_desktop.ui.pages.import_.values_panel import ValuesPanel
from crm_desktop.ui.pages.import_.way_tool import ADD, OVERWRITE
from crm_desktop.ui.widgets.boxes import column, row
from crm_desktop.ui.widgets.info_bar import InfoBar
from crm_desktop.ui.widgets.pick_list import Choice

if TYPE_CHECKING:
    from crm_desktop.services.importing.targets import Target
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.pages.import_.draft import Draft


class ColumnsStep(QWidget):
    """The mapping at the left, what comes of it at the right."""

    changed = Signal()
    """The mapping or a rule was changed."""
    detect = Signal()
    """The mapping is to be found by header and values, not by memory."""

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._facts: FileFacts | None = None
        self._targets: dict[str, Target] = {}
        self._choices: list[Choice] = []
        self._checks: Mapping[int, CheckFacts] = {}
        self._workspace: Workspace | None = None
        self.values: ValuesPanel | None = None
        self.bar = InfoBar()
        self.bar.add_action(_("Detect again"), act=self.detect.emit, link=True)
        self.bar.add_action(_("Clear"), act=self._clear, link=True)
        self.error = InfoBar(kind="err")
        self.table = MappingTable()
        self.side = Side()
        left = column(self.bar, self.error, self.table, spacing=8)
        box = row(spacing=16)
        box.addLayout(left, 1)
        box.addWidget(self.side)
        self.setLayout(box)
        self.table.changed.connect(self._choose)
        self._asked = 0
        self.table.way_chosen.connect(self._choose_way)
        self.side.changed.connect(self._follow_rules)
        self.side.looks.asked.connect(self.table.look_at)
        self.side.looks.fix_asked.connect(self._take_guess)
        for each in (self.table, self.side.looks):
            each.values_asked.connect(self.ask_values)

    def attach(self, workspace: Workspace, targets: Sequence[Target]) -> None:
        """Take up what columns may go to, and where their values are looked up."""
        self._workspace, self._targets = workspace, {each.code: each for each in targets}

    def show_file(self, draft: Draft, facts: FileFacts) -> None:
        """Show the columns of a file as they seem to be meant."""
        self._draft, self._facts = draft, facts
        self._choices = [(each.code, f"{each.group} · {each.label}") for each in self._targets.values()]
        self.table.show_columns(facts.columns, dict(self._choices), new_fields)
        self.side.show_draft(draft, self._choices)
        self.show_mapping()

    def show_mapping(self) -> None:
        """Show where the columns go now."""
        assert self._draft is not None
        self.table.show_mapping(self._draft.columns, self.complaints(), self._ways)
        self._tell()
        self.error.say("\n".join(self.problems()), "err")

    def _ways(self, code: str) -> tuple[str, Sequence[str], str]:
        from crm_desktop.services.importing import ways_of

        assert self._draft is not None
        ways = ways_of(code) if code else ()
        rule = OVERWRITE if self._draft.overwrite and ADD not in ways[:1] else next(iter(ways), "")
        return self._draft.ways.get(code, ""), ways, rule

    def _choose_way(self, place: int, way: str) -> None:
        assert self._draft is not None
        code = self._draft.columns[place]
        self._draft.ways.pop(code, None)
        if way:
            self._draft.ways[code] = way
        self._changed()

    def complaints(self) -> dict[int, str]:
        """Columns whose field is taken by another column and can hold one value only."""
        assert self._draft is not None
        found = {}
        for place, code in enumerate(self._draft.columns):
            others = [n for n, each in enumerate(self._draft.columns) if each == code and n != place]
            target = self._targets.get(code)
            if code and others and target is not None and not target.several:
                letter = self.table.rows[others[0]].facts.letter
                found[place] = _("Column {letter} goes there, too").format(letter=letter)
        return found

    def problems(self) -> list[str]:
        """What keeps the mapping from being used."""
        from crm_desktop.services.importing.targets import mapping_problems

        assert self._draft is not None
        assert self._facts is not None
        return mapping_problems([each or None for each in self._draft.columns], [c.header for c in self._facts.columns])

    def show_plan(self, plan: PlanFacts | None, *, dim: bool) -> None:
        """Show what the import comes to; dim while that is being worked out anew."""
        checks = self._checks = plan.checks if plan else {}
        complaints = self.complaints()
        self.table.show_checks(checks, complaints, dim=dim)
        undecided = plan.undecided(self._draft.decisions) if plan and self._draft else 0
        self.side.outcome.show_plan(plan, undecided, dim=dim)
        if not dim:
            self.side.looks.show_looks(self._looks(checks, complaints))
            self.side.rules.show_dates(plan.dates if plan else None)

    def _looks(self, checks: Mapping[int, CheckFacts], complaints: Mapping[int, str]) -> list[Look]:
        looks = []
        for row_ in self.table.rows:
            place, check = row_.facts.place, checks.get(row_.facts.place)
            if place in complaints:
                sentence = complaints[place]
            elif row_.is_doubtful:
                sentence = _("Is “{field}” right?").format(field=row_.button.words())
            elif check and check.doubtful and row_.button.code():
                sentence = check.sentence
            else:
                continue
            values = fix = ""
            if check and check.undecided and place not in complaints:
                fix = self._fix(place, check)
                values = ngettext("Say what {count} value means…", "Say what {count} values mean…", check.undecided)
            looks.append(Look(place, f"{row_.facts.letter} · {row_.facts.header}", sentence, values, fix))
        return looks

    # What values mean that a field does not know

    def ask_values(self, place: int) -> None:
        """Ask what the unknown values of a column mean."""
        from crm_desktop.services.importing.targets import plain_code
        from crm_desktop.services.importing.vocabulary import offers, words_for_keeping

        assert self._workspace is not None
        check, code = self._checks.get(place), plain_code(self.table.rows[place].button.code())
        if check is None or not check.unknown:
            return
        if self.values is None:
            self.values = ValuesPanel(self.window())
            self.values.said.connect(self._say)
        self._asked = place
        header, field = self.table.rows[place].facts.header, self._targets[code].label
        title = _("“{header}” → {field}").format(header=header, field=field)
        self.values.show_values(title, check.unknown, offers(self._workspace, code), words_for_keeping(code))

    def _say(self, value: str, meaning: str | None) -> None:
        self._mean(self._asked, value, meaning)

    def _mean(self, place: int, value: str, meaning: str | None) -> None:
        from crm_desktop.services.importing.targets import plain_code

        assert self._draft is not None
        self._draft.say(plain_code(self._draft.columns[place]), value, meaning)
        self.changed.emit()

    def _fix(self, place: int, check: CheckFacts) -> str:
        """The first guess for a column, in words."""
        from crm_desktop.services.importing.vocabulary import shown

        found = _first_guess(check)
        if found is None:
            return ""
        words = _("“{text}” → {meaning}, for all rows")
        return words.format(text=found.text, meaning=shown(self.table.rows[place].button.code(), found.guess))

    def _take_guess(self, place: int) -> None:
        check = self._checks.get(place)
        if check and (found := _first_guess(check)):
            self._mean(place, found.text, found.guess)

    def _tell(self) -> None:
        """Say where the mapping comes from and how many columns have a field."""
        assert self._draft is not None
        assert self._facts is not None
        used = sum(bool(each) for each in self._draft.columns)
        total = len(self._draft.columns)
        counted = _("{used} of {total} columns have a field.").format(used=used, total=total)
        if self._facts.is_remembered:
            known = _("This header is known; the mapping of last time is used. {counted}")
            self.bar.say(known.format(counted=counted), icon="history")
        elif not self._facts.header_row:
            self.bar.say(_("No header row was found. Please say what each column holds."), "warn")
        else:
            self.bar.say(_("The fields were found by header and values. {counted}").format(counted=counted), icon="fix")

    def _choose(self, place: int, code: str) -> None:
        assert self._draft is not None
        if self._draft.columns[place] != code:
            self._draft.columns[place] = code
            self._changed()

    def _follow_rules(self) -> None:
        self.show_mapping()
        self.changed.emit()

    def _clear(self) -> None:
        assert self._draft is not None
        self._draft.columns = [""] * len(self._draft.columns)
        self._changed()

    def _changed(self) -> None:
        self.show_mapping()
        self.changed.emit()


def _first_guess(check: CheckFacts) -> UnknownFacts | None:
    """The most frequent of the values of which nobody said what they mean, and that have a guess."""
    return next((each for each in check.unknown if each.guess and each.meaning is None), None)


def new_fields(facts: ColumnFacts) -> list[Choice]:
    """The fields of people's own that could be made for a column, those first that its values look like."""
    from crm_desktop.services.custom_fields import KINDS
    from crm_desktop.services.importing.likely_kind import likely_kind
    from crm_desktop.services.importing.targets import GROUPS

    if not facts.header:
        return []
    likely = likely_kind(facts.samples)
    kinds = [likely, *(each for each in KINDS if each not in (likely, "link"))]
    words = _("New field · {record} · {kind}")
    return [
        (f"new:{entity}:{kind}:{facts.header}", words.format(record=_(GROUPS[entity]), kind=_(KINDS[kind])))
        for entity in ("contact", "account")
        for kind in kinds
    ]
