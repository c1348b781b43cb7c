"""The verb that fills an empty data folder: sample."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from crm_desktop.cli.common import DONE, PROBLEMS, Verb, complain, finished, opened, say
from crm_desktop.i18n import N_, _

USUAL = 60


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--accounts", type=int, default=USUAL, metavar="N", help=_("how many accounts"))
    parser.add_argument("--seed", type=int, default=0, metavar="S", help=_("the same number gives the same data"))
    parser.add_argument(
        "--contacts", type=float, default=2.5, metavar="N", help=_("contacts of an account, on average")
    )
    parser.add_argument(
        "--activities", type=float, default=4.0, metavar="N", help=_("activities of an account, on average")
    )
    parser.add_argument("--documents", action="store_true", help=_("also the four example accounts of the documents"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))


def sample(args: Namespace) -> int:
    """Fill the data folder; one that holds people's data is left as it is."""
    from crm_desktop.services.sample import PEOPLE, Amounts, documents, fill, is_empty

    with opened(args, make=True) as workspace:
        if not is_empty(workspace):
            complain(_("The data folder is not empty and was left as it is. Name an empty one with --data."))
            return PROBLEMS
        amounts = Amounts(args.contacts, args.activities)
        filled = finished(fill(workspace, max(args.accounts, 0), args.seed, amounts), tell=args.progress)
        if args.documents:
            filled.accounts += len(documents(workspace))
            filled.contacts += len(PEOPLE)
    counts = {"accounts": filled.accounts, "contacts": filled.contacts, "activities": filled.activities}
    text = _("Made {accounts} accounts, {contacts} contacts and {activities} activities.")
    say(text.format(**{name: f"{count:,}" for name, count in counts.items()}))
    return DONE


VERBS = {"sample": Verb(N_("Fill an empty data folder with believable data."), _declare, sample)}
