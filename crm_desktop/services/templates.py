"""Templates: series of tasks that are made at once, such as those after a trade show; looked after and made.

A few are built in. They are spoken in the language of the window until somebody changes one: then it becomes a row
like any other, and the built-in one stays away, as does one that was deleted. Which of them stay away is kept in the
data, and so undone with the step that said it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import Invalid, Missing
from crm_desktop.i18n import N_, _
from crm_desktop.model import SharedSetting, TaskTemplate, TaskTemplateItem, picks
from crm_desktop.model.task import TO_DO
from crm_desktop.services.tasks import LONGEST_TITLE
from crm_desktop.store.workspace import Workspace, Writing
from crm_desktop.text.folding import clean, fold

GONE = "templates.gone"
CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")
EARLIEST, LATEST = -365, 3650
MOST_ITEMS = 50
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a series."""

    title: str
    kind: str = TO_DO
    offset_days: int = 0
    """So many days after the day on which the series begins; before it when negative."""
    at_time: str = ""
    """Such as `10:00`; nothing where only the day counts."""
    key: int | None = None
    """Its `TaskTemplateItem`, where there is one."""


@dataclass(frozen=True, slots=True)
class Template:
    """A series of tasks."""

    key: int
    """Of its `TaskTemplate`; a negative number for one that is built in."""
    name: str
    contact_type: str = ""
    """Of contacts of this type it is offered first."""
    items: tuple[Item, ...] = ()

    @property
    def is_built_in(self) -> bool:
        """Whether it is one that came with the program and that nobody changed."""
        return self.key < 0


_BUILT_IN = (
    Template(
        -1,
        N_("After a trade show"),
        "prospect",
        (
            Item(N_("Send a thank-you mail"), "mail", 1),
            Item(N_("Call about what was discussed"), "call", 2),
            Item(N_("Visit with a proposal"), "visit", 14),
        ),
    ),
    Template(
        -2,
        N_("After a quote"),
        "",
        (
            Item(N_("Ask whether the quote arrived"), "call", 1),
            Item(N_("Talk the quote through"), "call", 5),
            Item(N_("Ask for the decision"), "call", 14),
        ),
    ),
    Template(
        -3,
        N_("After delivery"),
        "existing",
        (
            Item(N_("Ask how the first days went"), "call", 3),
            Item(N_("Visit and see it in use"), "visit", 30),
            Item(N_("Ask for a recommendation"), "mail", 60),
        ),
    ),
)


def listed(session: Session) -> list[Template]:
    """Every template in its order, those that are built in last."""
    rows = session.scalars(
        select(TaskTemplate).where(TaskTemplate.deleted_at.is_(None)).order_by(TaskTemplate.position, TaskTemplate.id)
    ).all()
    return [*(_read(session, each) for each in rows), *(_translated(each) for each in _built_in(session))]


def everything(workspace: Workspace) -> list[Template]:
    """Every template in its order."""
    with workspace.read() as session:
        return listed(session)


def named(workspace: Workspace, name: str) -> Template:
    """The template of this name; raises Missing when there is none."""
    wanted = fold(clean(name))
    found = next((each for each in everything(workspace) if fold(each.name) == wanted), None)
    if found is None:
        raise Missing(_("There is no template “{name}”.").format(name=name))
    return found


def offered(templates: Sequence[Template], types: Iterable[str]) -> list[Template]:
    """Templates in the order in which they are offered for contacts of these types."""
    fitting = set(types)
    return sorted(templates, key=lambda each: each.contact_type not in fitting)


def make(workspace: Workspace, name: str, contact_type: str = "", items: Sequence[Item] = ()) -> int:
    """A new template, as one step; gives its key. Raises Invalid, by field, for what cannot be."""
    wanted = _tidy(Template(0, name, contact_type, tuple(items)))
    with workspace.write(_("New template “{name}”").format(name=wanted.name)) as session:
        _check(session, wanted)
        return _put(session, TaskTemplate(position=_end(session)), wanted).id


def change(workspace: Workspace, template: Template) -> int:
    """Have a template be as given; gives its key, a new one where it was built in. Raises Invalid, by field."""
    wanted = _tidy(template)
    with workspace.write(_("Change template “{name}”").format(name=wanted.name)) as session:
        _check(session, wanted)
        row = _own(session, wanted.key)
        return _put(session, row, wanted).id


def remove(workspace: Workspace, key: int) -> None:
    """Put a template in the bin; the tasks that were made from it stay."""
    with workspace.write("") as session:
        template = _of_key(session, key)
        session.call(_("Delete template “{name}”").format(name=template.name))
        if template.is_built_in:
            _send_away(session, [key])
            return
        for item in _items(session, key):
            session.remove(item)
        session.remove(_row(session, key))


def move(workspace: Workspace, key: int, place: int) -> int:
    """Put a template at another place, counted from 0; gives its key, as those that were built in become rows."""
    with workspace.write("") as session:
        template = _of_key(session, key)
        session.call(_("Move template “{name}”").format(name=template.name))
        order = [each for each in listed(session) if each.key != key]
        order.insert(min(max(place, 0), len(order)), template)
        for position, each in enumerate(order):
            row = _own(session, each.key)
            if each.is_built_in:
                _put(session, row, each)
            row.position = position
            if each.key == key:
                moved = row
        return moved.id


