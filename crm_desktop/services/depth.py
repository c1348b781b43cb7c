"""How often one was in touch with somebody lately, in which ways, and how deep that went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import bindparam, case, func, select

from crm_desktop.i18n import _
from crm_desktop.model import Activity, picks
from crm_desktop.model.types import UTCTime
from crm_desktop.services.activity_queries import IS_TOUCH, PARTS, Statements
from crm_desktop.store.workspace import Workspace

SHORT, LONG = 30, 90
"""The days that are looked back, as the filter “in the last … days” counts them."""
POINTS: Mapping[str, int] = {"visit": 5, "meeting": 5, "call": 3, "mail": 2, "chat": 2, "letter": 2, "message": 1}
"""What a touch of each kind is worth; one that came from them, one more. A note is no touch of theirs."""
FROM_THEM = "in"


@dataclass(frozen=True, slots=True)
class Depth:
    """The touches of the last 30 and 90 days by kind, and how many of the latter came from them."""

    short: Mapping[str, int] = field(default_factory=dict)
    long: Mapping[str, int] = field(default_factory=dict)
    incoming: int = 0

    @property
    def score(self) -> int:
        """The points of 90 days."""
        return sum(POINTS.get(kind, 0) * count for kind, count in self.long.items()) + self.incoming

    @property
    def counts(self) -> str:
        """Both numbers of touches, the shorter time first."""
        return f"{sum(self.short.values()):,} / {sum(self.long.values()):,}"

    def by_kind(self) -> str:
        """The touches of each kind in both times, a line each."""
        lines = [
            _("{kind}: {short} in {days} days, {long} in {more} days").format(
                kind=picks.label("activity_kind", kind),
                short=self.short.get(kind, 0),
                long=count,
                days=SHORT,
                more=LONG,
            )
            for kind, count in sorted(self.long.items(), key=lambda each: -each[1])
        ]
        return "\n".join(lines) or _("No touch in {days} days").format(days=LONG)

    def explained(self) -> str:
        """How the score came about, a line for each kind."""
        lines = [
            _("{kind}: {count} × {points}").format(
                kind=picks.label("activity_kind", kind), count=count, points=POINTS.get(kind, 0)
            )
            for kind, count in sorted(self.long.items(), key=lambda each: -each[1])
        ]
        if self.incoming:
            lines.append(_("Came from them: {count} × {points}").format(count=self.incoming, points=1))
        rule = _("Depth {score}: points for the touches of {days} days").format(score=self.score, days=LONG)
        return "\n".join((rule, *lines))


def of_record(workspace: Workspace, entity: str, key: int, today: date | None = None) -> Depth:
    """The touches of an account or contact up to a day; an account's are those of its timeline."""
    today = today or datetime.now().astimezone().date()
    short, long, incoming = Counter[str](), Counter[str](), 0
    times = {"short": _midnight(today, SHORT), "long": _midnight(today, LONG), "end": _midnight(today, -1)}
    with workspace.read() as session:
        for statement in _statements(entity):
            for kind, count, recent, came in session.execute(statement, {"key": key, **times}):
                long[kind] += count
                short[kind] += recent
                incoming += came
    return Depth(+short, dict(long), incoming)


@cache
def _statements(entity: str) -> Statements:
    short, long, end = (bindparam(each, type_=UTCTime) for each in ("short", "long", "end"))
    columns = (
        Activity.kind,
        func.count(),
        func.count(case((Activity.at >= short, 1))),
        func.count(case((Activity.direction == FROM_THEM, 1))),
    )
    return tuple(
        select(*columns).where(*part, IS_TOUCH, Activity.at >= long, Activity.at < end).group_by(Activity.kind)
        for part in PARTS[entity]
    )


def _midnight(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time()).astimezone()
