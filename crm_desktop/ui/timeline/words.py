"""What a timeline says about an entry: its line of facts, days and next steps, and all of it for a screen reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.text.dates import show_day

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble, NextStep

CALL, NOTE, SYSTEM, IN, OUT = "call", "note", "system", "in", "out"
ICONS = {
    CALL: "call",
    "visit": "visit",
    "mail": "mail",
    "chat": "chat",
    NOTE: "note",
    "meeting": "meeting",
    "message": "message",
    "letter": "mail",
    SYSTEM: "info",
}
OUTCOMES = {
    "reached": ("ok", "check"),
    "no_answer": ("warn", "no_answer"),
    "interested": ("ok", "supports"),
    "not_interested": ("err", "against"),
    "later": ("plain", "schedule"),
}
"""Tone and icon of an outcome."""
NAMES_SHOWN = 2


def kind_icon(kind: str) -> str:
    """The icon of a kind of activity; kinds that people added have a common one."""
    return ICONS.get(kind, "activity")


def kind_word(kind: str) -> str:
    """The word for a kind of activity."""
    from crm_desktop.model import picks

    return picks.label("activity_kind", kind)


def outcome_word(outcome: str) -> str:
    """The word for what came of it."""
    from crm_desktop.model import picks

    return picks.label("outcome", outcome)


def me(bubble: Bubble) -> str:
    """Who wrote an entry."""
    return bubble.author or _("Me")


def facts(bubble: Bubble, subject: int | None, account: int | None = None) -> str:
    """The line above a bubble but for the time.

    `subject` is the contact whose timeline it is, not named again; nor is `account`, only another one than that.
    """
    word = kind_word(bubble.kind)
    named = [each.name for each in bubble.people if bubble.direction == IN or each.id != subject]
    who = _people(named)
    if bubble.kind == NOTE:
        parts = [word, me(bubble), who]
    elif bubble.direction == IN:
        parts = [who, word, _("incoming") if bubble.kind == CALL else ""]
    else:
        parts = [word, _("outgoing") if bubble.kind == CALL else "", who]
    if bubble.minutes:
        parts.append(ngettext("{count} min", "{count} min", bubble.minutes))
    if account is not None and bubble.account_id != account:
        parts.append(bubble.account)
    ours = _people([each.name for each in bubble.colleagues])
    parts += [bubble.place, _("with {names} of us").format(names=ours) if ours else ""]
    if bubble.details_confirmed:
        parts.append(_("details confirmed"))
    return " · ".join(filter(None, parts))


def _people(names: list[str]) -> str:
    shown = _(", ").join(names[:NAMES_SHOWN])
    return f"{shown} +{len(names) - NAMES_SHOWN}" if len(names) > NAMES_SHOWN else shown


def clock(at: datetime) -> str:
    """The time of day, here."""
    return f"{at.astimezone():%H:%M}"


def day_of(at: datetime) -> date:
    """The day of a moment, here."""
    return at.astimezone().date()


def day_words(day: date, today: date) -> str:
    """“Today · Sat Nov 21”, “Wed Nov 18”."""
    shown = show_day(day, today, language())
    if day == today:
        return f"{_('Today')} · {shown}"
    if day == today - timedelta(days=1):
        return f"{_('Yesterday')} · {shown}"
    return shown


def moment_words(at: datetime, today: date, *, has_time: bool) -> str:
    """“Tue Nov 24 10:00”, or the day alone."""
    shown = show_day(day_of(at), today, language())
    return f"{shown} {clock(at)}" if has_time else shown


def step_words(step: NextStep, today: date) -> str:
    """A next step in one line: when, and what."""
    when = moment_words(step.due_at, today, has_time=step.has_time) if step.due_at else ""
    return " · ".join(filter(None, (when, step.title)))


def is_late(step: NextStep, now: datetime) -> bool:
    """Whether a next step should have been done: its moment is over, or its day where it has no time."""
    if step.is_done or step.due_at is None:
        return False
    return step.due_at < now if step.has_time else day_of(step.due_at) < day_of(now)


def spoken(bubble: Bubble, today: date) -> str:
    """Everything about an entry, as a screen reader says it."""
    parts = [day_words(day_of(bubble.at), today), clock(bubble.at), facts(bubble, None, 0), bubble.summary]
    if bubble.outcome:
        parts.append(outcome_word(bubble.outcome))
    parts += [_("File {name}").format(name=each.name) for each in bubble.files]
    for step in bubble.next_steps:
        said = _("Next step done: {step}") if step.is_done else _("Next step: {step}")
        parts.append(said.format(step=step_words(step, today)))
    return ". ".join(filter(None, parts))
