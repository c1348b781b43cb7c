"""Rhythms and the life cycle in the window: set by keys in the settings, seen at once everywhere, taken back."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.model import Account, Contact, Tag, Tagging
from crm_desktop.model.filters import ALL, NOTHING, Group, Test
from crm_desktop.services import accounts, activities, cadence, contacts, lifecycle, lists, records, tags
from crm_desktop.services.activities import Entry
from crm_desktop.services.cadence import LEVEL, LIST, TAG, Scope
from crm_desktop.services.lists import SavedView
from crm_desktop.services.today_rules import DORMANT, OVERDUE
from crm_desktop.store.undo import undo
from crm_desktop.ui.lint import lint
from crm_desktop.ui.models.tree_values import overdue
from crm_desktop.ui.panels.lifecycle import LifecyclePanel

pytest_plugins = ["tests.ui.program_window"]

KEY = Qt.Key
NOW = datetime.now().astimezone()
VIP = Scope(LEVEL, "vip")


@pytest.fixture
def acme(folder):
    """An account that was called ten days ago, and another one a hundred days ago."""
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(folder)
    with workspace.write("Fill") as session:
        rows = [Account(name=name, level=level, created_at=NOW - timedelta(days=500)) for name, level in FIRMS]
        tag = Tag(name="fair", name_key="fair")
        session.add_all([*rows, tag])
        session.flush()
        session.add(Tagging(tag_id=tag.id, account_id=rows[1].id))
        keys = [each.id for each in rows]
    for key, days in zip(keys, (10, 100), strict=True):
        activities.log(workspace, Entry("call", "said", key, at=NOW - timedelta(days=days)))
    workspace.close()
    return keys


FIRMS = (("Acme", "vip"), ("Zeta", None))


@pytest.fixture
def started(program, acme):
    made = program("en")
    made.window.resize(1440, 900)
    return made


@pytest.fixture
def workspace(started):
    return started.workspace


@pytest.fixture
def settings_page(started):
    started.desk.ask("settings", "followup")
    return started.window.page("settings")


@pytest.fixture
def marked(started, qtbot):
    """marked(Acme=10) waits until just these accounts of the tree are marked, with these days."""
    model = started.window.page("accounts").tree.model

    def marked(**days):
        def found():
            nodes = [model.node(row) for row in range(len(model.rows))]
            return {each.name: overdue(each) for each in nodes if overdue(each)}

        qtbot.waitUntil(lambda: found() == days)

    return marked


def write(line, text):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, KEY.Key_Return)


class TestSettings:
    def test_another_rhythm_of_a_level_is_seen_at_once_and_undone(self, settings_page, started, workspace, marked):
        marked()
        row = settings_page.rhythms.rows[VIP]
        write(row.days.line, "7")
        marked(Acme=10)
        assert not row.remove.isHidden()
        assert lint(settings_page) == []
        undo(workspace)
        marked()
        assert row.days.line.text() == "14"
        assert row.remove.isHidden()

    def test_nothing_means_no_rhythm_and_the_button_brings_the_usual_back(self, settings_page, workspace):
        row = settings_page.rhythms.rows[VIP]
        write(row.days.line, " ")
        assert cadence.rows(workspace)[0].days is None
        row.remove.setFocus()
        QTest.keyClick(row.remove, KEY.Key_Space)
        assert (row.days.line.text(), cadence.rows(workspace)[0].is_usual) == ("14", True)

    @pytest.mark.parametrize("text", ["soon", "0", "731", "-5"])
    def test_what_cannot_be_is_told_below_and_not_kept(self, settings_page, workspace, text):
        row = settings_page.rhythms.rows[VIP].days
        write(row.line, text)
        assert row.finding.text()
        assert cadence.rows(workspace)[0].days == 14
        write(row.line, "20")
        assert not row.finding.text()

    def test_a_tag_and_a_list_get_a_rhythm_and_lose_it(self, settings_page, workspace, marked):
        card = settings_page.rhythms
        lists.save(workspace, SavedView(0, "Everybody", Account, Group(ALL, (Test("name", "not_empty"),))))
        for (scope, _name), days in zip(cadence.scopes(workspace), ("40", "5"), strict=True):
            card.choice.set_value(f"{scope.kind}:{scope.code}", "x")
            write(card.line, days)
        marked(Acme=10, Zeta=100)
        assert [each.scope.kind for each in cadence.rows(workspace)[-2:]] == [TAG, LIST]
        assert lint(settings_page) == []
        last = card.rows[cadence.rows(workspace)[-1].scope]
        QTest.keyClick(last.remove, KEY.Key_Space)
        marked(Zeta=100)
        undo(workspace)
        undo(workspace)
        undo(workspace)
        marked()

    def test_where_nothing_more_can_have_a_rhythm_it_says_so(self, settings_page, workspace):
        card = settings_page.rhythms
        words = next(each for each in card.findChildren(QLabel) if each.text().startswith("There is no further"))
        assert (words.isHidden(), card.add_button.isVisibleTo(card)) == (True, True)
        [tag] = [scope for scope, _name in cadence.scopes(workspace)]
        cadence.put(workspace, tag, 20)
        assert (words.isHidden(), card.add_button.isVisibleTo(card)) == (False, False)

    def test_adding_without_a_tag_or_days_that_can_be_is_told(self, settings_page, workspace):
        card = settings_page.rhythms
        write(card.line, "5")
        assert not card.problem.isHidden()
        [(scope, _name)] = cadence.scopes(workspace)
        card.choice.set_value(f"{scope.kind}:{scope.code}", "x")
        write(card.line, "many")
        assert not card.problem.isHidden()
        write(card.line, "5")
        assert card.problem.isHidden()
        assert card.line.text() == ""

    def test_the_limits_of_the_life_cycle(self, settings_page, workspace, acme):
        rows = settings_page.lifecycle.rows
        write(rows["lifecycle.dormant"].line, "5")
        assert lifecycle.of_account(workspace, acme[0]).code == "dormant"
        write(rows["lifecycle.dormant"].line, "400")
        assert "before" in rows["lifecycle.dormant"].finding.text()
        undo(workspace)
        assert rows["lifecycle.dormant"].line.text() == "90"


class TestHead:
    @pytest.fixture
    def detail(self, started, acme):
        started.desk.open("account", acme[0])
        QApplication.processEvents()
        return started.window.pages["accounts"].detail

    @pytest.fixture
    def figures(self, detail):
        return detail.header.figures

    def test_rhythm_life_cycle_and_depth_are_shown_with_their_reasons(self, detail, figures, workspace, acme):
        assert (figures.rhythm.text(), figures.stage.text(), figures.score.text()) == ("14 d", "Active", "3")
        assert figures.recent.text() == "1 / 1"
        assert figures.stage.toolTip() == "last touch 10 days ago, dormant after 90 days"
        assert figures.score.toolTip().splitlines()[1] == "Call: 1 × 3"
        cadence.put(workspace, VIP, 7)
        detail.catch_up()
        assert figures.rhythm.text() == "7 d · 3 d late"
        assert figures.rhythm.toolTip() == "In touch every 7 days · 10 days without a touch · 3 days late"
        activities.log(workspace, Entry("visit", "said", acme[0]))
        detail.catch_up()
        assert (figures.rhythm.text(), figures.score.text(), figures.recent.text()) == ("7 d", "8", "2 / 2")
        lifecycle.put(workspace, acme[0], "lost", "moved away")
        detail.catch_up()
        assert (figures.stage.text(), figures.stage.toolTip()) == ("Lost", "set by hand · moved away")

    def test_who_has_no_rhythm_has_no_figure_for_it_until_a_level_brings_one(
        self, detail, figures, started, workspace, acme
    ):
        started.desk.open("account", acme[1])
        QApplication.processEvents()
        assert figures._of_rhythm.isHidden()
        assert figures.stage.text() == "Dormant"
        records.change(workspace, Account, acme[1], "level", "VIP")
        detail.catch_up()
        assert (figures._of_rhythm.isHidden(), figures.rhythm.text()) == (False, "14 d · 86 d late")


class TestPanel:
    @pytest.fixture
    def panel(self, started, acme):
        started.desk.open("account", acme[1])
        QApplication.processEvents()
        started.window.activateWindow()
        QTest.keyClick(
            started.window, KEY.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        return started.window.findChild(LifecyclePanel)

    def test_a_stage_is_set_by_keys_and_cleared(self, panel, workspace, acme):
        assert panel.now.text() == "Dormant: last touch 100 days ago, dormant after 90 days"
        assert QApplication.focusWidget() is panel.reason
        assert lint(panel) == []
        QTest.keyClicks(panel.reason, "in talks")
        QTest.keyClick(panel.reason, KEY.Key_2, Qt.KeyboardModifier.AltModifier)
        panel.until.setFocus()
        QTest.keyClicks(panel.until, "2999-12-31")
        QTest.keyClick(panel.until, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert panel.isHidden()
        found = lifecycle.of_account(workspace, acme[1])
        assert (found.code, found.override.reason, found.override.until.year) == ("active", "in talks", 2999)
        panel.show_up()
        assert (panel.stages.value(), panel.reason.text(), panel.until.text()) == ("active", "in talks", "2999-12-31")
        QTest.keyClick(panel.clear_button, KEY.Key_Space)
        assert lifecycle.of_account(workspace, acme[1]).code == "dormant"
        undo(workspace)
        assert lifecycle.of_account(workspace, acme[1]).code == "active"

    def test_what_is_missing_or_wrong_is_told_beside_its_field(self, panel, workspace, acme):
        panel.save()
        assert panel.rows["reason"].finding.text()
        panel.reason.setText("in talks")
        for wrong in ("whenever", "2020-01-01"):
            panel.until.setText(wrong)
            panel.save()
            assert panel.rows["until"].finding.text()
        assert not panel.isHidden()
        assert lifecycle.of_account(workspace, acme[1]).override is None


class TestLists:
    @pytest.fixture
    def page(self, started, qtbot):
        started.window.show_page("contacts")
        page = started.window.page("contacts")
        page.show_filtered("account", NOTHING)
        qtbot.waitUntil(lambda: page.table().records.is_whole)
        return page

    def test_both_are_columns_that_follow_what_is_written(self, page, workspace, acme, qtbot):
        table = page.table()
        table.show_columns(["name", "rhythm", "lifecycle"])

        def cells():
            rows = [table.records.row_of(key) for key in acme]
            return [[table.records.cell(row, each).text for each in table.records.fields[1:]] for row in rows]

        assert cells() == [["14 d", "Active"], ["—", "Dormant"]]
        cadence.put(workspace, VIP, 7)
        assert cells()[0] == ["7 d · 3 d late", "Active"]
        assert table.records.cell(table.records.row_of(acme[0]), table.records.fields[1]).is_late
        activities.log(workspace, Entry("call", "said", acme[1]))
        assert cells()[1] == ["—", "Active"]

    def test_who_is_overdue_is_asked_for_and_leaves_the_list_when_a_call_is_logged(self, page, workspace, acme, qtbot):
        cadence.put(workspace, VIP, 7)
        page.pane().set_filter(Group(ALL, (Test("rhythm", "late"),)))
        records = page.table().records
        qtbot.waitUntil(lambda: list(records.keys) == [acme[0]])
        activities.log(workspace, Entry("call", "said", acme[0]))
        qtbot.waitUntil(lambda: list(records.keys) == [])
        undo(workspace)
        qtbot.waitUntil(lambda: list(records.keys) == [acme[0]])

    def test_the_row_below_the_heads_asks_for_both(self, page, workspace, acme, qtbot):
        table = page.table()
        table.show_columns(["name", "rhythm", "lifecycle"])
        row = page.pane().row
        row.show(shown=True)
        cadence.put(workspace, VIP, 7)
        records = table.records
        for name, code, left in (("rhythm", "late", [acme[0]]), ("lifecycle", "dormant", [acme[1]])):
            row._editors[name].committed.emit([code])
            qtbot.waitUntil(lambda left=left: list(records.keys) == left)
            row._editors[name].committed.emit([])
            qtbot.waitUntil(lambda: len(records.keys) == 2)


def test_today_follows_another_rhythm_and_what_a_list_asks_for(started, workspace, acme, qtbot):
    started.window.show_page("today")
    page = started.window.page("today")
    qtbot.waitUntil(lambda: page.cards[DORMANT].section is not None)

    def shown():
        return [each.title for each in page.cards[DORMANT].section.items]

    assert shown() == []
    cadence.put(workspace, VIP, 7)
    qtbot.waitUntil(lambda: shown() == ["Acme"])
    saved = lists.save(workspace, SavedView(0, "Z", Account, Group(ALL, (Test("name", "begins", ("Z",)),))))
    cadence.put(workspace, Scope(LIST, str(saved)), 50)
    qtbot.waitUntil(lambda: shown() == ["Acme", "Zeta"])
    activities.log(workspace, Entry("call", "said", acme[0]))
    qtbot.waitUntil(lambda: shown() == ["Zeta"])


def test_who_has_a_rhythm_of_ones_own_is_marked_in_the_tree_until_a_talk_is_logged(started, workspace, acme, marked):
    model = started.window.page("accounts").tree.model
    person, _findings = contacts.create(workspace, {"full_name": "Anna", "tags": "fair"}, acme[0])
    contacts.create(workspace, {"full_name": "Bert"}, acme[0])
    _account, private = accounts.create_person(workspace, {"full_name": "Cleo", "tags": "fair"})
    for each in (person, private):
        activities.log(workspace, Entry("call", "said", contacts=[each], at=NOW - timedelta(days=20)))
    model.expand(model.row_of("account", acme[0]))
    marked()
    cadence.put(workspace, Scope(TAG, str(tags.named(workspace, "fair"))), 15)
    marked(Anna=20, Cleo=20, Zeta=100)
    assert "20 days since the last activity" in model.summary(model.row_of("contact", person))
    activities.log(workspace, Entry("call", "said", contacts=[person]))
    marked(Cleo=20, Zeta=100)
    undo(workspace)
    marked(Anna=20, Cleo=20, Zeta=100)


def test_today_counts_them_as_the_list_does_that_it_opens(started, workspace, acme, qtbot):
    long_ago = NOW - timedelta(days=90)
    with workspace.write("Make") as session:
        people = [Contact(full_name=f"P{number}", created_at=long_ago) for number in range(8)]
        session.add_all(people)
        session.flush()
        keys = [each.id for each in people]
        session.add_all(Tagging(tag_id=tags.named(workspace, "fair"), contact_id=key) for key in keys)
    started.window.turn_to("today")
    page = started.window.page("today")
    card = page.cards[OVERDUE]
    qtbot.waitUntil(lambda: card.section is not None)
    assert not card.isVisible(), "nobody has a rhythm of one's own"
    cadence.put(workspace, Scope(TAG, str(tags.named(workspace, "fair"))), 60)
    qtbot.waitUntil(lambda: card.title.text() == "Overdue contacts  8")
    card.more.click()
    shown = started.window.page("contacts").table().records
    qtbot.waitUntil(lambda: not shown.is_reading() and len(shown.keys) == 8)
    activities.log(workspace, Entry("call", "said", contacts=keys[:7]))
    started.window.turn_to("today")
    qtbot.waitUntil(lambda: card.title.text() == "Overdue contacts  1")
    activities.log(workspace, Entry("call", "said", contacts=keys[7:]))
    qtbot.waitUntil(lambda: card.title.text() == "Overdue contacts")
    assert card.isVisible()
