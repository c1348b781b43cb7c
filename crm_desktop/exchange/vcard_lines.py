"""The lines of a vCard file: where a card begins and ends, and what a line says. Versions 2.1, 3.0 and 4.0, mixed.

Lines are put together as bytes, because older programs fold inside a character and write each value in an encoding of
its own. vobject's way to do this takes a time that grows with the square of a folded photo, and one that doubles with
each value of a parameter; that is why the work is done here, in one pass.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crm_desktop.i18n import _

LONGEST_CARD = 2**20
"""The bytes that a card may have besides its photo."""
LONGEST_PHOTO = 7 * 2**20
"""A photo of 5 MB in base64; a longer one is not even put together."""
LINE = re.compile(rb"[^\r\n]+")
HEAD = re.compile(
    r"(?:(?P<group>[A-Za-z0-9_-]+)\.)?(?P<name>[A-Za-z0-9_-]+)\s*(?P<params>(?:;(?:[^\";:]|\"[^\"]*\"){0,2000}){0,50}):"
)
PARAM = re.compile(r";((?:[^\";:]|\"[^\"]*\")*)")
PARTS = re.compile(r"((?:[^\",]|\"[^\"]*\")*)(?:,|$)")
FILES = ("PHOTO", "LOGO", "SOUND", "KEY")
"""What holds a file rather than a text."""
SEPARATED = re.compile(r"\\.|[^\\]", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
CARETS = {"^n": "\n", "^'": '"', "^^": "^"}
"""Signs inside parameters (RFC 6868)."""
LAST_RESORT = ("utf-8", "gb18030", "cp1252")


@dataclass(slots=True)
class RawCard:
    """The lines of one card, each put together, and why they cannot be taken when that is so."""

    number: int
    lines: list[bytes] = field(default_factory=list)
    size: int = 0
    problem: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its name and parameters in capitals, its value just as it was escaped."""

    name: str
    value: str
    group: str = ""
    params: dict[str, list[str]] = field(default_factory=dict)
    odd: str = ""
    """The encoding that the value turned out to have, when it was not the one it should have."""

    @property
    def types(self) -> set[str]:
        """What kind of number or address it is, such as `CELL`; the bare words of version 2.1 count, too."""
        return {each.upper() for each in self.params.get("TYPE", ())}

    def param(self, name: str) -> str:
        """The first value of a parameter, nothing when it is not there."""
        return next(iter(self.params.get(name, ())), "")

    @property
    def text(self) -> str:
        """The value as people read it."""
        return unescaped(self.value)

    @property
    def parts(self) -> list[str]:
        """The parts between semicolons, such as family and given name."""
        return split(self.value, ";")


def raw_cards(raw: bytes) -> Iterator[RawCard]:
    """The cards of a file, in order; what stands outside of cards is passed over."""
    card: RawCard | None = None
    number = 0
    for line in _whole_lines(raw):
        mark = line[:40].strip().upper().replace(b" ", b"")
        if mark == b"BEGIN:VCARD":
            if card is not None:
                yield _unfinished(card)
            number += 1
            card = RawCard(number)
        elif card is not None and mark == b"END:VCARD":
            yield card
            card = None
        elif card is not None:
            _add(card, line)
    if card is not None:
        yield _unfinished(card)


def _unfinished(card: RawCard) -> RawCard:
    card.problem = _("it has no end (END:VCARD). Export the cards again.")
    return card


