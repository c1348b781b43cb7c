"""The verb that says what is to be done by now: remind."""

from __future__ import annotations

from argparse import Namespace
from datetime import time

from crm_desktop import settings
from crm_desktop.cli.common import DONE, Verb, answer, folder_of, opened, say, takes_json
from crm_desktop.i18n import N_, _


def remind(args: Namespace) -> int:
    """Print the tasks that are due, the longest due first; none of them counts as told by that."""
    from crm_desktop.services import reminders
    from crm_desktop.services.clock import now

    morning = time.fromisoformat(settings.load(folder_of(args).settings).morning)
    with opened(args, waits=False) as workspace:
        due = reminders.look(workspace, now(morning)).due
    if args.json:
        answer({"due": due})
        return DONE
    for each in due:
        at = f"{each.due_at.astimezone():{'%Y-%m-%d %H:%M' if each.has_time else '%Y-%m-%d'}}"
        say("  ".join(filter(None, (str(each.task), at, _("late") if each.is_late else "", each.title, each.who))))
    if not due:
        say(_("Nothing is due."))
    return DONE


VERBS = {"remind": Verb(N_("List the tasks that are due."), takes_json, remind)}
