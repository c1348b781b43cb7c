"""The one style sheet of the program, written in design pixels and names of tones."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QTemporaryDir

PICTURES = {
    "down": '<path d="M4 6l4 4 4-4" stroke="$text2" stroke-width="1.6"/>',
    "up": '<path d="M4 10l4-4 4 4" stroke="$text2" stroke-width="1.6"/>',
    "right": '<path d="M6 4l4 4-4 4" stroke="$text2" stroke-width="1.6"/>',
    "tick": '<path d="M3.5 8.2l3 3 6-6.4" stroke="$onAccent" stroke-width="2"/>',
    "some": '<path d="M4 8h8" stroke="$onAccent" stroke-width="2"/>',
    "dot": '<circle cx="8" cy="8" r="3.5" fill="$onAccent"/>',
    "chosen": '<path d="M3.5 8.2l3 3 6-6.4" stroke="$accentText" stroke-width="2"/>',
}
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" '
    'stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
HAIRLINE = 3  # frames stay as thin as they are, whatever the text size

BASE = """
* { outline: none; }
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[kind="window"] { background: $window; }
QWidget[kind="surface"] { background: $surface; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame[kind="card"]:focus { border: 2px solid $accent; }
QFrame[kind="tile"] { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame[kind="tile"]:hover { border-color: $control; }
QFrame[kind="tile"]:focus { border: 2px solid $accent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QFrame[kind="panel"] { background: $surface; border: 1px solid $line2; border-radius: 12px; }
QFrame[kind="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QFrame[kind="top"] { background: $rail; border: none; border-bottom: 1px solid $line; }
QFrame[kind="bottom"] { background: $rail; border: none; border-top: 1px solid $line; }
QFrame[kind="side"] { background: $window; border: none; border-right: 1px solid $line; }
QFrame[kind="end"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[kind="line"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[kind="info"], QFrame[kind="ok"], QFrame[kind="warn"], QFrame[kind="err"] { border-radius: 8px; }
QFrame[kind="info"] { background: $accentSoft; border: 1px solid $accentLine; }
QFrame[kind="ok"] { background: $okSoft; border: 1px solid $okLine; }
QFrame[kind="warn"] { background: $warnSoft; border: 1px solid $warnLine; }
QFrame[kind="err"] { background: $errSoft; border: 1px solid $errLine; }
QToolTip { background: $text; color: $surface; border: none; padding: 5px 8px; font-size: 12px; }
QSplitter::handle { background: $line; }
"""
LABELS = """
QLabel { background: transparent; }
QLabel[role="caption"] { color: $text3; font-size: 12px; }
QLabel[role="label"] { color: $text3; font-size: 13px; }
QLabel[role="small"] { color: $text2; font-size: 13px; }
QLabel[role="list"] { font-size: 13px; }
QLabel[role="listStrong"] { font-size: 13px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="section"] { color: $text2; font-size: 13px; font-weight: 600; }
QLabel[role="number"] { font-size: 16px; font-weight: 600; }
QLabel[role="accentNumber"] { color: $accentText; font-size: 16px; font-weight: 600; }
QLabel[role="lateNumber"] { color: $warn; font-size: 16px; font-weight: 600; }
QLabel[role="errNumber"] { color: $err; font-size: 16px; font-weight: 600; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="hero"] { font-size: 24px; font-weight: 600; }
QLabel[role="counter"] { font-size: 28px; font-weight: 600; }
QLabel[role="info"] { color: $accentText; font-size: 13px; }
QLabel[role="ok"] { color: $ok; font-size: 12px; }
QLabel[role="warn"] { color: $warn; font-size: 12px; }
QLabel[role="err"] { color: $err; font-size: 12px; }
QFrame[kind="info"] QLabel { color: $accentText; font-size: 13px; }
QFrame[kind="ok"] QLabel { color: $ok; font-size: 13px; }
QFrame[kind="warn"] QLabel { color: $warn; font-size: 13px; font-weight: 600; }
QFrame[kind="err"] QLabel { color: $err; font-size: 13px; font-weight: 600; }
QLabel[role="toast"] { color: $onToast; font-size: 13px; }
QLabel[role="key"] { color: $text3; font-size: 12px; background: $surface; border: 1px solid $line2; border-radius: 4px;
    padding: 0 5px; min-height: 18px; max-height: 18px; }
"""
BUTTONS = """
QPushButton { background: $surface; border: 1px solid $line2; border-radius: 6px; padding: 0 12px; min-height: 30px;
    font-size: 13px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { color: $disabled; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $onAccent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accentHover; border-color: $accentHover; }
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled { background: $pressed; border-color: $pressed; color: $disabled; }
QPushButton[kind="danger"] { color: $err; border-color: $errLine; }
QPushButton[kind="danger"]:hover { background: $errSoft; }
QPushButton[kind="danger"]:focus { border-color: $err; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $line2; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: $text2; padding: 0 8px; }
QPushButton[kind="flat"]:hover { background: $hover; color: $text; }
QPushButton[kind="flat"]:focus { border-color: $accent; padding: 0 7px; }
QPushButton[kind="flat"]:disabled { color: $disabled; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accentText; padding: 0 4px;
    min-height: 22px; text-align: left; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0 3px; min-height: 20px; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QPushButton[kind="fix"] { background: transparent; border: 1px solid transparent; color: $accentText; padding: 0 4px;
    min-height: 22px; font-size: 12px; text-align: left; }
QPushButton[kind="fix"]:hover { background: $hover; }
QPushButton[kind="fix"]:focus { border: 2px solid $accent; padding: 0 3px; min-height: 20px; }
QPushButton[kind="small"] { min-height: 24px; padding: 0 8px; font-size: 12px; }
QPushButton[kind="small"]:focus { min-height: 22px; padding: 0 7px; }
QPushButton[kind="filter"] { min-height: 24px; padding: 0 9px; font-size: 12px; }
QPushButton[kind="filter"]:checked { background: $accentSoft; border-color: $accentLine; color: $accentText;
    font-weight: 600; }
QPushButton[kind="filter"]:focus { border: 2px solid $accent; min-height: 22px; padding: 0 8px; }
QPushButton[kind="part"] { min-height: 24px; padding: 0 9px; font-size: 12px; background: transparent;
    border-color: transparent; }
QPushButton[kind="part"]:hover { background: $pressed; }
QPushButton[kind="part"]:checked { background: $surface; border-color: $line2; color: $accentText; font-weight: 600; }
QPushButton[kind="part"]:focus { border: 2px solid $accent; min-height: 22px; padding: 0 8px; }
QPushButton[kind="search"] { background: $surface; border: 1px solid $line2; border-radius: 8px; padding: 0; }
QPushButton[kind="search"]:hover { border-color: $control; }
QPushButton[kind="search"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[kind="toast"] { background: transparent; border: 1px solid transparent; color: $toastLink; font-weight: 600;
    padding: 0 8px; min-height: 26px; }
QPushButton[kind="toast"]:hover { background: $toastHover; }
QPushButton[kind="toast"]:focus { border: 2px solid $toastLink; padding: 0 7px; min-height: 24px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; font-size: 13px;
    color: $text2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton:checked { background: $accentSoft; color: $accentText; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QFrame[kind="top"] QToolButton:hover { background: $pressed; }
QToolButton[kind="rail"] { font-size: 12px; border-radius: 8px; padding: 3px 0 2px 0; }
QToolButton[kind="rail"]:hover { background: $pressed; }
QToolButton[kind="rail"]:checked { background: $surface; color: $accentText; font-weight: 600;
    border: 1px solid $line; }
QToolButton[kind="rail"]:focus { border: 2px solid $accent; padding: 2px 0 1px 0; }
QPushButton[kind="bar"] { background: transparent; border: 1px solid transparent; color: $onToast; font-weight: 600;
    padding: 0 8px; min-height: 26px; }
QPushButton[kind="bar"]:hover { background: $toastHover; }
QPushButton[kind="bar"]:focus { border: 2px solid $toastLink; padding: 0 7px; min-height: 24px; }
QToolButton[kind="toast"] { color: $onToast; }
QToolButton[kind="toast"]:hover { background: $toastHover; }
QToolButton[kind="toast"]:focus { border: 2px solid $toastLink; }
"""
FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $surface; border: 1px solid $control;
    border-radius: 6px; padding: 0 9px; min-height: 30px; font-size: 14px; selection-background-color: $accent;
    selection-color: $onAccent; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 8px;
    min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 4px 6px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled { color: $disabled;
    border-color: $line2; background: $sunken; }
QLineEdit[state="err"] { border: 2px solid $err; padding: 0 8px; min-height: 28px; }
QLineEdit[kind="place"], QPlainTextEdit[kind="place"], QPushButton[kind="place"], QFrame[kind="place"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; font-size: 14px; font-weight: 400; }
QLineEdit[kind="place"] { padding: 0 3px; min-height: 26px; }
QLineEdit[kind="place"][role="title"] { font-size: 20px; font-weight: 600; }
QPushButton[kind="place"] { padding: 0 5px; min-height: 26px; text-align: left; }
QPlainTextEdit[kind="place"] { padding: 2px 3px; min-height: 22px; }
QFrame[kind="place"] { min-height: 26px; }
QLineEdit[kind="place"]:hover, QPlainTextEdit[kind="place"]:hover, QPushButton[kind="place"]:hover,
QFrame[kind="place"]:hover { background: $hover; border: 1px solid $line2; }
QLineEdit[kind="place"]:focus { background: $surface; border: 2px solid $accent; padding: 0 2px; min-height: 24px; }
QPushButton[kind="place"]:focus { background: $surface; border: 2px solid $accent; padding: 0 4px; min-height: 24px; }
QPlainTextEdit[kind="place"]:focus { background: $surface; border: 2px solid $accent; padding: 1px 2px; }
QFrame[kind="place"][active="true"] { background: $surface; border: 2px solid $accent; }
QLineEdit[kind="place"][state="err"] { background: $surface; border: 2px solid $err; padding: 0 2px;
    min-height: 24px; }
QPushButton[kind="place"][state="err"] { background: $surface; border: 2px solid $err; padding: 0 4px;
    min-height: 24px; }
QPlainTextEdit[kind="place"][state="err"] { background: $surface; border: 2px solid $err; padding: 1px 2px; }
QFrame[kind="place"][state="err"] { background: $surface; border: 2px solid $err; }
QPushButton[kind="field"] { border: 1px solid $control; padding: 0 9px; font-size: 14px; font-weight: 400;
    text-align: left; }
QPushButton[kind="field"]:focus { border: 2px solid $accent; padding: 0 8px; }
QPushButton[kind="field"][state="err"] { border: 2px solid $err; padding: 0 8px; min-height: 28px; }
QLineEdit[role="chief"] { font-size: 16px; }
QLineEdit[kind="bare"] { background: transparent; border: none; padding: 0 2px; min-height: 24px; }
QLineEdit[kind="search"] { border-color: $control; border-radius: 6px; padding: 0 4px; font-size: 13px; }
QLineEdit[kind="search"]:focus { padding: 0 3px; }
QLineEdit[kind="big"] { font-size: 18px; min-height: 40px; }
QLineEdit[kind="big"]:focus { min-height: 38px; }
QLineEdit[kind="palette"] { background: transparent; border: none; font-size: 18px; min-height: 40px; padding: 0 4px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($down); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line2; padding: 4px;
    selection-background-color: $selected; selection-color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 22px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($up); width: 14px; height: 14px; }
QAbstractSpinBox::down-arrow { image: url($down); width: 14px; height: 14px; }
QCheckBox, QRadioButton { spacing: 8px; font-size: 14px; min-height: 24px; border: 2px solid transparent;
    border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 16px; height: 16px;
    border: 1px solid $control; border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url($tick); }
QRadioButton::indicator:checked { image: url($dot); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: $accent;
    border-color: $accent; image: url($some); }
"""
VIEWS = """
QAbstractItemView { background: transparent; border: none; font-size: 13px; show-decoration-selected: 1;
    selection-background-color: $selected; selection-color: $text; alternate-background-color: $sunken; }
QTableView { gridline-color: $line; }
QTableView[kind="tree"] { selection-background-color: transparent; }
QTableView[kind="plain"]::item { padding: 0 10px; border-bottom: 1px solid $line; }
QTableView[kind="plain"]::item:selected { background: $selected; color: $text; }
QListView[kind="pick"] { padding: 4px; }
QListView[kind="pick"]::item { min-height: 30px; padding: 0 8px; border-radius: 6px; }
QListView[kind="pick"]::item:hover { background: $hover; }
QListView[kind="pick"]::item:selected { background: $selected; color: $text; }
QListView[kind="complete"] { background: $surface; border: 1px solid $line2; padding: 4px; }
QListView[kind="complete"]::item { min-height: 28px; padding: 0 8px; border-radius: 6px; }
QListView[kind="complete"]::item:selected { background: $selected; color: $text; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $sunken; color: $text2; border: none; border-bottom: 1px solid $line;
    padding: 0 10px; font-size: 12px; font-weight: 600; height: 32px; }
QHeaderView::section:hover { background: $pressed; }
QHeaderView::up-arrow { image: url($up); width: 14px; height: 14px; }
QHeaderView::down-arrow { image: url($down); width: 14px; height: 14px; }
QTableView[kind="frozen"] { background: $surface; border-right: 1px solid $line2; }
QTableCornerButton::section { background: $sunken; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line2; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
    border: none; width: 0; height: 0; }
QProgressBar { background: $line2; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTabBar { font-size: 14px; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; padding: 8px 4px 7px 4px;
    margin-right: 16px; color: $text2; }
QTabBar::tab:selected { color: $accentText; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:hover:!selected { color: $text; border-bottom: 2px solid $line2; }
QTabBar::tab:disabled { color: $disabled; }
"""
MENUS = """
QMenuBar { background: transparent; font-size: 13px; spacing: 0; padding: 0; }
QMenuBar::item { padding: 6px 9px; border-radius: 6px; background: transparent; color: $text2; }
QMenuBar::item:selected { background: $pressed; color: $text; }
QMenu { background: $surface; border: 1px solid $line2; padding: 5px; font-size: 13px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 6px; min-height: 18px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 8px; }
QMenu::indicator:checked { image: url($chosen); }
QMenu::right-arrow { image: url($right); width: 14px; height: 14px; right: 6px; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
"""


def sheet(tones: Mapping[str, str], px: Callable[[float], int]) -> str:
    """The style sheet in these colours, every size but hairlines passed through `px`."""
    scaled = re.sub(
        r"\b(\d+)px",
        lambda found: f"{px(int(found[1])) if int(found[1]) > HAIRLINE else found[1]}px",
        BASE + LABELS + BUTTONS + FIELDS + VIEWS + MENUS,
    )
    return Template(scaled).substitute({**tones, **_pictures(tones)})


@cache
def _folder() -> QTemporaryDir:
    """A folder that goes when the program does; style sheets take pictures from files only."""
    return QTemporaryDir()


def _pictures(tones: Mapping[str, str]) -> dict[str, str]:
    """Paths of the small pictures in these colours; Qt keeps pictures by path, so each colouring has its own."""
    paths = {}
    for name, drawing in PICTURES.items():
        drawn = Template(drawing).substitute(tones)
        path = Path(_folder().path()) / f"{name}-{tones['text2'].strip('#')}-{tones['onAccent'].strip('#')}.svg"
        if not path.exists():
            path.write_text(FRAME.format(drawn), encoding="utf-8")
        paths[name] = path.as_posix()
    return paths
