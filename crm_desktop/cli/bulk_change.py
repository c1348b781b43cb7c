"""The verb that changes many records at once, as the window has it done by a process of its own: bulk."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.common import DONE, PROBLEMS, Verb, answer, complain, finished, opened, say, takes_json
from crm_desktop.errors import FileProblem
from crm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.bulk import Target

WAYS = ("change", "tag", "untag", "assign", "delete")
"""What can be done: the verbs of `services/bulk.py`."""


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("options", type=Path, metavar="FILE", help=_("JSON: what is changed, of which records"))
    parser.add_argument("--progress", action="store_true", help=_("print progress to standard error, as lines of JSON"))
    takes_json(parser)


def change_many(args: Namespace) -> int:
    """Change many records as one step."""
    from crm_desktop.services import bulk

    options = _options(args.options)
    with opened(args) as workspace:
        job = getattr(bulk, options["do"])(workspace, _target(options), *options.get("with", ()))
        outcome = finished(job, tell=args.progress)
    if args.json:
        answer(outcome)
        return DONE
    say(outcome.title if outcome.set_id else ngettext("{count} changed", "{count} changed", outcome.changed))
    for each in outcome.refused:
        complain(f"{each.name}: {each.reason}")
    return PROBLEMS if outcome.refused else DONE


def _options(path: Path) -> dict[str, Any]:
    from crm_desktop.model import ENTITIES

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        is_right = found["do"] in WAYS and found["entity"] in ENTITIES and ("keys" in found or "listing" in found)
    except (OSError, ValueError, KeyError, TypeError):
        is_right = False
    if not is_right:
        raise FileProblem(_("{path} does not say what is to be changed.").format(path=path))
    return dict(found)


def _target(options: dict[str, Any]) -> Target:
    from crm_desktop.model import ENTITIES
    from crm_desktop.model.filters import from_json
    from crm_desktop.services.bulk import Chosen
    from crm_desktop.store.queries import Listing

    entity = ENTITIES[options["entity"]]
    if "keys" in options:
        return Chosen(entity, [int(each) for each in options["keys"]])
    kept = options["listing"]
    return Listing(
        entity,
        text=str(kept.get("text", "")),
        closed=bool(kept.get("closed")),
        filter=from_json(kept.get("filter")),
    )


VERBS = {"bulk": Verb(N_("Change many records at once, as one step to undo."), _declare, change_many)}
