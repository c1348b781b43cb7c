"""The timeline of an account with a hundred thousand activities: first paint, wheel, another call, the way back."""

from benchmarks.figures import Goal
from benchmarks.plain import asking, bare
from benchmarks.window import frame, program, until_painted, wheel, work_until

PAGE = (
    "SELECT y.*, u.name, (SELECT group_concat(c.full_name) FROM activity_party p JOIN contact c ON c.id = p.contact_id"
    " WHERE p.activity_id = y.id AND p.deleted_at IS NULL) FROM activity y LEFT JOIN user u ON u.id = y.author_id"
    " WHERE y.account_id = ? AND y.deleted_at IS NULL ORDER BY y.at DESC, y.id DESC LIMIT 60"
)
NOTCHES, CALLS = 300, 20


def run(bench):
    """All on the timeline of the program, beside a query for the page in sight."""
    busy = bench.facts["busy"]
    with program(bench.folder) as studio, bare(bench.folder) as connection:
        page = studio.window.page("accounts")
        other = connection.execute("SELECT max(id) FROM account WHERE deleted_at IS NULL").fetchone()[0]
        studio.desk.open("account", other)
        studio.settle()
        _first_paint(bench, page.timeline, (busy, other), connection)
        _wheel(bench, page.timeline.view)
        _another(bench, studio, page.timeline)


def _first_paint(bench, pane, accounts, connection):
    busy, other = accounts

    def ours():
        pane.show_record("account", other, "")
        work_until(lambda: pane.model.total < bench.facts["amounts"]["activity"])
        return [
            until_painted(pane.view.viewport(), lambda: pane.show_record("account", busy, ""), lambda: pane.model.rows)
        ]

    limit = asking(connection, PAGE, busy)
    result = bench.compare("first paint", ours, limit, against="a page by plain SQL", goal=Goal(p50=60))
    result.facts["entries"] = f"{pane.model.total:,}"


def _wheel(bench, view):
    bench.compare("wheel, a frame", lambda: wheel(view, -bench.few(NOTCHES)), rounds=2, goal=Goal(p95=8))
    bar = view.verticalScrollBar()
    bench.compare("back to the newest", lambda: [frame(lambda: bar.setValue(bar.maximum()))])


def _another(bench, studio, pane):
    """A call that another process has logged comes into sight."""
    from crm_desktop.services import activities
    from crm_desktop.services.activities import Entry
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    aside = open_workspace(DataFolder(bench.folder))
    studio.settle()

    def ours():
        before = pane.model.total
        activities.log(aside, Entry("call", "电话沟通：报价已发。", bench.facts["busy"]))
        with aside.read():
            made = aside.undo_target()
        return [
            until_painted(
                pane.view.viewport(),
                lambda: studio.desk.workspace.announce_set(made),
                lambda: pane.model.total == before + 1,
            )
        ]

    bench.compare("another call comes into sight", ours, rounds=CALLS, goal=Goal(p95=10))
    aside.close()