def _add(card: RawCard, line: bytes) -> None:
    name = line[:60].partition(b":")[0].partition(b";")[0].rpartition(b".")[2].strip().upper().decode("latin-1")
    if name in FILES:
        if len(line) > LONGEST_PHOTO:
            card.warnings.append(_("“{name}” is too large and was left out.").format(name=name))
            return
    else:
        card.size += len(line)
    if card.size > LONGEST_CARD:
        card.problem = _("it is larger than {limit} MB.").format(limit=LONGEST_CARD // 2**20)
        card.lines = card.lines[:20]
    if not card.problem:
        card.lines.append(line)


def _whole_lines(raw: bytes) -> Iterator[bytes]:
    """Lines with what was folded joined again, by all three ways: a blank in front, soft breaks, bare base64."""
    parts: list[bytes] = []
    is_quoted = is_base64 = False
    for match in LINE.finditer(raw):
        line = match[0]
        if parts and is_quoted and parts[-1].endswith(b"="):
            parts[-1] = parts[-1][:-1]
            parts.append(line.lstrip(b" \t") if line[:1] in b" \t" else line)
            continue
        if parts and line[:1] in b" \t":
            parts.append(line[1:])
            continue
        if parts and is_base64 and b":" not in line:
            parts.append(line)
            continue
        if parts:
            yield b"".join(parts)
        parts = [line]
        head = line[:300].partition(b":")[0].upper()
        is_quoted = b"QUOTED-PRINTABLE" in head
        is_base64 = b"BASE64" in head or b"ENCODING=B" in head
    if parts:
        yield b"".join(parts)


def property_of(line: bytes, encoding: str) -> Property | None:
    """What a line says, None when it is not a line of a card."""
    head = HEAD.match(line[:4000].decode("latin-1"))
    if head is None:
        return None
    params: dict[str, list[str]] = {}
    for each in PARAM.findall(head["params"]):
        _note_param(params, decoded(each.encode("latin-1"), "", encoding)[0])
    value = line[head.end() :]
    if "QUOTED-PRINTABLE" in (each.upper() for each in params.get("ENCODING", ())):
        value = quopri.decodestring(value)
    charset = next(iter(params.get("CHARSET", ())), "")
    name = head["name"].upper().replace("_", "-")
    text, odd = decoded(value, charset, encoding)
    return Property(name, text, (head["group"] or "").lower(), params, odd)


def _note_param(params: dict[str, list[str]], text: str) -> None:
    """Note a parameter; a bare word of version 2.1 is an encoding or a type."""
    name, mark, given = text.partition("=")
    name = name.strip().upper()
    if not mark:
        if name in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"):
            params.setdefault("ENCODING", []).append(name)
        elif name:
            params.setdefault("TYPE", []).append(name)
        return
    for each in PARTS.findall(given):
        word = each.strip().strip('"')
        if name == "TYPE" and "," in word:
            params.setdefault(name, []).extend(word.split(","))
        elif word:
            params.setdefault(name, []).append(re.sub(r"\^[n'^]", lambda sign: CARETS[sign[0]], word))


def decoded(value: bytes, charset: str, encoding: str) -> tuple[str, str]:
    """A value in the encoding that it names, else in that of the file; if in neither, the one it seems to have."""
    if value.isascii():
        return value.decode("ascii"), ""
    for place, each in enumerate((charset or encoding, encoding, *LAST_RESORT)):
        try:
            return value.decode(each or "utf-8"), "" if place == 0 else each
        except (ValueError, LookupError):
            continue
    return value.decode("cp1252", errors="replace"), "cp1252"


def unescaped(text: str) -> str:
    r"""A value without the backslashes that protect commas, semicolons and line feeds."""
    if "\\" not in text:
        return text
    return ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1] if sign[1] in ",;:\\" else sign[0], text)


def split(value: str, mark: str) -> list[str]:
    """The parts of a value between marks that no backslash protects."""
    if "\\" not in value:
        return [each.strip() for each in value.split(mark)]
    parts = [""]
    for each in SEPARATED.findall(value):
        if each == mark:
            parts.append("")
        else:
            parts[-1] += each
    return [unescaped(each).strip() for each in parts]


def texts(properties: Sequence[Property]) -> list[str]:
    """The values of some properties as people read them, blanks left out."""
    return [text for each in properties if (text := each.text.strip())]
