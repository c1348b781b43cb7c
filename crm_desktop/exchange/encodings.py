"""How the characters of a text file were written down, found out step by step.

A mark at the beginning says it; else UTF-8 is told by its own rules, which nothing else keeps by chance; else the
fields with other letters are judged: by charset-normalizer, and by how usual their characters are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from crm_desktop.i18n import language

CONTROLS = [bytes([code]) for code in range(1, 32) if chr(code) not in "\t\n\v\f\r\x1a"]
"""Bytes that texts seldom have; one of them in three is no text."""
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp932", "euc_jp", "cp1252")
"""The encodings that people may choose from."""
CODECS = {"utf-8": "utf-8-sig", "big5": "cp950"}
"""What Windows writes under these names."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
)
"""How files begin that are no text."""
FIRST = 2**16
CHUNK = 2**20
FIELDS = 400
FIELD = re.compile(rb"[^,;\t\r\n\"]*[\x80-\xff][^,;\t\r\n\"]*")
SOUND = 0.9
"""The share of fields that an encoding must be able to read to be the one, when a few bytes are broken."""
WORSE = 0.15
"""How much more of a mess than the best one, by charset-normalizer's measure, an encoding may make to be considered."""
PREFERRED = {
    "zh_CN": ("gb18030", "big5", "cp1252", "cp932", "euc_jp"),
    "en": ("cp1252", "gb18030", "big5", "cp932", "euc_jp"),
}
"""Which of several likely encodings is taken, by the language of the interface."""
USUAL = {
    "gb18030": ("gb2312", 0xB0, 0xD7),
    "big5": ("big5", 0xA4, 0xC6),
    "cp932": ("euc_jp", 0xB0, 0xCF),
    "euc_jp": ("euc_jp", 0xB0, 0xCF),
}
"""Where the standards have their first level, the usual characters (GB 2312-80, Big5, JIS X 0208)."""
PUNCTUATION = frozenset("，。：；（）、！？－・「」《》“”～￥")


@dataclass(frozen=True, slots=True)
class Coding:
    """An encoding that was found."""

    name: str
    codec: str
    is_guess: bool = False


def chosen(name: str, file: BinaryIO) -> Coding:
    """The encoding that somebody chose; raises LookupError when there is none of that name."""
    codecs.lookup(name)
    if codecs.lookup(name).name == "utf-16":
        found = _of_two_bytes(_start(file))
        return found or Coding("utf-16", "utf-16")
    return Coding(name, CODECS.get(name, name))


def found_in(file: BinaryIO) -> Coding | None:
    """The encoding of a file; None when it holds no text that we could read."""
    start = _start(file)
    if start.startswith(BINARY) or 3 * sum(map(start.count, CONTROLS)) > len(start):
        return None
    for mark, name, codec in MARKS:
        if start.startswith(mark):
            return Coding(name, codec)
    if b"\0" in start:
        if found := _of_two_bytes(start):
            return found
        if start.count(b"\0") > max(16, len(start) // 10):
            return None
    if _is_utf_8(file):
        return Coding("utf-8", "utf-8")
    name = _best(_odd_fields(file))
    return Coding(name, CODECS.get(name, name), is_guess=True) if name else None


def _start(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(FIRST)


def _of_two_bytes(start: bytes) -> Coding | None:
    """UTF-16, with its mark or without: every other byte of plain letters and line ends is zero."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Coding("utf-16", "utf-16")
    zeros = start.count(b"\0")
    first = start[::2].count(b"\0")
    if zeros * 20 < len(start) or min(first, zeros - first) * 4 > zeros:
        return None
    return Coding("utf-16", "utf-16-be" if first > zeros - first else "utf-16-le")


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _is_utf_8(file: BinaryIO) -> bool:
    """Whether a file is UTF-8, but for a few broken characters at most."""
    strict = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(file):
            strict.decode(chunk)
        strict.decode(b"", final=True)
    except UnicodeDecodeError:
        text = b"".join(_odd_fields(file)).decode("utf-8", "replace")
        broken = text.count("�")
        return broken * 10 < sum(letter > "\x7f" for letter in text) - broken
    return True


def _odd_fields(file: BinaryIO) -> list[bytes]:
    """Different fields that are not plain ASCII."""
    found: dict[bytes, None] = {}
    rest = b""
    for chunk in _chunks(file):
        whole, newline, rest = (rest + chunk).rpartition(b"\n")
        for field in FIELD.findall(whole + newline):
            found.setdefault(field[:200])
            if len(found) >= FIELDS:
                return list(found)
    found.update(dict.fromkeys(FIELD.findall(rest[:CHUNK])))
    return list(found)


def _best(fields: list[bytes]) -> str:
    """The name of the likeliest encoding; blank when none can be it."""
    from charset_normalizer import from_bytes

    likely = [name for name in PREFERRED["en"] if _share(fields, name) >= (SOUND if len(fields) >= 10 else 1)]
    sound = [each for each in fields if all(_reads(each, name) for name in likely)]
    matches = list(from_bytes(b"\n".join(sound or fields), cp_isolation=likely)) if likely else []
    least = min((each.chaos for each in matches), default=0.0)
    names = [each.encoding for each in matches if each.chaos <= least + WORSE] or likely
    order = PREFERRED.get(language(), PREFERRED["en"])
    return min(names, key=lambda name: (-round(_usual(sound or fields, name), 1), order.index(name)), default="")


def _share(fields: list[bytes], name: str) -> float:
    return sum(_reads(each, name) for each in fields) / max(1, len(fields))


def _reads(field: bytes, name: str) -> bool:
    try:
        field.decode(CODECS.get(name, name))
    except UnicodeDecodeError:
        return False
    return True


def _usual(fields: Iterable[bytes], name: str) -> float:
    """How many of the characters are usual ones where this encoding is used, from 0 to 1."""
    text = "\n".join(each.decode(CODECS.get(name, name), "replace") for each in fields)
    odd = [(at, letter) for at, letter in enumerate(text) if letter > "\x7f"]
    if name == "cp1252":
        usual = sum(letter.isalpha() and _is_in_word(text, at) for at, letter in odd)
    else:
        usual = sum(_is_usual(letter, name) for _at, letter in odd)
    return usual / max(1, len(odd))


def _is_in_word(text: str, at: int) -> bool:
    """Whether a letter stands beside a plain one, as the ü of Müller does."""
    return any(each.isascii() and each.isalpha() for each in (text[at - 1 : at], text[at + 1 : at + 2]))


def _is_usual(letter: str, name: str) -> bool:
    if "\u3040" <= letter <= "\u30ff":
        return name in ("cp932", "euc_jp")
    if letter in PUNCTUATION:
        return True
    codec, first, last = USUAL[name]
    try:
        return first <= letter.encode(codec)[0] <= last
    except UnicodeEncodeError:
        return False
