"""Colours, type and sizes: the only module that knows a colour; everything else asks for a tone by its name."""

from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.ui import stylesheet

LIGHT = {
    "window": "#F3F4F7",
    "rail": "#E8EBF1",
    "surface": "#FFFFFF",
    "sunken": "#F3F4F7",
    "hover": "#EEF1F6",
    "pressed": "#E2E7F0",
    "selected": "#E6EDFC",
    "line": "#E1E5EC",
    "line2": "#C9D0DB",
    "control": "#858E9E",
    "text": "#171B23",
    "text2": "#4A5363",
    "text3": "#5C6677",
    "disabled": "#9AA3B2",
    "accent": "#2457DB",
    "accentHover": "#1C48BC",
    "accentText": "#2150CB",
    "accentSoft": "#E6EDFC",
    "accentLine": "#B9CBF7",
    "onAccent": "#FFFFFF",
    "ok": "#17723A",
    "okSoft": "#E3F4E9",
    "okLine": "#A9DBBB",
    "warn": "#8A5200",
    "warnSoft": "#FFF2D9",
    "warnLine": "#F2D49B",
    "err": "#B6261D",
    "errSoft": "#FDEAE8",
    "errLine": "#F3B8B3",
    "violet": "#6239CC",
    "violetSoft": "#EFEAFD",
    "teal": "#0A6B7C",
    "tealSoft": "#DFF3F6",
    "bubbleMe": "#E6EDFC",
    "bubbleThem": "#F1F3F7",
    "star": "#E0A100",
    "toast": "#20252E",
    "onToast": "#FFFFFF",
    "toastLink": "#9DBBFF",
    "toastHover": "#343B47",
    "toastMark": "#5CC98A",
    "toastDoubt": "#EDB458",
    "onAvatar": "#FFFFFF",
    "dim": "#5C6677",
    "scrim": "#5A10182A",
    "shadow": "#2E101828",
}
DARK = {
    "window": "#14161B",
    "rail": "#0F1115",
    "surface": "#1B1E25",
    "sunken": "#15171C",
    "hover": "#252A33",
    "pressed": "#2E3440",
    "selected": "#1E2C4D",
    "line": "#2A2F39",
    "line2": "#3B424F",
    "control": "#737D8E",
    "text": "#ECEEF3",
    "text2": "#B3BBC8",
    "text3": "#98A2B3",
    "disabled": "#626B7A",
    "accent": "#4C7DF5",
    "accentHover": "#6A94FA",
    "accentText": "#8FB1FF",
    "accentSoft": "#1E2C4D",
    "accentLine": "#345089",
    "onAccent": "#0B1020",
    "ok": "#5CC98A",
    "okSoft": "#16301F",
    "okLine": "#2C5C3E",
    "warn": "#EDB458",
    "warnSoft": "#35280F",
    "warnLine": "#5F4718",
    "err": "#FF8F85",
    "errSoft": "#3A1C1A",
    "errLine": "#6B322E",
    "violet": "#B79CFF",
    "violetSoft": "#2B2247",
    "teal": "#67CBDA",
    "tealSoft": "#12313A",
    "bubbleMe": "#22345F",
    "bubbleThem": "#262B34",
    "star": "#F3C24B",
    "toast": "#E9ECF2",
    "onToast": "#14161B",
    "toastLink": "#1C48BC",
    "toastHover": "#D3D9E4",
    "toastMark": "#17723A",
    "toastDoubt": "#8A5200",
    "onAvatar": "#FFFFFF",
    "dim": "#3B424F",
    "scrim": "#A0000000",
    "shadow": "#A0000000",
}
PAPER = {"paper": "#FFFFFF", "ink": "#000000", "soft": "#4A4A4A", "hairline": "#9A9A9A"}
"""What is printed is black on white, whatever the theme."""
AVATARS = ("#3B62C4", "#6B4BC8", "#A23E86", "#B8432F", "#8C5A00", "#2E7340", "#0A6E7D", "#4E5A70")
PLAIN_IN_HIGH_CONTRAST = {
    "line": "control",
    "line2": "control",
    "text3": "text2",
    "selected": "pressed",
    "accentSoft": "surface",
    "okSoft": "surface",
    "warnSoft": "surface",
    "errSoft": "surface",
    "violetSoft": "surface",
    "tealSoft": "surface",
    "accentLine": "accent",
    "okLine": "ok",
    "warnLine": "warn",
    "errLine": "err",
}
CHINESE = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC")
LATIN = ("Segoe UI Variable Text", "Segoe UI", ".AppleSystemUIFont", "Inter")
# The family of the interface language comes first: with a Latin family first, lines of hanzi alone get another
# ascent, and labels and values of one row no longer share a baseline.
FAMILIES = {
    "zh_CN": (*CHINESE, *LATIN, "Noto Sans", "DejaVu Sans"),
    "en": (*LATIN, *CHINESE, "Noto Sans", "DejaVu Sans"),
}
ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onAccent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accentText",
    QPalette.ColorRole.LinkVisited: "accentText",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "control",
}
DIM_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "contrast": Qt.ColorScheme.Unknown}


