"""A dirty workbook in, back out of the base by Undo, in again by Redo, and a clean one out.

Each against a plain limit in the same run, on the same file and rows:
  import: python-calamine reads the file, and ready rows and ready search tokens are written by executemany, with the
          same tables, indexes and settings of the data file;
  undo: the same rows deleted by SQL;
  redo: the limit of the import, because the same tokens go into the search again;
  export: XlsxWriter's typed calls on bare values.
"""

import itertools
import shutil
import tempfile
from pathlib import Path

from benchmarks.harness import alone, best_of
from benchmarks.workbook import write as write_workbook

PAGE = 10_000
ORDER = ("import", "import again", "undo", "redo", "export")
LIMITS = {"import": "limit in", "undo": "limit out", "redo": "limit in", "export": "limit export"}
LINE = "{:14} {:8.2f} {:8.2f} {:>8} {:>6} {:>6} {:>5} {:8,.0f} {:6.0f} {:>8}  {}"
GOALS = {"import": 1.5, "undo": 3.0, "redo": 1.5, "export": 1.3}


def run(rows, rounds=1, seed=1):
    """The figures of every step by name, the best of some rounds, for so many rows."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        book = Path(place, "people.xlsx")
        write_workbook(book, rows, seed)
        for number in range(rounds):
            for name, figure in _round(Path(place, str(number)), book):
                found.setdefault(name, []).append(figure)
    return {name: best_of(figures) for name, figures in found.items()}


def _round(place, book):
    ours, plain = place / "ours", place / "plain"
    alone(make_base, plain)
    yield "import", alone(import_file, ours, book)
    yield "limit in", alone(write_ready, ours, plain, book)
    yield "limit out", alone(delete_rows, plain)
    yield "import again", alone(import_file, ours, book)
    yield "export", alone(export_file, ours, place / "out.xlsx")
    yield "limit export", alone(write_values, ours, place / "plain.xlsx")
    yield "undo", alone(take_back, ours)
    yield "redo", alone(do_again, ours)
    shutil.rmtree(place)


def _opened(folder):
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace

    return open_workspace(DataFolder(folder))


def make_base(_watch, folder):
    """Make an empty data folder."""
    _opened(folder).close()


def import_file(watch, folder, book):
    """Import a workbook as the program does."""
    from crm_desktop.exchange import formats
    from crm_desktop.jobs import finish
    from crm_desktop.services.importing import Options, apply, prepare

    workspace = _opened(folder)
    with watch.part("read"):
        sheet = formats.read(book)
    with watch.part("prepare"):
        plan = finish(prepare(workspace, sheet, Options()))
    with watch.part("save"):
        job = apply(workspace, plan, details=0)
        longest = _longest_silence(job)
    facts = {name: getattr(plan.counts, name) for name in plan.counts.__slots__}
    del sheet, plan, job  # the window's process for the search has none of them
    _catch_up(watch, workspace)
    workspace.close()
    return facts | {"longest_silence": round(longest, 2), "items": _items(folder)}


def _catch_up(watch, workspace):
    """Bring into the search what the step left for later."""
    from crm_desktop.jobs import finish
    from crm_desktop.store.search_later import catching_up

    with watch.part("search"):
        finish(catching_up(workspace))


def _longest_silence(job):
    """Run a job; gives the longest time, in seconds, that it said nothing and could not be cancelled."""
    import time

    longest, before = 0.0, time.perf_counter()
    for _progress in itertools.chain(job, [None]):
        longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
    return longest


def _items(folder):
    with _plain(folder) as connection:
        return connection.execute("SELECT coalesce(max(rows), 0) FROM change_set").fetchone()[0]


def take_back(watch, folder):
    """Undo the newest step."""
    from crm_desktop.store.undo import undoing

    workspace = _opened(folder)
    with watch.part("undo"):
        longest = _longest_silence(undoing(workspace))
    _catch_up(watch, workspace)
    workspace.close()
    return {"longest_silence": round(longest, 2)}


def do_again(watch, folder):
    """Redo it."""
    from crm_desktop.store.undo import redoing

    workspace = _opened(folder)
    with watch.part("redo"):
        longest = _longest_silence(redoing(workspace))
    _catch_up(watch, workspace)
    workspace.close()
    return {"longest_silence": round(longest, 2)}


def export_file(watch, folder, book):
    """Export all contacts to a workbook."""
    from crm_desktop.exchange import formats
    from crm_desktop.jobs import finish
    from crm_desktop.services.export import Wanted, reading

    workspace = _opened(folder)
    with watch.part("write"), reading(workspace, Wanted("contacts")) as made:
        finish(formats.write(book, made))
    workspace.close()


def write_values(watch, folder, book):
    """Write the values of the same export, which are at hand, with nothing but XlsxWriter."""
    import xlsxwriter

    from crm_desktop.jobs import finish
    from crm_desktop.services.export import tables

    workspace = _opened(folder)
    [table] = finish(tables(workspace, "contacts"))
    rows = [tuple(each) for each in table.rows]
    with watch.part("write"), xlsxwriter.Workbook(book, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        for place, row in enumerate(rows):
            _write_row(sheet, place, row)
    workspace.close()


def _write_row(sheet, place, row):
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(place, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(place, column, value)
        elif value is not None:
            sheet.write_datetime(place, column, value)


def write_ready(watch, made, empty, book):
    """Read a workbook and write what an import of it left in `made` into an `empty` base, as plainly as can be."""
    import python_calamine

    ready = _ready(made)
    with _plain(empty) as connection:
        with watch.part("read"):
            python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
        with watch.part("write"):
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in ready:
                connection.executemany(statement, rows)
            connection.execute("COMMIT")
    return {"rows_written": sum(len(rows) for _statement, rows in ready)}


def _plain(folder):
    from contextlib import closing

    from crm_desktop.store.driver import connect

    return closing(connect(folder / "crm.db"))


def _ready(folder):
    """Every row of the newest step, with the statement that inserts it, and the tokens of all records."""
    from crm_desktop.model import ENTITIES
    from crm_desktop.store import search

    workspace = _opened(folder)
    found = []
    with workspace.read() as session:
        connection = session.connection()
        for table in (*ENTITIES, "change_set", "change_item"):
            made = connection.exec_driver_sql(f"SELECT * FROM {table} {_of_newest(table)}")
            found.append(_insertion(table, list(made.keys()), made.all()))
        for entity in search.SEARCHED:
            keys = connection.exec_driver_sql(f"SELECT id FROM {entity} ORDER BY id").scalars().all()
            lines = []
            for page in (keys[start : start + PAGE] for start in range(0, len(keys), PAGE)):
                words = search.words_of(connection, entity, page)
                lines += [(key, each.tokens()) for key, each in sorted(words.items())]
            found.append((f"INSERT INTO search_{entity} (rowid, {search.COLUMN[entity]}) VALUES (?, ?)", lines))
    workspace.close()
    return [(statement, rows) for statement, rows in found if rows]


def _insertion(table, names, rows):
    """The statement that inserts rows, and the rows; columns in which none holds anything are left out."""
    columns = dict(zip(names, zip(*rows, strict=True), strict=False))
    columns = {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    return statement, list(zip(*columns.values(), strict=True))


def _of_newest(table):
    newest = "(SELECT max(id) FROM change_set)"
    if table in ("change_set", "change_item"):
        return f"WHERE {'id' if table == 'change_set' else 'set_id'} = {newest}"
    return f"WHERE id IN (SELECT row_id FROM change_item WHERE set_id = {newest} AND entity = '{table}')"


def delete_rows(watch, folder):
    """Delete the rows of the newest step, and their search tokens, with nothing but SQL."""
    with _plain(folder) as connection:
        tables = [each for (each,) in connection.execute("SELECT DISTINCT entity FROM change_item")]
        with watch.part("delete"):
            connection.execute("BEGIN IMMEDIATE")
            for table in tables:
                if table in ("account", "contact", "activity"):
                    connection.execute(f"DELETE FROM search_{table} WHERE rowid IN (SELECT id FROM {table})")
                connection.execute(f"DELETE FROM {table} {_of_newest(table)}")
            connection.execute("COMMIT")


def lines(rows, figures):
    """The figures as lines of a table."""
    head = ("step", "seconds", "cpu s", "limit", "ratio", "of cpu", "goal", "rows/s", "MB", "silent s", "parts")
    yield "{:14} {:>8} {:>8} {:>8} {:>6} {:>6} {:>5} {:>8} {:>6} {:>8}  {}".format(*head)
    for name in [*ORDER, *dict.fromkeys(LIMITS.values())]:
        if name in figures:
            yield _line(name, rows, figures)


def _line(name, rows, figures):
    figure, limit = figures[name], figures.get(LIMITS.get(name, ""))
    ratio = f"{figure.seconds / limit.seconds:.2f}" if limit else ""
    of_cpu = f"{figure.cpu / limit.cpu:.2f}" if limit else ""
    parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in figure.parts.items())
    cells = (name, figure.seconds, figure.cpu, f"{limit.seconds:.2f}" if limit else "", ratio, of_cpu)
    more = (
        GOALS.get(name, ""),
        rows / figure.seconds,
        figure.megabytes,
        figure.facts.get("longest_silence", ""),
        parts,
    )
    return LINE.format(*cells, *more)
