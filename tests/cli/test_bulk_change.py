"""Changing many records from a file that says what and which, as the window's worker does."""

import json

import pytest

from crm_desktop.cli import run
from crm_desktop.model import Contact
from crm_desktop.services import records
from crm_desktop.store.opening import open_workspace


@pytest.fixture
def people(workspace):
    """Three people, closed again; gives their keys."""
    with workspace.write("Many") as session:
        session.insert_rows(Contact, [{"full_name": name} for name in ("张三", "李四", "Anna Schneider")])
    with workspace.read() as session:
        keys = sorted(session.scalars(Contact.__table__.select().with_only_columns(Contact.id)))
    workspace.close()
    return keys


@pytest.fixture
def bulk(folder, tmp_path, capsys):
    """bulk(do="tag", …) runs the verb with these options; gives exit code, output and complaints."""

    def bulk(*flags, **options):
        file = tmp_path / "options.json"
        file.write_text(json.dumps(options), encoding="utf-8")
        code = run(["bulk", str(file), *flags, "--data", str(folder.path), "--lang", "en"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return bulk


def test_chosen_records_are_changed_and_told_in_json(people, bulk, folder):
    code, out, _err = bulk(
        "--json", **{"do": "change", "with": ["hobby", "golf"], "entity": "contact", "keys": people[:2]}
    )
    told = json.loads(out)
    assert (code, told["changed"], told["refused"]) == (0, 2, [])
    workspace = open_workspace(folder)
    hobbies = [records.load(workspace, Contact, key).fields["hobby"].value for key in people]
    workspace.close()
    assert hobbies == ["golf", "golf", None]


def test_all_that_a_list_holds_is_changed(people, bulk):
    kept = {"filter": {"all": [{"path": "full_name", "operator": "contains", "values": ["三"]}]}}
    code, out, _err = bulk(**{"do": "tag", "with": [["vip"]], "entity": "contact", "listing": kept})
    assert (code, out) == (0, "Tag “vip” on 1 contact\n")


@pytest.mark.parametrize(
    "options", [{}, {"do": "burn", "entity": "contact", "keys": []}, {"do": "delete", "entity": "contact"}]
)
def test_a_file_that_says_nothing_changes_nothing(people, bulk, options):
    code, _out, err = bulk(**options)
    assert code == 1
    assert "does not say what is to be changed" in err
