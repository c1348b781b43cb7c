"""The list of contacts: first paint, sorting, filtering, the way to the end, wheel and thumb."""

from dataclasses import replace

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QTableView

from benchmarks.figures import Goal
from benchmarks.plain import asking, bare
from benchmarks.window import drag, program, until_painted, wheel, work_until

PLAIN_ROWS = 3_000
PLAIN = (
    "SELECT c.full_name, a.name, f.title, c.hobby, c.birthday, c.gender, c.note, c.created_at FROM contact c"
    " LEFT JOIN affiliation f ON f.id = c.main_affiliation_id LEFT JOIN account a ON a.id = f.account_id"
    " WHERE c.deleted_at IS NULL ORDER BY c.sort_key, c.id"
)
KEYS = "SELECT id FROM contact WHERE deleted_at IS NULL ORDER BY {}, id"
MOBILE = (
    "(SELECT min(norm) FROM channel WHERE kind = 'mobile' AND contact_id = contact.id AND channel.deleted_at IS NULL)"
)
SORTS = {"full_name": "sort_key", "birthday": "birthday", "mobile": MOBILE}
"""Columns to sort by, with what plain SQL would order by."""
FILTERS = {
    "two hanzi 张伟": ("张伟", "SELECT id FROM contact WHERE name_key LIKE '%张伟%' AND deleted_at IS NULL"),
    "initials zw": ("zw", None),
    "four digits 8000": ("8000", "SELECT contact_id FROM channel WHERE norm LIKE '%8000%' AND deleted_at IS NULL"),
}
NOTCHES, STOPS = 200, 60


def run(bench):
    """Everything on the list of contacts of a program that is up."""
    with program(bench.folder) as studio, bare(bench.folder) as connection:
        table = table_of(studio, "contact")
        work_until(lambda: listed(table))
        _first_paint(bench, studio)
        _orders(bench, table, connection)
        _filters(bench, table, connection)
        _way_to_the_end(bench, table, connection)
        _scroll(bench, studio, table)


def table_of(studio, entity):
    """The table of a list of records, shown."""
    studio.window.show_page("contacts")
    page = studio.window.page("contacts")
    page.tabs.set_value(entity)
    return page.tables[entity]


def listed(table):
    """Whether all keys of a list are there."""
    records = table.records
    return not records.is_reading() if hasattr(records, "is_reading") else bool(records.keys)


def is_filled(table):
    """Whether the first row in sight has its values."""
    row = max(table.rowAt(1), 0)
    return table.model().rowCount() > 0 and bool(table.model().index(row, 0).data())


def _first_paint(bench, studio):
    """A list made anew and shown beside Qt's own model of a query, which holds no more than what is in sight."""
    from crm_desktop.model import Contact
    from crm_desktop.store.queries import Listing

    kept = []

    def ours():
        kept.clear()

        def show():
            table = type(studio.window.page("contacts").tables["contact"])(
                studio.desk.workspace, Listing(Contact), "Contacts"
            )
            kept.append(table)
            table.resize(1360, 760)
            table.show()
            table.records.show(table.records.listing)

        return [until_painted(lambda: kept[0], show, lambda: is_filled(kept[0]))]

    database = QSqlDatabase.addDatabase("QSQLITE", "plain")
    database.setConnectOptions("QSQLITE_OPEN_READONLY")
    database.setDatabaseName(str(bench.folder / "crm.db"))
    database.open()

    def limit():
        kept.clear()

        def show():
            model = QSqlQueryModel()
            model.setQuery(PLAIN, database)
            kept.append(_plain_table(model))

        return [until_painted(lambda: kept[0], show, lambda: is_filled(kept[0]))]

    name = "first paint, rows in sight"
    bench.compare(name, ours, limit, against="QSqlQueryModel in a QTableView", goal=Goal(ratio=1.5))
    work_until(lambda: not kept or not hasattr(kept[0], "records") or listed(kept[0]))
    kept.clear()
    database.close()


def _plain_table(model, like=None):
    table = QTableView()
    table.setModel(model)
    table.model_kept = model
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(like.rowHeight(0) if like else 40)
    table.resize(like.size() if like else table.size().expandedTo(table.size()))
    if like:
        table.setHorizontalScrollMode(like.horizontalScrollMode())
        for place in range(model.columnCount()):
            table.setColumnWidth(place, like.columnWidth(place))
    else:
        table.resize(1360, 760)
    table.show()
    return table


def _relist(table, **wanted):
    """How long it takes until another order or filter is on screen."""
    listing = replace(table.records.listing, **wanted)
    stack = table.parentWidget()  # another widget stands there when nothing is found
    shown = until_painted(
        tuple(map(stack.widget, range(stack.count()))),
        lambda: table.records.show(listing),
        lambda: table.records.listed_as == listing and (is_filled(table) or not table.records.keys),
    )
    work_until(lambda: listed(table))
    return shown


def _orders(bench, table, connection):
    for name, order in SORTS.items():
        bench.compare(
            f"sort by {name}",
            lambda name=name: [_relist(table, order=name, descending=not table.records.listing.descending)],
            asking(connection, KEYS.format(order)),
            against="the keys by plain SQL",
            goal=Goal(worst=1000),
        )
    _relist(table, order="", descending=False)


def _filters(bench, table, connection):
    for name, (text, statement) in FILTERS.items():

        def ours(text=text):
            found = _relist(table, text=text)
            _relist(table, text="")
            return [found]

        limit = asking(connection, statement) if statement else None
        bench.compare(f"filter: {name}", ours, limit, against="LIKE over all rows")


def _way_to_the_end(bench, table, connection):
    bar = table.verticalScrollBar()

    def ours():
        bar.setValue(0)
        work_until(lambda: is_filled(table))
        return [until_painted(table.viewport(), lambda: bar.setValue(bar.maximum()), lambda: is_filled(table))]

    last = "SELECT * FROM contact WHERE deleted_at IS NULL ORDER BY sort_key DESC, id DESC LIMIT 64"
    bench.compare("jump to the end", ours, asking(connection, last), against="the last 64 rows by plain SQL")
    bar.setValue(0)


def _scroll(bench, studio, table):
    """Frames beside those of Qt's own model, filled, in a plain table of the same size."""
    rows = min(PLAIN_ROWS, table.model().rowCount())
    model = QStandardItemModel(rows, table.model().columnCount())
    for row in range(rows):
        for column in range(model.columnCount()):
            model.setItem(row, column, QStandardItem(table.model().index(row, column).data() or ""))
    plain = _plain_table(model, like=table)
    studio.settle()
    for name, move, goal in (
        ("wheel, a frame", lambda view: wheel(view, bench.few(NOTCHES)), Goal(ratio=1.5)),
        ("thumb dragged, a frame", lambda view: drag(view, bench.few(STOPS)), Goal(p95=33)),
    ):

        def there(view, move=move):
            view.verticalScrollBar().setValue(0)
            studio.settle(0)
            return move(view)

        bench.compare(
            name,
            lambda there=there: there(table),
            lambda there=there: there(plain),
            rounds=2,
            against="QStandardItemModel in a plain table",
            goal=goal,
        )
    plain.close()
