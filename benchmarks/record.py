"""Opening a record: account or contact with its fields, people and the first page of its timeline."""

from random import Random

from benchmarks.figures import Goal, took
from benchmarks.plain import bare
from benchmarks.timeline import PAGE
from benchmarks.window import program, until_painted

RECORDS = 60
TALKS_WITH = (
    "SELECT y.* FROM activity_party p JOIN activity y ON y.id = p.activity_id WHERE p.contact_id = ?"
    " AND y.deleted_at IS NULL ORDER BY y.at DESC LIMIT 60"
)
QUERIES = {
    "account": (
        "SELECT * FROM account WHERE id = ?",
        "SELECT * FROM channel WHERE account_id = ? AND deleted_at IS NULL",
        "SELECT * FROM address WHERE account_id = ? AND deleted_at IS NULL",
        "SELECT t.name FROM tagging g JOIN tag t ON t.id = g.tag_id WHERE g.account_id = ? AND g.deleted_at IS NULL",
        "SELECT f.*, c.full_name FROM affiliation f JOIN contact c ON c.id = f.contact_id WHERE f.account_id = ?",
        PAGE,
    ),
    "contact": (
        "SELECT * FROM contact WHERE id = ?",
        "SELECT * FROM channel WHERE contact_id = ? AND deleted_at IS NULL",
        "SELECT * FROM address WHERE contact_id = ? AND deleted_at IS NULL",
        "SELECT t.name FROM tagging g JOIN tag t ON t.id = g.tag_id WHERE g.contact_id = ? AND g.deleted_at IS NULL",
        "SELECT f.*, a.name FROM affiliation f JOIN account a ON a.id = f.account_id WHERE f.contact_id = ?",
        TALKS_WITH,
    ),
}


def run(bench):
    """Open some records of each kind, chosen from all over the base."""
    with program(bench.folder) as studio, bare(bench.folder) as connection:
        page = studio.window.page("accounts")
        studio.desk.open("account", bench.facts["busy"])
        studio.settle()
        for entity in ("account", "contact"):
            keys = [
                key for (key,) in connection.execute(f"SELECT id FROM {entity} WHERE deleted_at IS NULL ORDER BY id")
            ]
            keys = iter(Random(bench.seed).choices(keys, k=2 * bench.few(RECORDS)))

            def ours(entity=entity, keys=keys):
                key = next(keys)
                return [_opened(studio, page, entity, key)]

            def limit(entity=entity, keys=keys):
                key = next(keys)
                return [took(lambda: [connection.execute(each, (key,)).fetchall() for each in QUERIES[entity]])]

            bench.compare(
                f"open a{'n' if entity == 'account' else ''} {entity}",
                ours,
                limit,
                rounds=RECORDS,
                against="its rows by plain SQL",
                goal=Goal(p95=50),
            )


def _opened(studio, page, entity, key):
    return until_painted(page.detail, lambda: studio.desk.open(entity, key), lambda: page.current() == (entity, key))
