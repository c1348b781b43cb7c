"""Finding disorder in the data file, and mending it."""

from contextlib import closing

import pytest

from crm_desktop.model import Account, Affiliation, Channel, Contact
from crm_desktop.services import records
from crm_desktop.store import dump, search, undo
from crm_desktop.store.check import check
from crm_desktop.store.driver import connect


@pytest.fixture
def sql(workspace):
    """Change the file behind the program's back."""

    def run(statement):
        with workspace.engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql(statement)

    return run


@pytest.fixture
def people(make):
    """One account with one contact and two mobiles."""
    account = make(Account, name="ABC有限公司")
    contact = make(Contact, full_name="张三")
    make(Affiliation, account_id=account, contact_id=contact, title="销售经理", is_primary=True)
    make(Channel, contact_id=contact, kind="mobile", raw="+86 123456789", is_primary=True)
    make(Channel, contact_id=contact, kind="mobile", raw="+86 123456788")
    return account, contact


def codes(faults):
    return [each.code for each in faults]


def test_sound_data_has_no_faults(workspace, people):
    assert check(workspace) == []


def test_what_another_process_did_to_the_search_is_no_damage(workspace, make):
    for number in range(200):
        make(Account, name=f"Firm {number}")
    assert check(workspace) == []
    with workspace.read() as session:
        assert list(search.find(session.connection(), "account", "firm", 1))
    with closing(connect(workspace.path)) as other:
        other.execute("INSERT INTO search_account (search_account) VALUES ('optimize')")
    assert check(workspace) == []


def assert_mended(workspace, code):
    """It is found, told once more while it is mended, and gone afterwards; repairing twice finds nothing."""
    found = check(workspace)
    assert codes(found) == [code]
    assert found[0].text
    assert not found[0].repaired
    [mended] = check(workspace, repair=True)
    assert mended.repaired
    assert check(workspace, repair=True) == []


def test_records_that_a_search_would_miss(workspace, people, sql):
    sql("DELETE FROM search_contact")
    assert_mended(workspace, "index_missing")
    with workspace.read() as session:
        assert list(search.find(session.connection(), "contact", "zs", 5)) == [people[1]]


def test_search_entries_that_lead_nowhere(workspace, people, sql):
    sql("INSERT INTO search_account (rowid, grams_ends) VALUES (12345, 'ghost')")
    assert_mended(workspace, "index_extra")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET child_count = 7",
        "UPDATE contact SET sort_key = 'zzz'",
        "UPDATE contact SET main_affiliation_id = NULL",
        "UPDATE account SET last_activity_at = '2020-01-01 00:00:00.000000'",
    ],
)
def test_keys_counts_and_dates_out_of_step(workspace, people, sql, statement):
    sql(statement)
    assert_mended(workspace, "out_of_step")


def test_more_than_one_primary(workspace, people, sql):
    sql("UPDATE channel SET is_primary = 1")
    assert_mended(workspace, "several_primaries")
    assert records.load(workspace, Contact, people[1]).fields["mobile"].text.startswith("+86 123456789")


def test_living_parts_of_a_record_in_the_bin(workspace, people, sql):
    sql("UPDATE contact SET deleted_at = '2026-01-01 00:00:00.000000'")
    assert codes(check(workspace)) == ["index_extra", "orphans"]
    check(workspace, repair=True)
    assert check(workspace) == []


def test_a_repair_of_records_can_be_undone(workspace, people, sql):
    sql("UPDATE channel SET is_primary = 1")
    before = dump.text(workspace)
    check(workspace, repair=True)
    undo.undo(workspace)
    assert dump.text(workspace) == before


def test_links_that_lead_nowhere_are_told(workspace, people, sql):
    connection = workspace.engine.raw_connection()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE affiliation SET reports_to_id = 99")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.close()
    assert codes(check(workspace)) == ["broken_links"]


def test_a_damaged_file_is_told_before_anything_else(workspace, people, folder):
    workspace.close()
    content = bytearray(folder.database.read_bytes())
    page = content.index("销售经理".encode()) // 4096
    content[page * 4096 : (page + 1) * 4096] = bytes(4096)
    folder.database.write_bytes(content)
    assert codes(check(workspace)) == ["damage"]


def test_looking_changes_nothing(workspace, people, sql):
    sql("UPDATE account SET child_count = 7")
    first = check(workspace)
    assert check(workspace) == first