class _Look(QObject):
    """What is on screen now, and what was asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wish = "light"
        self.dark = False
        self.high_contrast = False
        self.scale = 1.0
        self.language = "en"
        self.tones = tones()
        self.colours = {name: QColor(value) for name, value in self.tones.items()}
        self.sheet = ""

    def follow(self) -> None:
        """Go along with a system that turns dark or light, unless the user chose for himself."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.wish in {"system", "contrast"}:
            apply(app, self.wish, self.scale, self.language)


def tones(*, dark: bool = False, high_contrast: bool = False) -> dict[str, str]:
    """The colours of one theme by name; in high contrast soft fills go and frames come."""
    chosen = dict(DARK if dark else LIGHT)
    if high_contrast:
        chosen |= {name: chosen[plain] for name, plain in PLAIN_IN_HIGH_CONTRAST.items()}
    return chosen


_look = _Look()
changed = _look.changed


def apply(app: QApplication, name: str, scale: float = 1.0, language: str = "zh_CN") -> None:
    """Dress the whole program: `name` is "light", "dark", "contrast" or "system", `scale` the text size."""
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(_look.follow, Qt.ConnectionType.UniqueConnection)
    hints.accessibility().contrastPreferenceChanged.connect(_look.follow, Qt.ConnectionType.UniqueConnection)
    wanted = SCHEMES.get(name, Qt.ColorScheme.Unknown)
    _look.wish = ""  # what the next line makes the system say is our own voice
    hints.setColorScheme(wanted)  # title bars and native dialogs follow too
    _look.wish, _look.scale, _look.language = name, scale, language
    _look.dark = name == "dark" or (wanted == Qt.ColorScheme.Unknown and _system_is_dark())
    _look.high_contrast = name == "contrast" or (name == "system" and _system_wants_contrast())
    _look.tones = tones(dark=_look.dark, high_contrast=_look.high_contrast)
    _look.colours = {key: QColor(value) for key, value in _look.tones.items()}
    _font.cache_clear()
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    before, _look.sheet = _look.sheet, stylesheet.sheet(_look.tones, px)
    dressed = [each for each in app.topLevelWidgets() if before and each.styleSheet() == before != _look.sheet]
    for each in dressed:
        each.setStyleSheet("")  # Qt takes ten times as long to put another sheet in the place of one
    app.setPalette(_palette())
    app.setFont(font())
    for each in dressed:
        dress(each)
    changed.emit()


def dress(window: QWidget) -> None:
    """Give a window the style sheet of the theme; from then on it goes along with the theme.

    The sheet belongs to the windows and not to the application, or Qt would go through all parts of a part again
    each time one is put into another: building a page would take six times as long.
    """
    window.setStyleSheet(_look.sheet)


def tone(name: str) -> QColor:
    """A colour of the theme shown now."""
    return QColor(_look.colours[name])


def on_paper(name: str) -> QColor:
    """A colour of what is printed."""
    return QColor(PAPER[name])


def families(language: str) -> list[str]:
    """The fonts to write a language with, best first."""
    return list(FAMILIES.get(language, FAMILIES["en"]))


def colour_of(rgba: int) -> QColor:
    """The colour a number stands for, as `QColor.rgba` gives it."""
    return QColor.fromRgba(rgba)


def soft(name: str) -> tuple[QColor, QColor]:
    """Fill and text for a small coloured thing: `name` is accent, ok, warn, err, violet, teal or plain."""
    if name == "plain":
        return tone("hover"), tone("text2")
    return tone(f"{name}Soft"), tone("accentText" if name == "accent" else name)


def avatar(name: str) -> QColor:
    """The colour that goes with a name: the same on every computer and at every start."""
    number = 0
    for letter in name:
        number = (number * 31 + ord(letter)) % 1_000_003
    return QColor(AVATARS[number % len(AVATARS)])


def is_dark() -> bool:
    """Whether light text stands on dark ground now."""
    return _look.dark


def is_high_contrast() -> bool:
    """Whether frames replace soft fills now."""
    return _look.high_contrast


def px(size: float) -> int:
    """A design size in the text size chosen."""
    return round(size * _look.scale)


def font(size: int = 14, weight: int = 400) -> QFont:
    """The interface font at a design size: 12 caption, 13 list, 14 body, 16 section, 20 title, 24 greeting."""
    return QFont(_font(px(size), weight, _look.language))


@lru_cache(maxsize=64)
def _font(size: int, weight: int, language: str) -> QFont:
    made = QFont()
    made.setFamilies(families(language))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in ROLES.items():
        palette.setColor(role, tone(name))
    for role in DIM_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, tone("disabled"))
    return palette


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _system_wants_contrast() -> bool:
    return QGuiApplication.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