def _own(session: Writing, key: int) -> TaskTemplate:
    """The row of a template; one that is built in gets a row and stays away from now on."""
    if key > 0:
        return _row(session, key)
    _of_key(session, key)
    _send_away(session, [key])
    return TaskTemplate(position=_end(session))


def _put(session: Writing, row: TaskTemplate, wanted: Template) -> TaskTemplate:
    row.name, row.contact_type = wanted.name, wanted.contact_type or None
    session.add(row)
    session.flush()
    there = {each.id: each for each in _items(session, row.id)}
    for position, item in enumerate(wanted.items):
        kept = there.pop(item.key or 0, None) or TaskTemplateItem(template_id=row.id)
        kept.title, kept.kind, kept.offset_days = item.title, item.kind, item.offset_days
        kept.at_time, kept.position = item.at_time or None, position
        session.add(kept)
    for each in there.values():
        session.remove(each)
    return row


def _read(session: Session, row: TaskTemplate) -> Template:
    items = tuple(
        Item(each.title, each.kind, each.offset_days, each.at_time or "", each.id) for each in _items(session, row.id)
    )
    return Template(row.id, row.name, row.contact_type or "", items)


def _items(session: Session, template: int) -> Sequence[TaskTemplateItem]:
    query = select(TaskTemplateItem).where(
        TaskTemplateItem.template_id == template, TaskTemplateItem.deleted_at.is_(None)
    )
    return session.scalars(query.order_by(TaskTemplateItem.position, TaskTemplateItem.id)).all()


def _row(session: Session, key: int) -> TaskTemplate:
    row = session.get(TaskTemplate, key)
    if row is None or row.deleted_at is not None:
        raise Missing(_("This template has been deleted."))
    return row


def _of_key(session: Session, key: int) -> Template:
    found = next((each for each in listed(session) if each.key == key), None)
    if found is None:
        raise Missing(_("This template has been deleted."))
    return found


def _built_in(session: Session) -> list[Template]:
    setting = _setting(session)
    gone = json.loads(setting.value) if setting else []
    return [each for each in _BUILT_IN if each.key not in gone]


def _translated(template: Template) -> Template:
    items = tuple(replace(each, title=_(each.title)) for each in template.items)
    return replace(template, name=_(template.name), items=items)


def _setting(session: Session) -> SharedSetting | None:
    return session.scalar(select(SharedSetting).where(SharedSetting.name == GONE, SharedSetting.deleted_at.is_(None)))


def _send_away(session: Writing, keys: Iterable[int]) -> None:
    setting = _setting(session)
    if setting is None:
        session.add(SharedSetting(name=GONE, value=json.dumps(sorted(keys))))
    else:
        setting.value = json.dumps(sorted({*json.loads(setting.value), *keys}))
    session.flush()


def _end(session: Session) -> int:
    last = session.scalar(select(func.max(TaskTemplate.position)).where(TaskTemplate.deleted_at.is_(None)))
    return 0 if last is None else last + 1


def _tidy(template: Template) -> Template:
    """A template without blanks at its edges, and without items that say nothing."""
    items = tuple(
        replace(each, title=clean(each.title)[:LONGEST_TITLE], at_time=_clock(each.at_time))
        for each in template.items
        if each.title.strip()
    )
    by_day = sorted(items, key=lambda each: (each.offset_days, each.at_time))
    return replace(template, name=clean(template.name), items=tuple(by_day))


def _clock(text: str) -> str:
    """A time of day as it is kept; raises Invalid for what is none."""
    plain = text.strip().replace("：", ":")
    if not plain:
        return ""
    if not CLOCK.fullmatch(plain):
        raise Invalid({"items": _("“{text}” is not a time of day such as 10:00.").format(text=text[:20])})
    return plain.rjust(5, "0")


def _check(session: Session, wanted: Template) -> None:
    """Refuse what no template can be: raises Invalid."""
    taken = {fold(each.name) for each in listed(session) if each.key != wanted.key}
    if not wanted.name:
        raise Invalid({"name": _("A template needs a name.")})
    if len(wanted.name) > LONGEST_NAME:
        raise Invalid({"name": _("This name is too long: the limit is {limit}.").format(limit=LONGEST_NAME)})
    if fold(wanted.name) in taken:
        raise Invalid({"name": _("There is a template “{name}” already.").format(name=wanted.name)})
    _check_items(wanted)


def _check_items(wanted: Template) -> None:
    if not wanted.items:
        raise Invalid({"items": _("A template needs at least one task.")})
    if len(wanted.items) > MOST_ITEMS:
        raise Invalid({"items": _("A template has at most {limit} tasks.").format(limit=MOST_ITEMS)})
    known = [each.code for each in picks.of("task_kind")]
    wrong = next((each.kind for each in wanted.items if each.kind not in known), None)
    if wrong is not None:
        raise Invalid({"items": _("“{name}” is not one of {choices}.").format(name=wrong, choices=", ".join(known))})
    if not all(EARLIEST <= each.offset_days <= LATEST for each in wanted.items):
        message = _("The day has to be between {least} and {most}.")
        raise Invalid({"items": message.format(least=EARLIEST, most=LATEST)})
