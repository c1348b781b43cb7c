"""The migrations make just what the model says, in one piece."""

import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2

from crm_desktop.model import Base
from crm_desktop.store import migrate
from crm_desktop.store.schema import SCHEMA
from crm_desktop.store.search import SEARCHED


def test_models_and_migrations_say_the_same(workspace):
    with workspace.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _parents: not (name or "").startswith("search_")}
        )
        found = compare_metadata(context, Base.metadata)
        links = [(each[0], link_of(each[1])) for each in found if each[0] in ("add_fk", "remove_fk")]
        assert [each for each in found if each[0] not in ("add_fk", "remove_fk")] == []
        # A reference that was added with its column is there, but SQLAlchemy does not read its name.
        assert {link for what, link in links if what == "add_fk"} == {link for what, link in links if what != "add_fk"}


def link_of(constraint):
    """From where to where a foreign key leads."""
    return constraint.table.name, tuple(constraint.column_keys), constraint.referred_table.name


def test_every_reference_is_looked_at_when_a_step_ends(folder):
    connection = dbapi2.connect(str(folder.database))
    made = connection.execute("SELECT sql FROM sqlite_schema WHERE sql LIKE '%REFERENCES%'").fetchall()
    connection.close()
    at_once = re.compile(r"REFERENCES \S+ ?\(\w+\)(?! (?:DEFERRABLE INITIALLY DEFERRED|INITIALLY DEFERRED DEFERRABLE))")
    assert made
    assert [sql for (sql,) in made if at_once.search(sql)] == []


def test_the_number_of_migrations_is_the_version_of_the_file(folder):
    scripts = list((migrate.SCRIPTS / "versions").glob("[0-9]*.py"))
    assert len(scripts) == SCHEMA == migrate.version_of(folder.database)


def test_the_search_tables_are_there(folder):
    connection = dbapi2.connect(str(folder.database))
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'")}
    connection.close()
    assert names == {f"search_{each}" for each in SEARCHED}


def test_migrating_again_changes_nothing(folder):
    before = schema(folder.database)
    migrate.upgrade(folder.database)
    assert schema(folder.database) == before


def schema(path):
    connection = dbapi2.connect(str(path))
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
    connection.close()
    return found
