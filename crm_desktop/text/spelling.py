"""Names as people spell them out: every way of reading each character, as units to walk along.

A name is a row of units: a hanzi with all its plausible readings, or a word of letters that stands for itself. What is
typed matches when it begins with some unit and goes on through the next ones, by full pinyin or by initials.
"""

from functools import lru_cache
from typing import TypeAlias

from crm_desktop.text.folding import is_plain_hanzi
from crm_desktop.text.pieces import parts
from crm_desktop.text.pinyin import readings

Units: TypeAlias = tuple[tuple[str, ...], ...]


def spelt(name: str, surname: bool) -> tuple[str, str]:  # noqa: FBT001 - one yes or no, named by its parameter
    """The usual pinyin of a whole name, and its initials."""
    usual = [choices[0] for choices in _read(name, surname)]
    return "".join(usual), "".join([unit[0] for unit in usual])


@lru_cache(maxsize=4096)
def ways(name: str, surname: bool) -> tuple[Units, Units]:  # noqa: FBT001 - cached by position
    """The units of a name spelt out, and those of its initials; TCL科技 is typed tclkj as well as tkj."""
    if name.isascii():
        latin = parts(name)
        return tuple([(word,) for word in latin]), tuple([(word[0],) for word in latin])
    read = _read(name, surname)
    latin = () if is_plain_hanzi(name) else parts(name)
    return read, tuple([_initials(choices, latin) for choices in read])


@lru_cache(maxsize=4096)
def _read(name: str, surname: bool) -> Units:  # noqa: FBT001 - cached by position
    return readings(name, surname)


@lru_cache(maxsize=8192)
def _initials(choices: tuple[str, ...], latin: tuple[str, ...]) -> tuple[str, ...]:
    if len(choices) > 1:
        return tuple(dict.fromkeys([each[0] for each in choices]))
    [reading] = choices
    return (reading, reading[0]) if len(reading) > 1 and reading in latin else (reading[0],)


def begins_somewhere(word: str, units: Units) -> bool:
    """Whether a word is what some unit and those after it begin with, in one way of reading them."""
    first = word[:1]
    for at, choices in enumerate(units):
        for unit in choices:
            if unit[:1] == first and _goes_on(word, unit, units, at):
                return True
    return False


def _goes_on(word: str, unit: str, units: Units, at: int) -> bool:
    """Whether this way of reading the unit at a place, and some way of reading those after it, begin with a word."""
    if len(word) <= len(unit):
        return unit.startswith(word)
    if not word.startswith(unit) or at + 1 == len(units):
        return False
    rest = word[len(unit) :]
    return any(_goes_on(rest, after, units, at + 1) for after in units[at + 1])
