"""How the head of the detail pane puts things: chips, figures and the second line, as plain words."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop.i18n import _, language, ngettext
from crm_desktop.model import picks
from crm_desktop.model.affiliation import CURRENT
from crm_desktop.services.activities import NextStep
from crm_desktop.services.touches import MOST_RECENT, Touch
from crm_desktop.text.dates import show_day, show_soon
from crm_desktop.ui.pages.accounts.detail_data import View

ChipWords = tuple[str, str, str]
"""Word, tone and icon of a chip."""
RECENT_DAYS = 30
ROLES = {
    "decision_maker": ("violet", "decision_maker"),
    "economic_buyer": ("violet", "finance"),
    "approver": ("violet", "check"),
    "influencer": ("violet", "influencer"),
    "evaluator": ("teal", "technical"),
    "technical": ("teal", "technical"),
    "user": ("teal", "user"),
    "finance": ("violet", "finance"),
}
ATTITUDES = {"supporter": ("ok", "supports"), "neutral": ("plain", "neutral"), "opponent": ("err", "against")}


def chips(view: View) -> list[ChipWords]:
    """What is to be known at a glance."""
    return [*(_account_chips(view) if view.entity == "account" else _contact_chips(view)), *_tags(view)]


def _account_chips(view: View) -> list[ChipWords]:
    found = []
    if view.code("level"):
        found.append(_level_chip(view.code("level")))
    status = view.code("status")
    if status != "active":
        look = ("warn", "dormant") if status == "dormant" else ("err", "lock")
        said = _("Status: {status}") if status == "dormant" else "{status}"  # dates have a word for dormant, too
        found.append((said.format(status=view.text("status")), *look))
    if stage := view.text("relationship"):
        found.append((stage, "ok" if view.code("relationship") == "customer" else "plain", ""))
    return found


def _contact_chips(view: View) -> list[ChipWords]:
    found = []
    if view.has_left:
        found.append((picks.label("affiliation_status", "departed"), "plain", "left"))
    if view.main is not None:
        role, attitude = (str(view.main.fields[name].value or "") for name in ("decision_role", "attitude"))
        if role:
            found.append((picks.label("decision_role", role), *ROLES.get(role, ("plain", ""))))
        if view.level:
            found.append(_level_chip(view.level))
        if attitude in ATTITUDES:
            found.append((picks.label("attitude", attitude), *ATTITUDES[attitude]))
    if view.place is not None and view.place.is_primary and view.place.status == CURRENT:
        found.append((_("Primary contact"), "accent", "star"))
    if view.record.fields["do_not_call"].value:
        found.append((view.record.fields["do_not_call"].field.label, "err", "skip"))
    if view.record.fields["do_not_mail"].value:
        found.append((view.record.fields["do_not_mail"].field.label, "err", "skip"))
    return found


def _level_chip(level: str) -> ChipWords:
    return _("{level} account").format(level=picks.label("level", level)), "accent", ""


def _tags(view: View) -> list[ChipWords]:
    return [(name, "plain", "tag") for name in view.record.fields["tags"].value or ()]


def second_line(view: View) -> tuple[str, str, tuple[str, int] | None]:
    """The line below the name: plain words, and the name and address of the record it links to."""
    if view.entity == "contact":
        place = view.place
        if place is None:
            return _("No account yet"), "", None
        words = " · ".join(filter(None, (place.title, place.department)))
        return words, place.account, ("account", place.account_id)
    words = " · ".join(filter(None, (view.text("industry"), view.text("region"))))
    if view.parent is None:
        return words or _("Account"), "", None
    return words, view.parent.name, ("account", view.parent.id)


def last_contact(touch: Touch, today: date) -> str:
    """When we were last in touch."""
    return "—" if touch.last_at is None else ago(touch.last_at, today)


def ago(at: datetime, today: date) -> str:
    """How long ago a moment was: days while they can be counted at a glance, then the day."""
    day = at.astimezone().date()
    days = (today - day).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    return (
        ngettext("{count} day ago", "{count} days ago", days)
        if days <= RECENT_DAYS
        else show_day(day, today, language())
    )


def next_step(step: NextStep | None, now: datetime) -> tuple[str, str]:
    """When something is to be done next, and in which role that is written: late ones stand out."""
    if step is None:
        return "—", "number"
    if step.due_at is None:
        return _("No date"), "accentNumber"
    due = step.due_at.astimezone()
    late = (now.date() - due.date()).days
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late), "errNumber"
    words = show_soon(due.date(), now.date(), language()) if late else _("Today")
    if not step.has_time:
        return words, "accentNumber"
    words = f"{words} {due:%H:%M}"
    return (_("{when}, late").format(when=words), "errNumber") if due < now else (words, "accentNumber")


def next_explained(step: NextStep | None, now: datetime) -> str:
    """What is to be done next, and the whole of its date."""
    if step is None or step.due_at is None:
        return step.title if step else ""
    due = step.due_at.astimezone()
    day = show_day(due.date(), now.date(), language())
    return f"{step.title} · {day} {due:%H:%M}" if step.has_time else f"{step.title} · {day}"


def warmth_explained(touch: Touch, level: int) -> str:
    """How the bars came about."""
    touches = ngettext("{count} touch in 90 days", "{count} touches in 90 days", touch.recent)
    if touch.recent > MOST_RECENT:
        touches = _("more than {count} touches in 90 days").format(count=MOST_RECENT)
    rule = _(
        "Up to 3 bars for the last contact (14, 45 or 90 days ago), up to 2 for touches in 90 days (2, or 6 and more)."
    )
    return _("Warmth {level} of 5: {touches}. {rule}").format(level=level, touches=touches, rule=rule)
