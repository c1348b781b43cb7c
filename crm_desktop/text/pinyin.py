"""Pinyin of names and companies, for search and for sorting: words as in a dictionary, surnames as surnames.

The single characters and the words come from pypinyin's two dictionaries, read here directly: its own functions take
half a millisecond a string, which is too slow for a large import.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from crm_desktop.text.folding import IDEOGRAPHS, is_plain_hanzi, plain, simplified
from crm_desktop.text.surnames import COMPOUND, COMPOUND_READINGS, READINGS

# What the dictionary of words lacks: places that name companies, and words it reads in the less usual way.
_OWN_WORDS = (
    "单县:shan.xian 涡阳:guo.yang 乐清:yue.qing 乐亭:lao.ting 台州:tai.zhou 洪洞:hong.tong 浚县:xun.xian"
    " 枞阳:zong.yang 歙县:she.xian 盱眙:xu.yi 番禺:pan.yu 莘县:shen.xian 莘庄:xin.zhuang 铅山:yan.shan"
    " 长垣:chang.yuan 六合:lu.he 六安:lu.an 东阿:dong.e 阿胶:e.jiao 蚌埠:beng.bu 亳州:bo.zhou 燕郊:yan.jiao"
    " 北碚:bei.bei 綦江:qi.jiang 郫都:pi.du 都江堰:du.jiang.yan 重庆:chong.qing 长沙:chang.sha 银行:yin.hang"
    " 商行:shang.hang 车行:che.hang 朝阳:chao.yang 大厦:da.sha 厦门:xia.men 乐器:yue.qi 音乐:yin.yue"
    " 百乐:bai.le"
)
# The usual reading in names where the dictionary of characters puts another one first.
_OWN_CHARACTERS = "长:chang 長:chang 晟:sheng 茜:xi 厦:xia 廈:xia 埔:pu 阿:a 乾:qian"
_TONES = str.maketrans("āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿế", "aaaaeeeeooooiiiiuuuuvvvvvnnnme")
_PLAUSIBLE = 3
"""In how many words a further reading must occur before it counts as one that people would type."""

_PARTS = re.compile(rf"([{IDEOGRAPHS}]+)|[^\W_{IDEOGRAPHS}]+")
_CHARACTER = re.compile(r'"(\d+)":\s*"([^"]*)"')
_WORD = re.compile(r'"([^"]+)":\s*\[((?:\s*\[[^\]]*\],?)+)\s*\]')
_FIRST_READING = re.compile(r'\[\s*"([^"]*)"')
_DIGITS = re.compile(r"\d+")
_WIDEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class _Dictionary:
    main: dict[str, str]
    others: dict[str, list[str]]
    words: dict[str, tuple[str, ...]]
    starts: dict[str, list[int]]
    """The lengths of the words, longest first, that begin with these two characters."""
    wavering: frozenset[str]
    """Characters that some word reads otherwise than they are read alone."""


def _toneless(syllable: str) -> str:
    return "".join(letter for letter in syllable.translate(_TONES) if "a" <= letter <= "z")


def _entries(table: str) -> list[tuple[str, str]]:
    return [(source, spelt) for source, _, spelt in (entry.partition(":") for entry in table.split())]


def _found(name: str, entry: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The entries of one of pypinyin's dictionaries, one by one.

    Importing the package, which reads them whole, keeps every other thread waiting for a quarter of a second.
    """
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    text = Path(spec.origin).with_name(f"{name}.json").read_text(encoding="utf-8")
    return ((found[1], found[2]) for found in entry.finditer(text))


@functools.cache
def _dictionary() -> _Dictionary:
    bare = functools.cache(_toneless)
    main = {chr(int(point)): bare(choices.partition(",")[0]) for point, choices in _found("pinyin_dict", _CHARACTER)}
    main |= dict(_entries(_OWN_CHARACTERS))
    phrases = {
        word: tuple([bare(reading) for reading in _FIRST_READING.findall(readings)])
        for word, readings in _found("phrases_dict", _WORD)
    }
    phrases |= {word: tuple(spelt.split(".")) for word, spelt in _entries(_OWN_WORDS)}
    unusual = Counter(
        (character, reading)
        for word, spelt in phrases.items()
        for character, reading in zip(word, spelt, strict=True)
        if main.get(character) != reading
    )
    wavering = frozenset(character for character, _ in unusual)
    others: dict[str, list[str]] = {}
    for (character, reading), count in unusual.most_common():
        if count >= _PLAUSIBLE:
            others.setdefault(character, []).append(reading)
    phrases = {word: spelt for word, spelt in phrases.items() if not wavering.isdisjoint(word)}
    lengths: dict[str, set[int]] = {}
    for word in phrases:
        lengths.setdefault(word[:2], set()).add(len(word))
    starts = {start: sorted(found, reverse=True) for start, found in lengths.items()}
    return _Dictionary(main, others, phrases, starts, wavering)


