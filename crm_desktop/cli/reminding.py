"""The verb that says what is to be done by now: remind."""

from __future__ import annotations

from argparse import Namespace
from datetime import time

from crm_desktop import settings
from crm_desktop.cli.common import DONE, Verb, answer, folder_of, opened, say, takes_json
from crm_desktop.i18n import N_, _


def remind(args: Namespace) -> int:
    """Print the tasks that are due, the longest due first, and the birthdays; none of them counts as told by that."""
    from crm_desktop.services import birthdays, reminders
    from crm_desktop.services.clock import now

    morning = time.fromisoformat(settings.load(folder_of(args).settings).morning)
    with opened(args, waits=False) as workspace:
        clock = now(morning)
        coming = [each.as_due() for each in birthdays.look(workspace, clock).due]
        due = (*reminders.look(workspace, clock).due, *coming)
    if args.json:
        answer({"due": due})
        return DONE
    for each in due:
        at = f"{each.due_at.astimezone():{'%Y-%m-%d %H:%M' if each.has_time else '%Y-%m-%d'}}"
        key = str(each.task or each.contact)
        say("  ".join(filter(None, (key, at, _("late") if each.is_late else "", each.title, each.who))))
    if not due:
        say(_("Nothing is due."))
    return DONE


VERBS = {"remind": Verb(N_("List the tasks that are due, and the birthdays that are near."), takes_json, remind)}
