"""The account tree: first paint, all keys, the group with thousands of branches, wheel and thumb."""

from benchmarks.figures import Goal
from benchmarks.plain import asking, bare
from benchmarks.window import drag, frame, program, until_painted, wheel, work_until

ROOTS = (
    "SELECT a.id, a.name, a.kind, a.level, a.status, a.child_count, a.last_activity_at FROM account a"
    " WHERE a.parent_id IS NULL AND a.deleted_at IS NULL AND a.status <> 'closed' ORDER BY a.sort_key, a.id LIMIT 200"
)
ALL_ROOTS = (
    "SELECT id FROM account WHERE parent_id IS NULL AND deleted_at IS NULL AND status <> 'closed' ORDER BY sort_key, id"
)
BELOW = "SELECT id FROM account WHERE parent_id = ? AND deleted_at IS NULL ORDER BY sort_key, id"
NOTCHES, STOPS = 200, 60


def run(bench):
    """First a tree on its own, then that of the program."""
    with program(bench.folder) as studio, bare(bench.folder) as connection:
        _first_paint(bench, connection)
        pane = studio.window.page("accounts").tree
        work_until(pane.model.is_complete)
        _open_group(bench, pane, connection)
        _scroll(bench, studio, pane)


def _first_paint(bench, connection):
    from crm_desktop.store.outline import Outline, first_page
    from crm_desktop.ui.pages.accounts.tree_pane import TreePane

    kept = []

    def ours():
        kept.clear()

        def show():
            pane = TreePane(*first_page(bench.folder / "crm.db"))
            kept.append(pane)
            pane.resize(286, 800)
            pane.show()

        return [until_painted(lambda: kept[0].view, show, lambda: kept[0].view.model().rowCount() > 0)]

    name, against = "first paint", "the first 200 rows by plain SQL"
    bench.compare(name, ours, asking(connection, ROOTS), against=against, goal=Goal(p50=50))

    def complete():
        kept.clear()
        ours()
        outline = Outline(bench.folder / "crm.db")

        def act():
            kept[0].attach(outline, lambda _text: [])
            work_until(kept[0].model.is_complete)

        found = frame(act)
        kept[0].detach()
        outline.close()
        return [found]

    bench.compare("all accounts at the top", complete, asking(connection, ALL_ROOTS), against="their keys by plain SQL")
    kept.clear()


def _open_group(bench, pane, connection):
    group = bench.facts["group"]
    row = pane.model.reveal("account", group)
    pane.view.scrollTo(pane.model.index(row, 0))

    def ours():
        before = pane.model.rowCount()
        found = until_painted(
            pane.view.viewport(),
            lambda: pane.model.expand(pane.model.row_of("account", group)),
            lambda: pane.model.rowCount() > before,
        )
        pane.model.collapse(pane.model.row_of("account", group))
        work_until(lambda: pane.model.rowCount() == before)
        return [found]

    children = len(connection.execute(BELOW, (group,)).fetchall())
    bench.compare(
        f"open a group of {children:,}",
        ours,
        asking(connection, BELOW, group),
        against="their keys by plain SQL",
        goal=Goal(p50=15),
    )
    pane.model.expand(pane.model.row_of("account", group))


def _scroll(bench, studio, pane):
    bar = pane.view.verticalScrollBar()
    bar.setValue(0)
    studio.settle()
    bench.compare("wheel, a frame", lambda: wheel(pane.view, bench.few(NOTCHES)), rounds=2, goal=Goal(p95=16))
    bench.compare("thumb dragged, a frame", lambda: drag(pane.view, bench.few(STOPS)), rounds=2, goal=Goal(p95=33))
    bar.setValue(0)
