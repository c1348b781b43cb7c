"""The verb that prints what the day asks for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from crm_desktop.cli.common import DONE, Verb, answer, opened, say, takes_json, takes_limit
from crm_desktop.i18n import N_, _

USUAL = 20


def _declare(parser: ArgumentParser) -> None:
    takes_limit(parser, USUAL, _("at most so many of each section"))
    takes_json(parser)


def today(args: Namespace) -> int:
    """Print the sections of the day, the empty ones left out; in JSON all of them."""
    from crm_desktop.services import today as day
    from crm_desktop.services import today_words as words

    at = day.now()
    with opened(args, waits=False) as workspace, workspace.read() as session:
        sections = day.read_all(session, at, args.limit)
    if args.json:
        answer({"at": at.at, "sections": sections})
        return DONE
    for each in sections:
        if each.count:
            say(f"{words.title(each.code)} {words.count(each)}")
        for item in each.items:
            say(f"  {words.sentence(item, at)}")
    if not any(each.count for each in sections):
        say(_("All done. Nothing is due."))
    return DONE


VERBS = {"today": Verb(N_("Print what is due, who waits, and whose birthday it is."), _declare, today)}
