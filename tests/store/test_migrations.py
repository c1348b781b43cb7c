"""The migrations make just what the model says, in one piece."""

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
        assert compare_metadata(context, Base.metadata) == []


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
