"""Writing a plan for real and taking it back at once, so that a preview is known to hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.jobs import Job, Progress, all_stays
from crm_desktop.model import ENTITIES
from crm_desktop.services.importing.parts import PARTS
from crm_desktop.services.importing.plan import Counts, Plan
from crm_desktop.services.importing.preparing import newest
from crm_desktop.services.importing.writing import Writer
from crm_desktop.store.trial import inserted, taken_back
from crm_desktop.store.workspace import Workspace


class TriedOut(UserError):
    """What was written does not agree with the plan."""


def try_out(workspace: Workspace, plan: Plan) -> Job[Counts]:
    """What writing a plan comes to, found out by doing it page by page and taking each page back at once.

    Nobody waits for it longer than one page takes. Raises TriedOut when the plan promised something else.
    """
    writer = Writer(plan, workspace.author)
    made: Counter[str] = Counter()
    with all_stays():
        if plan.new_fields:
            with taken_back(workspace) as session:
                writer.make_fields(session)
        done, total = 0, writer.total
        with workspace.read() as reading:
            if newest(reading) != plan.basis:
                raise TriedOut(_("The data changed since the preview. Please check again."))
            for rows, drafts in writer.pages(reading):
                with taken_back(workspace) as session:
                    made[rows.table] += inserted(session, ENTITIES[rows.table], rows.columns, rows.alike)
                done += drafts
                yield Progress(done, total, _("Trying it out"))
        for table, page in writer.changed():
            with taken_back(workspace) as session:
                writer.update_page(session, table, page)
            done += len(page)
            yield Progress(done, total, _("Trying it out"))
    counts = replace(plan.counts, **{each.counted_as: made[each.entity] for each in PARTS})
    if counts != plan.counts:
        raise TriedOut(_("The trial came to other numbers than the preview. Nothing was written; please check again."))
    return counts
