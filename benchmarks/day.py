"""What the day is made of: the sections of Today, the list of tasks, a week and a month, the queue to verify."""

from datetime import datetime, timedelta
from functools import partial

from benchmarks.figures import Goal, took
from benchmarks.window import program, until_painted

ROUNDS = 10
WHEN = datetime(2026, 11, 20, 10, 30).astimezone()
"""The moment at which the day is looked at; bases are invented up to about then."""
SHOWN = Goal(p95=50)


def run(bench):
    """First what is read, in one thread without a window, then the pages from the click to the paint."""
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    workspace = open_workspace(DataFolder(bench.folder))
    for name, read in _reads(workspace):
        bench.compare(f"read {name}", lambda read=read: [took(read)], rounds=ROUNDS)
    workspace.close()
    with program(bench.folder) as studio:
        studio.window.show_page("settings")
        studio.settle()
        for code in ("today", "tasks", "calendar"):
            page = studio.window.page(code)
            shown = until_painted(page, partial(studio.window.show_page, code))
            studio.settle()
            bench.note(f"show {code} for the first time", [shown], goal=SHOWN)
            bench.compare(f"show {code} again", partial(_shown_again, studio, page, code), rounds=ROUNDS, goal=SHOWN)


def _reads(workspace):
    from crm_desktop.services import birthdays, calendar, task_list, today, verification
    from crm_desktop.services.clock import Now
    from crm_desktop.services.task_list import Asked

    at = Now(WHEN)

    def of(look, *arguments, **options):
        def read():
            with workspace.read() as session:
                return look(session, *arguments, **options)

        return read

    yield "Today, all sections", of(today.read_all, at)
    yield "the first tasks", of(task_list.read, Asked(), at, workspace.author)
    yield "the counts of tasks", of(task_list.counts, Asked(), at, workspace.author)
    for name, days in (("a week", 7), ("six weeks", 42)):
        yield name, of(calendar.read, at.day, at.day + timedelta(days=days - 1), at)
    yield "the queue to verify", of(verification.queue, at)
    yield "birthdays to remind of", lambda: birthdays.look(workspace, at)


def _shown_again(studio, page, code):
    studio.window.show_page("settings")
    studio.settle()
    return [until_painted(page, partial(studio.window.show_page, code))]
