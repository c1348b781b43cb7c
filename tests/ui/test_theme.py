"""Colours can be told apart, follow the theme at once, and icons with them."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from crm_desktop.ui import icons, stylesheet, theme

GROUNDS = ["surface", "window", "rail", "hover"]
SOFT = ["accent", "ok", "warn", "err", "violet", "teal"]
TEXTS = [
    *[(text, ground) for text in ("text", "text2", "text3") for ground in (*GROUNDS, "sunken")],
    *[(text, ground) for text in ("text", "text2") for ground in ("pressed", "selected")],
    ("text3", "bubbleThem"),
    ("text3", "bubbleMe"),
    ("text", "bubbleMe"),
    ("text", "bubbleThem"),
    ("text3", "selected"),
    *[("accentText", ground) for ground in (*GROUNDS, "selected")],
    *[("accentText" if tone == "accent" else tone, f"{tone}Soft") for tone in SOFT],
    *[(tone, "surface") for tone in SOFT[1:]],
    *[(tone, "window") for tone in ("ok", "warn", "err")],
    ("ok", "rail"),
    ("err", "rail"),
    ("onAccent", "accent"),
    ("onAccent", "accentHover"),
    ("onToast", "toast"),
    ("onToast", "toastHover"),
    ("toastLink", "toast"),
    ("toastLink", "toastHover"),
    ("surface", "text"),
    ("surface", "err"),
    ("onAvatar", "dim"),
]
CONTROLS = [
    *[("control", ground) for ground in ("surface", "window", "sunken")],
    *[("accent", ground) for ground in ("surface", "window", "rail")],
    ("err", "surface"),
    ("err", "window"),
    ("toastMark", "toast"),
    ("toastDoubt", "toast"),
]
KINDS = [(dark, high) for dark in (False, True) for high in (False, True)]


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(autouse=True)
def plain_again(qapp):
    yield
    theme.apply(qapp, "light", language="en")


@pytest.mark.parametrize(("dark", "high"), KINDS)
def test_every_text_can_be_read_on_every_ground_it_stands_on(dark, high):
    tones = theme.tones(dark=dark, high_contrast=high)
    faint = {f"{ink} on {ground}": round(contrast(tones[ink], tones[ground]), 2) for ink, ground in TEXTS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("dark", "high"), KINDS)
def test_every_frame_and_mark_can_be_seen(dark, high):
    tones = theme.tones(dark=dark, high_contrast=high)
    faint = {f"{ink} on {ground}": round(contrast(tones[ink], tones[ground]), 2) for ink, ground in CONTROLS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_letters_can_be_read_on_every_avatar():
    assert min(contrast("#FFFFFF", colour) for colour in theme.AVATARS) >= 4.5


def test_high_contrast_has_frames_instead_of_soft_fills():
    tones = theme.tones(high_contrast=True)
    assert tones["line"] == tones["control"]
    assert tones["okSoft"] == tones["surface"]


def test_both_themes_know_the_same_tones():
    assert theme.LIGHT.keys() == theme.DARK.keys()


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_asks_only_for_tones_there_are(dark):
    sheet = stylesheet.sheet(theme.tones(dark=dark), theme.px)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_a_larger_text_size_scales_text_but_not_hairlines(qapp):
    theme.apply(qapp, "light", scale=1.25)
    sheet = stylesheet.sheet(theme.tones(), theme.px)
    assert "font-size: 18px" in sheet
    assert "border: 1px solid" in sheet
    assert theme.font(14).pixelSize() == 18


def test_the_family_of_the_language_comes_first(qapp):
    theme.apply(qapp, "light", language="zh_CN")
    assert theme.font().families()[0] in theme.CHINESE
    theme.apply(qapp, "light", language="en")
    assert theme.font().families()[0] in theme.LATIN


def test_what_is_on_screen_follows_a_change_of_theme(qtbot, qapp):
    shown = QLabel("text")
    qtbot.addWidget(shown)
    shown.show()
    theme.apply(qapp, "light")
    before = shown.palette().windowText().color().name()
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, "dark")
    assert shown.palette().windowText().color().name() != before
    assert theme.tone("text").name().upper() == theme.DARK["text"]


def test_system_is_light_where_the_system_says_nothing(qapp):
    theme.apply(qapp, "system")
    assert not theme.is_dark()


def test_a_name_always_has_the_same_colour():
    source = "from crm_desktop.ui import theme; print(theme.avatar('张三').name(), theme.avatar('Anna').name())"
    told = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout.split()
    assert told == [theme.avatar("张三").name(), theme.avatar("Anna").name()]


@pytest.mark.parametrize("meaning", icons.MEANINGS)
def test_every_meaning_has_its_icon(meaning):
    assert icons.glyph(meaning)


def test_an_unknown_icon_is_a_fault_at_once(qapp):
    with pytest.raises(KeyError):
        icons.icon("no such thing")


def colours_of(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_an_icon_on_a_button_changes_with_the_theme(qtbot, qapp):
    theme.apply(qapp, "light")
    button = QPushButton()
    button.setIcon(icons.icon("ok", "accentText", 16))
    qtbot.addWidget(button)
    assert theme.tone("accentText").name() in colours_of(button)
    theme.apply(qapp, "dark")
    assert theme.tone("accentText").name() in colours_of(button)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_icons_are_sharp_on_every_screen(qapp, ratio):
    image = QImage(round(20 * ratio), round(20 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    icons.paint_icon(painter, QRect(0, 0, 20, 20), "ok", "ok")
    painter.end()
    assert image.pixelColor(round(5 * ratio), round(10 * ratio)).name() == theme.tone("ok").name()
    assert icons.icon("ok").pixmap(QSize(20, 20), ratio).size() == image.size()


def test_the_kit_loads_nothing_slow():
    """It is on the way to the first picture of the window."""
    source = (
        "import sys, pkgutil, importlib, crm_desktop.ui.widgets as kit\n"
        "import crm_desktop.ui.icons, crm_desktop.ui.lint\n"
        "[importlib.import_module(f'{kit.__name__}.{each.name}') for each in pkgutil.iter_modules(kit.__path__)]\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "pypinyin", "phonenumbers", "qtawesome", "qtpy", "openpyxl"} & set(told)
    assert QApplication.instance() is not None or "PySide6" in told
