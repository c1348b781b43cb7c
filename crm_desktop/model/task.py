"""What is to happen next: tasks, meetings, and series of them made from templates."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from crm_desktop.model.base import Entity, link
from crm_desktop.model.fields import field
from crm_desktop.model.kinds import At, Choice, Code, Flag, Line, LongText, Number
from crm_desktop.model.types import Key

TO_DO, MEETING = "todo", "meeting"
NORMAL = "normal"


class Task(Entity):
    """Something to be done by a day or a moment; one that has an end, or people, is an appointment in the calendar.

    Without `has_time` only the day of `due_at` counts, see `text/whole_day.py`. A task that repeats makes the next one
    when it is done; `repeat_of_id` leads back.
    """

    __tablename__ = "task"

    title: Mapped[Line] = field("Task", search=True)
    kind: Mapped[Code] = field("Kind of task", kind=Choice("task_kind"), default=TO_DO, server_default=TO_DO)
    due_at: Mapped[At | None] = field("Due", index=True)
    has_time: Mapped[Flag] = field("At a time of day", default=False)
    ends_at: Mapped[At | None] = field("Ends")
    start_at: Mapped[At | None] = field("Start")
    priority: Mapped[Code] = field("Priority", kind=Choice("priority"), default=NORMAL, server_default=NORMAL)
    place: Mapped[Line | None] = field("Place")
    note: Mapped[LongText | None] = field("Note")
    repeat: Mapped[str | None] = mapped_column(String(200))
    """A rule of RFC 5545 such as `FREQ=WEEKLY;INTERVAL=2`; nothing for a task that is done once."""
    remind_minutes: Mapped[Number | None] = field("Remind before")
    done_at: Mapped[At | None] = field("Done")
    account_id: Mapped[int | None] = link("account.id")
    contact_id: Mapped[int | None] = link("contact.id")
    activity_id: Mapped[int | None] = link("activity.id", part_of=True)
    """The talk in which it was agreed."""
    result_id: Mapped[int | None] = link("activity.id")
    """The talk that did it."""
    repeat_of_id: Mapped[int | None] = link("task.id")
    template_item_id: Mapped[int | None] = link("task_template_item.id", index=False)
    calendar_uid: Mapped[str | None] = mapped_column(String(200), index=True)
    """What an appointment that came from another calendar is called there."""
    owner_id: Mapped[int | None] = mapped_column(Key)


class TaskParty(Entity):
    """A contact who takes part in an appointment, besides the one that a task is about."""

    __tablename__ = "task_party"

    task_id: Mapped[int] = link("task.id", part_of=True)
    contact_id: Mapped[int] = link("contact.id")


class TaskTemplate(Entity):
    """A series of tasks that is made at once, such as those after a trade show."""

    __tablename__ = "task_template"

    name: Mapped[Line] = field("Template")
    contact_type: Mapped[Code | None] = field("For contacts of type", kind=Choice("contact_type"))
    position: Mapped[int] = mapped_column(default=0)


class TaskTemplateItem(Entity):
    """One task of a series: so many days after the day on which the series begins."""

    __tablename__ = "task_template_item"

    template_id: Mapped[int] = link("task_template.id", part_of=True)
    title: Mapped[Line] = field("Task")
    kind: Mapped[Code] = field("Kind of task", kind=Choice("task_kind"), default=TO_DO)
    offset_days: Mapped[int] = mapped_column(default=0)
    at_time: Mapped[str | None] = mapped_column(String(5))
    """A time of day such as `10:00`; nothing where only the day counts."""
    position: Mapped[int] = mapped_column(default=0)
