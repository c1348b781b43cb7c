"""How the rows of the day are told: in the window, on the command line and to a screen reader."""

from __future__ import annotations

from crm_desktop.i18n import N_, _, language, ngettext
from crm_desktop.model import picks
from crm_desktop.services.today import Item, Now, Section
from crm_desktop.services.today_rules import BIRTHDAYS, CAPTURED, COMING, DORMANT, LATE, OVERDUE, TODAY, VERIFY
from crm_desktop.text.dates import show_date, show_day

TITLES = {
    LATE: N_("Late"),
    TODAY: N_("Today"),
    CAPTURED: N_("New, not followed up"),
    BIRTHDAYS: N_("Birthdays"),
    DORMANT: N_("Dormant accounts"),
    OVERDUE: N_("Overdue contacts"),
    VERIFY: N_("To verify"),
    COMING: N_("Next 7 days"),
}
NOTHING = {
    LATE: N_("Nothing is late"),
    TODAY: N_("Nothing else today"),
    CAPTURED: N_("Nobody waits"),
    BIRTHDAYS: N_("None soon"),
    DORMANT: N_("None"),
    OVERDUE: N_("None"),
    VERIFY: N_("Nothing"),
    COMING: N_("Nothing planned"),
}
ACTIONS = {
    LATE: N_("Complete task"),
    TODAY: N_("Complete task"),
    CAPTURED: N_("Log a call"),
    BIRTHDAYS: N_("Plan a greeting"),
    DORMANT: N_("Log a call"),
    OVERDUE: N_("Log a call"),
    VERIFY: N_("Still right: verified"),
    COMING: N_("Complete task"),
}
VERY_LATE_DAYS = 90


def title(code: str) -> str:
    """The head of a section."""
    return _(TITLES[code])


def count(section: Section) -> str:
    """How much there is in a section; “999+” where it was not counted to the end."""
    return f"{section.count:,}{'+' if section.is_more else ''}"


def nothing(code: str) -> str:
    """What stands in the place of an empty section."""
    return _(NOTHING[code])


def action(item: Item) -> str:
    """What Space does with a row."""
    return _("Open") if item.is_planned else _(ACTIONS[item.section])


def about(item: Item) -> str:
    """The second line of a row: who and where, or what is to be verified."""
    if item.section == DORMANT:
        level = picks.label("level", item.level)
        last = _("last activity {day}").format(day=show_date(item.at.date(), language())) if item.at else ""
        return " · ".join(filter(None, (level, last)))
    if item.section == VERIFY:
        first = item.channel or item.job or picks.label("level", item.level)
    else:
        first = item.person or item.job
    firm = item.account if item.account not in (item.person, item.title) else ""
    told = (firm, first) if item.section == OVERDUE else (first, firm)  # a long job title may not hide where one is
    return " · ".join(filter(None, (*told, item.owner)))


def when(item: Item, at: Now) -> str:
    """What stands at the right of a row: a time, a day, or for how long."""
    if item.section == TODAY:
        return f"{item.at:%H:%M}" if item.has_time and item.at else _("today")
    if item.section == COMING and item.at:
        day = show_day(item.at.date(), at.day, language())
        return f"{day} {item.at:%H:%M}" if item.has_time else day
    if item.section == BIRTHDAYS:
        return _birthday(item, at)
    return _how_long(item)


def _how_long(item: Item) -> str:
    if item.days is None:
        return _("never verified") if item.section == VERIFY else _("never")
    if item.section == LATE and item.days == 0:
        return _("since {time}").format(time=f"{item.at:%H:%M}")
    if item.section == LATE:
        return ngettext("{count} day late", "{count} days late", item.days)
    if item.section == CAPTURED and item.days == 0:
        return _("today")
    return ngettext("{count} day", "{count} days", item.days)


def _birthday(item: Item, at: Now) -> str:
    assert item.day is not None
    day = _("today") if item.day == at.day else show_day(item.day, at.day, language())
    return day if item.age is None else _("{day}, turns {age}").format(day=day, age=item.age)


def tone(item: Item, at: Now) -> str:
    """The tone of what stands at the right."""
    if item.section == LATE:
        return "err"
    if item.section == BIRTHDAYS:
        return "accentText" if item.day == at.day else "text2"
    if item.section in (DORMANT, OVERDUE):
        return "err" if item.days is None or item.days > VERY_LATE_DAYS else "warn"
    return "text2"


def sentence(item: Item, at: Now) -> str:
    """All that a row says."""
    planned = _("planned") if item.is_planned else ""
    return " · ".join(filter(None, (item.title, about(item), when(item, at), planned)))
