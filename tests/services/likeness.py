"""What two data files have in common when one was made from the other: the dump without identities and times."""

import json

from crm_desktop.store import dump

NOT_COMPARED = {"id", "created_at", "created_by", "source", "name_order", "person_account_id"}


def likeness(workspace, *tables):
    """The living rows of tables as sorted texts, with names in place of identities."""
    data = json.loads(dump.text(workspace))
    names = {
        row["id"]: row.get("name") or row.get("full_name") or row.get("summary") or ""
        for table in data.values()
        for row in table
    }
    return {table: sorted(_row(each, names) for each in data[table]) for table in tables}


def _row(row, names):
    told = {
        name: names.get(value, "gone") if name.endswith("_id") else value
        for name, value in row.items()
        if name not in NOT_COMPARED
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
