"""Writing many contacts at once, as an import does, beside the same rows written by the bare driver; and their undo."""

from contextlib import contextmanager
from types import SimpleNamespace

from benchmarks.figures import Goal, Took, number, took
from benchmarks.plain import bare
from crm_desktop.text.believable import Believer

ROWS = {"XS": 200, "S": 5_000, "M": 50_000, "L": 50_000}
TABLES = ("contact", "affiliation", "channel", "change_set", "change_item")


def run(bench):
    """Write, take what was written, remove it, and write it again plainly."""
    from crm_desktop.jobs import finish
    from crm_desktop.store.folder import DataFolder
    from crm_desktop.store.opening import open_workspace
    from crm_desktop.store.search_later import catching_up
    from crm_desktop.store.undo import undo

    rows = bench.rows or ROWS[bench.size]
    workspace = open_workspace(DataFolder(bench.folder))
    made = list(_people(workspace, rows, bench.seed))
    _write(workspace, list(_people(workspace, 3, bench.seed)))  # loads what the first write needs
    with bare(bench.folder, read_only=False) as connection:
        ours = took(lambda: _write(workspace, made))
        words = took(lambda: finish(catching_up(workspace)))
        newest = workspace.undo_target()
        ready = [(table, *_rows(connection, table, newest)) for table in TABLES]
        tokens = list(_tokens(workspace, ready[0][2]))
        back = _sum(took(lambda: undo(workspace)), took(lambda: finish(catching_up(workspace))))
        removed = took(lambda: _remove(connection, ready))
        plain = took(lambda: _write_plainly(connection, ready))
        plain_words = took(lambda: _index_plainly(connection, tokens))
        again = took(lambda: _remove(connection, ready))
    workspace.close()
    against = "the same rows and ready tokens by executemany"
    bench.note(
        f"{rows:,} contacts with account and phone, until found",
        [_sum(ours, words)],
        [_sum(plain, plain_words)],
        against=against,
        goal=Goal(ratio=1.5),
        facts={"durable after": number(ours.wall), "plain rows alone": number(plain.wall)},
    )
    bench.note("undo of that", [back], [removed, again], against="the rows deleted by SQL", goal=Goal(ratio=3))


def _sum(one, other):
    return Took(one.wall + other.wall, one.cpu + other.cpu)


def _people(workspace, count, seed):
    """New contacts, each with a place of work and a phone."""
    from crm_desktop.model.ids import clock

    believer = Believer(seed)
    with workspace.read() as session:
        accounts = session.connection().exec_driver_sql("SELECT id FROM account LIMIT 1000").scalars().all()
    for place, key in enumerate(clock.block(count)):
        person = believer.person()
        mobile = person["mobile"]
        yield (
            {"id": key, "full_name": person["full_name"], "gender": person["gender"]},
            {"account_id": accounts[place % len(accounts)], "contact_id": key, "title": person["title"]},
            {"contact_id": key, "kind": "mobile", "raw": mobile[3:], "norm": mobile, "country": "CN"},
        )


def _write(workspace, made):
    from crm_desktop.model import Affiliation, Channel, Contact

    with workspace.write("Bulk") as session:
        for entity, rows in zip((Contact, Affiliation, Channel), zip(*made, strict=True), strict=True):
            session.insert_rows(entity, list(rows))


def _rows(connection, table, step):
    """The statement that inserts the rows of a step, and the rows."""
    if table in ("change_set", "change_item"):
        tail = f"WHERE {'id' if table == 'change_set' else 'set_id'} = {step}"
    else:
        tail = f"WHERE id IN (SELECT row_id FROM change_item WHERE set_id = {step} AND entity = '{table}')"
    found = connection.execute(f"SELECT * FROM {table} {tail}")
    names = [each[0] for each in found.description]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", found.fetchall()


def _tokens(workspace, contacts):
    from crm_desktop.store import search

    keys = [row[0] for row in contacts]
    with workspace.read() as session:
        for start in range(0, len(keys), search.BATCH):
            yield search.tokens_of(session.connection(), "contact", keys[start : start + search.BATCH])


def _remove(connection, ready):
    """Take the rows out by SQL, those of the step's own undo with them."""
    _table, _statement, contacts = ready[0]
    with _at_once(connection):
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.gone")
        connection.executemany("INSERT INTO temp.gone VALUES (?)", [row[:1] for row in contacts])
        connection.execute("DELETE FROM search_contact WHERE rowid IN (SELECT id FROM temp.gone)")
        for table, _statement, rows in ready:
            if table in ("contact", "affiliation", "channel"):
                connection.executemany(f"DELETE FROM {table} WHERE id = ?", [row[:1] for row in rows])
            else:
                column = "id" if table == "change_set" else "set_id"
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", rows[0][:1])


def _write_plainly(connection, ready):
    with _at_once(connection):
        for _table, statement, rows in ready:
            connection.executemany(statement, rows)


def _index_plainly(connection, tokens):
    """Put tokens in that are ready, by the statement of the program's own."""
    from crm_desktop.store import search

    below = SimpleNamespace(connection=SimpleNamespace(driver_connection=connection))
    with _at_once(connection):
        for page in tokens:
            search.put_in(below, "contact", page)


@contextmanager
def _at_once(connection):
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")
