"""A scripted tour of all pages with a watchdog on the event loop: nothing may hold that for long."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from benchmarks.figures import Goal
from benchmarks.lists import listed, table_of
from benchmarks.watchdog import Watchdog
from benchmarks.window import drag, program, wheel, work_until

SETTLE = 120
LONGEST, WORTH_TELLING = 50, 50
"""Milliseconds."""
TYPED = ("zw", "张", "8000", "wang", "软件", "info")


def run(bench):
    """Take every step twice: what is shown for the first time may import a module, and is told apart."""
    with program(bench.folder) as studio, Watchdog().watching() as dog:
        for turn in ("first", "again"):
            for name, step in steps(bench, studio):
                dog.take(f"{name}, {turn}" if turn == "first" else name)
                step()
                studio.settle(SETTLE)
        dog.take("")
        studio.settle(SETTLE)
    told = sorted((each for each in dog.worst() if each[0]), key=lambda each: -each[1].wall)
    bench.note("longest block of each step", [held for _name, held, _place in told], goal=Goal(worst=LONGEST))
    for name, held, place in told:
        if held.wall > WORTH_TELLING:
            bench.note(name, [held], goal=Goal(worst=LONGEST), facts={"in": place} if place else {})


def steps(bench, studio):
    """The steps by their names."""
    busy, group = bench.facts["busy"], bench.facts["group"]
    window, desk = studio.window, studio.desk
    page = window.page("accounts")
    yield "the tree", partial(window.show_page, "accounts")
    yield "open a busy account", partial(desk.open, "account", busy)
    yield "open a group", lambda: page.tree.model.expand(page.tree.model.reveal("account", group))
    yield "close it", lambda: page.tree.model.collapse(page.tree.model.reveal("account", group))
    yield "wheel on the tree", lambda: wheel(page.tree.view, bench.few(40))
    yield "drag the tree", lambda: drag(page.tree.view, bench.few(10))
    yield "wheel on the timeline", lambda: wheel(page.timeline.view, -bench.few(60))
    yield "filter the tree", partial(_type, page.tree.box, "zw")
    yield "and show all again", page.tree.clear_filter
    yield "an edit", partial(_edit, studio, busy)
    yield "a call logged", partial(_log, studio, busy)
    yield "undo", desk.undo
    yield "undo again", desk.undo
    for entity in ("contact", "account"):
        yield from _list_steps(bench, studio, entity)
    yield "open a contact", lambda: desk.open("contact", table_of(studio, "contact").records.keys[-1])
    yield from _panel_steps(studio)
    for code in (each.code for each in window.kinds):
        yield f"page {code}", partial(window.show_page, code)


def _list_steps(bench, studio, entity):
    def table():
        return table_of(studio, entity)

    def show(**wanted):
        there = table()
        there.records.show(replace(there.records.listing, **wanted))
        work_until(lambda: there.records.listed_as == there.records.listing and listed(there))

    yield f"list of {entity}s", lambda: work_until(lambda: listed(table()))
    yield f"sort {entity}s by phone", partial(show, order="mobile" if entity == "contact" else "phone")
    yield f"sort {entity}s by name", partial(show, order="")
    yield f"filter {entity}s", partial(show, text="zw")
    yield f"all {entity}s again", partial(show, text="")
    yield f"wheel on {entity}s", lambda: wheel(table(), bench.few(60))
    yield f"drag {entity}s", lambda: drag(table(), bench.few(10))
    yield f"choose all {entity}s", lambda: table().selectAll()
    yield f"choose none of the {entity}s", lambda: table().clearSelection()


def _panel_steps(studio):
    from crm_desktop.ui.scenes import close_panels

    def search():
        studio.desk.ask("find")
        box = studio.panel("Search").box
        for text in TYPED:
            _type(box, text)
            studio.settle(60)
            box.clear()
        close_panels(studio)

    def panel(what):
        studio.desk.ask(what)
        studio.settle(60)
        close_panels(studio)

    yield "search", search
    yield "quick add", partial(panel, "quick_add")
    yield "export panel", partial(panel, "export")


def _type(box, text):
    """Type into a search box; hanzi come as an input method gives them."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QInputMethodEvent

    box.setFocus(Qt.FocusReason.OtherFocusReason)
    if text.isascii():
        QTest.keyClicks(box, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(box, event)


def _edit(studio, key):
    from crm_desktop.model import Account
    from crm_desktop.services import records

    studio.desk.save(partial(records.change, studio.desk.workspace, Account, key, "description", "很忙"))


def _log(studio, key):
    from crm_desktop.services import activities

    entry = activities.Entry("call", "电话沟通：报价已发。", key)
    studio.desk.save(partial(activities.log, studio.desk.workspace, entry))
