"""Where everything of an entry goes: measured once for a width, so that painting measures nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import theme
from crm_desktop.ui.files.words import file_icon
from crm_desktop.ui.timeline import words
from crm_desktop.ui.timeline.flow import Flow, elided, flow, mark, width_of
from crm_desktop.ui.widgets.chips import HEIGHT as CHIP
from crm_desktop.ui.widgets.chips import chip_width

if TYPE_CHECKING:
    from crm_desktop.services.activities import Bubble, NextStep
    from crm_desktop.services.attachments import Attached

LEFT, RIGHT, MIDDLE = "left", "right", "middle"
EDGE, FACE, BESIDE = 16, 28, 8
INSIDE, ABOVE = 12, 10
META, DAY, AFTER = 20, 38, 12
ICON, ICON_ROOM = 13, 18
WIDEST, SHARE = 420, 0.80
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Setting:
    """What the shapes of one moment have in common."""

    width: int
    now: datetime
    today: date
    subject: int | None = None
    """The contact whose timeline it is."""
    searched: tuple[str, ...] = ()
    account: int | None = None
    """The account whose timeline it is, not named again."""
    greys_others: bool = False
    """Whether what the subject took no part in is greyed."""


@dataclass(slots=True)
class StepBox:
    """A next step inside its bubble."""

    step: NextStep
    area: QRectF
    text: Flow
    tone: str
    icon: str


@dataclass(slots=True)
class FileBox:
    """A file inside its bubble."""

    file: Attached
    area: QRectF
    icon: str


@dataclass(slots=True)
class Shape:
    """One entry with its places, counted from the upper left corner of its row."""

    bubble: Bubble
    side: str
    height: float = 0.0
    day: str = ""
    day_width: float = 0.0
    meta: str = ""
    meta_at: QRectF = field(default_factory=QRectF)
    body: QRectF = field(default_factory=QRectF)
    text: Flow | None = None
    text_at: QPointF = field(default_factory=QPointF)
    face: QRectF = field(default_factory=QRectF)
    name: str = ""
    steps: list[StepBox] = field(default_factory=list)
    files: list[FileBox] = field(default_factory=list)
    outcome: QRectF = field(default_factory=QRectF)
    more: QRectF = field(default_factory=QRectF)
    more_words: str = ""
    is_grey: bool = False

    @property
    def lead(self) -> float:
        """The room that the day above takes."""
        return theme.px(DAY) if self.day else 0.0


def measure(bubble: Bubble, setting: Setting, *, has_day: bool, is_open: bool = False) -> Shape:
    """The shape of an entry; `has_day` when a day begins with it, `is_open` when all its lines are wanted."""
    shape = Shape(bubble, _side(bubble))
    shape.is_grey = setting.greys_others and all(each.id != setting.subject for each in bubble.people)
    if has_day:
        shape.day = words.day_words(words.day_of(bubble.at), setting.today)
        shape.day_width = width_of(shape.day, theme.font(12, 600))
    if bubble.kind == words.SYSTEM:
        _measure_system(shape, setting)
    else:
        _measure_bubble(shape, setting, is_open=is_open or bool(setting.searched))
    return shape


def _side(bubble: Bubble) -> str:
    if bubble.kind in (words.SYSTEM, words.NOTE):
        return MIDDLE
    return LEFT if bubble.direction == words.IN else RIGHT


def _measure_system(shape: Shape, setting: Setting) -> None:
    """A remark of the program in one line: icon, what happened, when."""
    font = theme.font(12)
    clock = words.clock(shape.bubble.at)
    around = theme.px(10 + ICON_ROOM + 10 + 10)
    clock_width = width_of(clock, font)
    room = setting.width - 2 * theme.px(EDGE) - around - clock_width
    shape.meta = elided(" ".join(shape.bubble.summary.split()), font, room)
    width = width_of(shape.meta, font) + around + clock_width
    top = shape.lead + theme.px(4)
    shape.body = QRectF(round((setting.width - width) / 2), top, width, theme.px(26))
    shape.meta_at = shape.body.adjusted(theme.px(10), 0, -theme.px(10), 0)
    shape.height = shape.body.bottom() + theme.px(AFTER)


def _measure_bubble(shape: Shape, setting: Setting, *, is_open: bool) -> None:
    inside, top = theme.px(INSIDE), shape.lead + theme.px(META)
    most = _most_width(shape, setting)
    room = most - 2 * inside
    _flow_parts(shape, setting, room, is_open=is_open)
    width = most if shape.side == MIDDLE else min(most, _inner_width(shape) + 2 * inside)
    left = _left_edge(shape, setting, width)
    bottom = _stack(shape, left + inside, top + theme.px(ABOVE), width - 2 * inside)
    shape.body = QRectF(left, top, width, bottom + theme.px(ABOVE) - top)
    _place_face(shape, setting, top)
    _place_meta(shape, setting)
    shape.height = shape.body.bottom() + theme.px(AFTER)


def _most_width(shape: Shape, setting: Setting) -> float:
    if shape.side == MIDDLE:
        return min(setting.width - 2 * theme.px(EDGE), theme.px(WIDEST))
    beside = setting.width - 2 * theme.px(EDGE) - theme.px(FACE + BESIDE)
    return min(round(setting.width * SHARE), theme.px(WIDEST), beside)


def _flow_parts(shape: Shape, setting: Setting, room: float, *, is_open: bool) -> None:
    bubble = shape.bubble
    if bubble.summary:
        shape.text = flow(bubble.summary, theme.font(14), room, most_lines=0 if is_open else MOST_LINES)
        mark(shape.text, setting.searched, theme.tone("warnLine"), theme.tone("text"))
        if shape.text.hidden:
            shape.more_words = ngettext("Show {count} more line", "Show {count} more lines", shape.text.hidden)
    shape.files = [FileBox(each, QRectF(), file_icon(each.name)) for each in bubble.files]
    small = theme.font(12, 600)
    for step in bubble.next_steps:
        tone, icon = _step_look(step, setting.now)
        said = flow(words.step_words(step, setting.today), small, room - theme.px(30 + 8))
        shape.steps.append(StepBox(step, QRectF(), said, tone, icon))


def _step_look(step: NextStep, now: datetime) -> tuple[str, str]:
    if step.is_done:
        return "plain", "ok"
    return ("err", "warn") if words.is_late(step, now) else ("ok", "scheduled")


def _inner_width(shape: Shape) -> float:
    wanted = [shape.text.width if shape.text else 0.0]
    wanted += [each.text.width + theme.px(30 + 8) for each in shape.steps]
    wanted += [chip_width(each.file.name, each.icon) for each in shape.files]
    if shape.bubble.outcome:
        wanted.append(_outcome_width(shape.bubble))
    if shape.more_words:
        wanted.append(width_of(shape.more_words, theme.font(12, 600)))
    return max(wanted) + 1


def _outcome_width(bubble: Bubble) -> int:
    return chip_width(words.outcome_word(bubble.outcome), words.OUTCOMES.get(bubble.outcome, ("", "info"))[1])


def _left_edge(shape: Shape, setting: Setting, width: float) -> float:
    if shape.side == MIDDLE:
        return round((setting.width - width) / 2)
    beside = theme.px(EDGE + FACE + BESIDE)
    return beside if shape.side == LEFT else round(setting.width - beside - width)


def _stack(shape: Shape, left: float, top: float, width: float) -> float:
    """Put the parts of a bubble below one another; gives where the last one ends."""
    parts = 0
    bottom = top
    if shape.text:
        shape.text_at = QPointF(left, top)
        bottom, parts = top + shape.text.height, 1
    if shape.more_words:
        shape.more = QRectF(left, bottom, width, theme.px(24))
        bottom = shape.more.bottom()
    for box in shape.files:
        bottom += theme.px(6) if parts else 0
        wide = min(chip_width(box.file.name, box.icon), width)
        box.area = QRectF(left, bottom, wide, theme.px(CHIP))
        bottom, parts = box.area.bottom(), parts + 1
    if shape.bubble.outcome:
        bottom += theme.px(6) if parts else 0
        shape.outcome = QRectF(left, bottom, min(_outcome_width(shape.bubble), width), theme.px(CHIP))
        bottom, parts = shape.outcome.bottom(), parts + 1
    for each in shape.steps:
        bottom += theme.px(8) if parts else 0
        each.area = QRectF(left, bottom, width, max(theme.px(28), each.text.height + theme.px(12)))
        bottom, parts = each.area.bottom(), parts + 1
    return bottom


def _place_face(shape: Shape, setting: Setting, top: float) -> None:
    side = theme.px(FACE)
    if shape.side == LEFT:
        people = shape.bubble.people
        shape.name = people[0].name if people else _("Unknown")
        shape.face = QRectF(theme.px(EDGE), top, side, side)
    elif shape.side == RIGHT:
        shape.name = words.me(shape.bubble)
        shape.face = QRectF(setting.width - theme.px(EDGE) - side, top, side, side)


def _place_meta(shape: Shape, setting: Setting) -> None:
    """The line of facts starts where the bubble starts, or ends where ours ends."""
    font, icon = theme.font(12), theme.px(ICON_ROOM)
    faces = theme.px(EDGE) if shape.side == MIDDLE else theme.px(EDGE + FACE + BESIDE)
    room = setting.width - faces - theme.px(EDGE)
    clock = f" · {words.clock(shape.bubble.at)}"
    said = elided(
        words.facts(shape.bubble, setting.subject, setting.account), font, room - icon - width_of(clock, font)
    )
    shape.meta = said + clock
    width = width_of(shape.meta, font) + icon + 1
    left = shape.body.right() - width if shape.side == RIGHT else shape.body.left()
    shape.meta_at = QRectF(max(left, theme.px(EDGE)), shape.lead, width, theme.px(META) - 2)
