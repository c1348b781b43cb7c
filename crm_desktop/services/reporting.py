"""Who reports to whom at an account."""

from __future__ import annotations

from crm_desktop.errors import Invalid
from crm_desktop.i18n import _
from crm_desktop.model import Affiliation
from crm_desktop.services.records import living
from crm_desktop.store.workspace import Workspace

DEEPEST = 1000


def set_boss(workspace: Workspace, affiliation: int, boss: int | None) -> None:
    """Have a person report to a colleague at the same account, or to nobody; raises Invalid for a circle."""
    with workspace.write(_("Change who they report to")) as session:
        record = living(session, Affiliation, affiliation)
        above = living(session, Affiliation, boss) if boss else None
        if above is not None and above.account_id != record.account_id:
            raise Invalid({"reports_to_id": _("Choose somebody at the same account.")})
        for _step in range(DEEPEST):
            if above is None:
                break
            if above.id == affiliation:
                raise Invalid(
                    {"reports_to_id": _("Nobody can report to themselves, or to somebody who reports to them.")}
                )
            above = session.get(Affiliation, above.reports_to_id) if above.reports_to_id else None
        record.reports_to_id = boss