def _by_words(text: str, origin: str) -> list[str]:
    """The reading of each character, words taken greedily from the left; `origin` may hold traditional characters."""
    known = _dictionary()
    main = known.main
    if known.wavering.isdisjoint(text):
        return [main.get(each) or each for each in origin]
    spelt: list[str] = []
    at = 0
    while at < len(text):
        for length in known.starts.get(text[at : at + 2], ()):
            word = known.words.get(text[at : at + length])
            if word:
                spelt += word
                at += length
                break
        else:
            spelt.append(main.get(origin[at]) or origin[at])
            at += 1
    return spelt


def _surname_syllables(text: str) -> tuple[str, ...]:
    """How the surname that a run of hanzi begins with is read; nothing when it is read like any other character."""
    if len(text) > 1 and text[:2] in COMPOUND:
        spelt = COMPOUND_READINGS.get(text[:2])
        return tuple(spelt[0].split(".")) if spelt else ()
    return READINGS.get(text[:1], ())[:1]


def _units(text: str, *, surname: bool) -> list[tuple[str, str]]:
    """Every character of a text with its reading, and every other word with itself."""
    if is_plain_hanzi(text):
        return _spelt(text, text, surname=surname)
    origin = plain(text)
    simple = origin if origin.isascii() else origin.translate(simplified())
    found: list[tuple[str, str]] = []
    for part in _PARTS.finditer(simple):
        start, end = part.span()
        run = part[0]
        found += _spelt(run, origin[start:end], surname=surname and start == 0) if part[1] else [(run, run)]
    return found


def _spelt(run: str, origin: str, *, surname: bool) -> list[tuple[str, str]]:
    """Every character of a run of hanzi with its reading; `origin` may hold traditional characters."""
    named = _surname_syllables(run) if surname else ()
    if not named:
        return list(zip(run, _by_words(run, origin), strict=True))
    rest = len(named)
    return list(zip(run, [*named, *_by_words(run[rest:], origin[rest:])], strict=True))


def pinyin(text: str, surname: bool = False) -> str:  # noqa: FBT001, FBT002 - one yes or no, named by its parameter
    """The pinyin of a text in lower case without tones and blanks; ü is written v, other letters stay."""
    return "".join([reading for _, reading in _units(text, surname=surname)])


def initials(text: str, surname: bool = False) -> str:  # noqa: FBT001, FBT002
    """The first letter of every syllable and of every other word."""
    return "".join([reading[0] for _, reading in _units(text, surname=surname)])


def sort_key(text: str, surname: bool = False) -> str:  # noqa: FBT001, FBT002
    """A text in whose binary order names are sorted: by pinyin, then by character; numbers by their size."""
    pieces: list[str] = []
    for source, reading in _units(text, surname=surname):
        if len(source) == 1 and source > "\u3000":
            pieces += (reading, source)
        else:
            pieces.append(_DIGITS.sub(_padded, reading) if any(map(str.isdecimal, reading)) else reading)
    return " ".join(pieces)


def _padded(number: re.Match[str]) -> str:
    return number[0].lstrip("0").zfill(_WIDEST_NUMBER)


def readings(text: str, surname: bool = False) -> tuple[tuple[str, ...], ...]:  # noqa: FBT001, FBT002
    """The plausible readings of every character, the likeliest first; other words stand for themselves."""
    units = _units(text, surname=surname)
    first = [_choices(*each, READINGS.get(each[0], ()) if surname else ()) for each in units[:1]]
    return (*first, *[_choices(*each) for each in units[1:]])


@functools.lru_cache(maxsize=8192)
def _choices(source: str, reading: str, as_surname: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The plausible readings of one character that is read like this where it stands."""
    known = _dictionary()
    choices = [reading]
    if source in known.main:
        choices += [*as_surname, known.main[source]]
        choices += known.others.get(source, ())
        # Passports write LYU for ü, and many people simply type lu.
        choices += [reading.replace("v", spelt) for spelt in ("u", "yu") if "v" in reading]
    return tuple([choice for choice in dict.fromkeys(choices) if choice])
