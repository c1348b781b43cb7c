"""Icons of one family, Phosphor, drawn from its font in the tones of the theme; they change with it by themselves."""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from crm_desktop.overriding import override
from crm_desktop.ui import theme

MEANINGS = {
    # kinds of activity
    "call": "phone-call",
    "visit": "map-pin",
    "mail": "envelope-simple",
    "chat": "chat-circle-text",
    "note": "note-pencil",
    "meeting": "users-three",
    "task": "check-square-offset",
    "message": "chat-text",
    "no_answer": "phone-x",
    "incoming": "phone-incoming",
    "outgoing": "phone-outgoing",
    # things
    "account": "buildings",
    "contact": "users",
    "person": "user",
    "lead": "lightning",
    "deal": "target",
    "deals": "columns",
    "activity": "chats-circle",
    "event": "ticket",
    "product": "package",
    "file": "file",
    "pdf": "file-pdf",
    "attachment": "paperclip",
    "tag": "tag",
    "list": "bookmark-simple",
    "duplicates": "users-four",
    "pool": "waves",
    # pages
    "today": "sun-horizon",
    "tasks": "check-square-offset",
    "relations": "tree-structure",
    "reports": "chart-bar",
    "calendar": "calendar-blank",
    "import": "tray",
    "settings": "gear-six",
    "org_chart": "tree-structure",
    "map": "share-network",
    # cards
    "contact_details": "identification-card",
    "position": "briefcase",
    "profile": "user-focus",
    "needs": "chat-centered-text",
    "result": "sparkle",
    "rules": "sliders-horizontal",
    "address": "map-trifold",
    "address_book": "address-book",
    "birthday": "cake",
    "dormant": "moon",
    "verify": "shield-check",
    "warmth": "thermometer-simple",
    # people's parts and views
    "decision_maker": "crown-simple-fill",
    "technical": "gear-six-fill",
    "user": "wrench-fill",
    "finance": "coin-fill",
    "sponsor": "handshake",
    "influencer": "megaphone-simple",
    "supports": "thumbs-up",
    "neutral": "minus-circle",
    "against": "thumbs-down",
    "left": "sign-out",
    # what one can do
    "add": "plus",
    "edit": "pencil-simple",
    "delete": "trash",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "history": "clock-counter-clockwise",
    "search": "magnifying-glass",
    "filter": "funnel-simple",
    "sort": "sort-ascending",
    "columns": "columns",
    "merge": "git-merge",
    "copy": "copy",
    "link": "link-simple",
    "open": "arrow-square-out",
    "export": "export",
    "print": "printer",
    "scan": "qr-code",
    "quick_add": "lightning-fill",
    "remind": "bell",
    "schedule": "calendar-plus",
    "scheduled": "calendar-check",
    "fix": "magic-wand",
    "undone": "arrow-counter-clockwise",
    "refresh": "arrows-clockwise",
    "send": "paper-plane-tilt",
    "download": "download-simple",
    "show": "eye",
    "hide": "eye-slash",
    "pin": "push-pin",
    "hand_over": "handshake",
    "more": "dots-three",
    "close": "x",
    "clear": "x-circle",
    "back": "arrow-left",
    "forward": "arrow-right",
    "up": "caret-up-bold",
    "down": "caret-down-bold",
    "expand": "caret-right-bold",
    "collapse": "caret-down-bold",
    "check": "check",
    "tick": "check-bold",
    "star": "star",
    "starred": "star-fill",
    "skip": "prohibit",
    "nothing": "minus-circle",
    # states
    "ok": "check-circle-fill",
    "warn": "warning-fill",
    "err": "warning-circle-fill",
    "info": "info",
    "stale": "clock-counter-clockwise-bold",
    "doubt": "warning",
    "saved": "check-circle",
    "offline": "wifi-slash",
    "data": "database",
    "backup": "hard-drives",
    "lock": "lock-simple",
    "sample": "flask",
    "help": "question",
    "import_file": "file-arrow-down",
    "export_file": "file-arrow-up",
    "folder": "folder-open",
    "table": "table",
    "phone": "phone",
    "globe": "globe-simple",
    "language": "translate",
    "theme": "moon-stars",
    "keyboard": "keyboard",
    "home": "house-simple",
    "group": "circles-three",
    "reading": "book-open",
    "idea": "lightbulb",
}
EIGHTHS = 8


def icon(name: str, tone: str = "text2", size: int = 18) -> QIcon:
    """An icon by our meaning or by its name in the family; checked buttons show it filled and in the accent tone."""
    glyph(name)
    return QIcon(_Engine(name, tone, size))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, tone: str = "text2") -> None:
    """Draw an icon as large as fits into the middle of `rect`."""
    area = QRectF(rect)
    side = min(area.width(), area.height())
    ratio = painter.device().devicePixelRatioF()
    drawn = _drawn(name, theme.tone(tone).rgba(), round(side * EIGHTHS), ratio)
    corner = area.center() - QRectF(0, 0, side, side).center()
    painter.drawPixmap(QRectF(round(corner.x()), round(corner.y()), side, side), drawn, QRectF(drawn.rect()))


def glyph(name: str) -> str:
    """The letter of the icon font that draws this; KeyError when there is no such icon."""
    return chr(_letter(MEANINGS.get(name, name)))


def filled(name: str) -> str:
    """The solid twin of an icon, or the icon itself when it has none."""
    plain = MEANINGS.get(name, name)
    solid = f"{plain}-fill"
    return solid if f'"{solid}"' in _letters() else plain


class _Engine(QIconEngine):
    """Draws at the moment of painting, so that an icon never keeps the colours of a theme that is gone."""

    def __init__(self, name: str, tone: str, size: int) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, *self._dress(mode, state))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        name, tone = self._dress(mode, state)  # Qt asks in device pixels and sets their ratio itself
        return _drawn(name, theme.tone(tone).rgba(), min(size.width(), size.height()) * EIGHTHS, 1.0)

    @override
    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    @override
    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        return [QSize(self._size, self._size)]

    @override
    def isNull(self) -> bool:
        return False

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone, self._size)

    def _dress(self, mode: QIcon.Mode, state: QIcon.State) -> tuple[str, str]:
        if mode == QIcon.Mode.Disabled:
            return self._name, "disabled"
        if state == QIcon.State.On:
            return filled(self._name), "accentText"
        return self._name, self._tone


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: int, eighths: int, ratio: float) -> QPixmap:
    """One picture, `eighths` of a logical pixel wide, for screens of this pixel ratio."""
    pixels = max(1, round(eighths / EIGHTHS * ratio))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(_family())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.setFont(font)
    painter.setPen(theme.colour_of(colour))
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _fonts() -> Path:
    """Where the package that carries the font keeps it; importing it would read every font it has."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome")
    return Path(spec.origin).parent / "fonts"


@cache
def _letters() -> str:
    """All names with the numbers of their letters, as JSON: few of the thousands are ever asked for."""
    return next(_fonts().glob("phosphor-charmap-*.json")).read_text(encoding="utf-8")


@cache
def _letter(name: str) -> int:
    after = _letters().partition(f'"{name}": "')[2]
    if not after:
        raise KeyError(name)
    return int(after[: after.index('"')], 16)


@cache
def _family() -> str:
    path = next(_fonts().glob("phosphor-*.ttf"))
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number)[0]
