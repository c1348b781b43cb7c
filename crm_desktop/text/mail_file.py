"""A mail that was saved as a file (.eml): who wrote what to whom and when, read without acting on anything in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from email.message import Message

MOST = 2_000_000
"""Bytes that are looked at; what comes later are attachments."""
LONGEST_BODY = 20_000
LONGEST_HEADER = 500
MOST_MARKUP = 100_000
UNSEEN_PARTS = frozenset({"script", "style", "head", "title", "template"})
BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class MailFile:
    """What a mail says of itself."""

    subject: str = ""
    sender: str = ""
    to: str = ""
    at: datetime | None = None
    text: str = ""

    @property
    def writer(self) -> str:
        """The name of who wrote it, else the address."""
        from email.utils import parseaddr

        name, address = parseaddr(self.sender)
        return name or address or self.sender


def read(data: bytes) -> MailFile:
    """What stands in a mail; what cannot be read is left blank."""
    from email import message_from_bytes

    try:
        found = message_from_bytes(data[:MOST])
        subject, sender, to = (_header(found, each) for each in ("Subject", "From", "To"))
        return MailFile(subject, sender, to, _moment(_header(found, "Date")), _body(found))
    except RecursionError:  # parts within parts within parts, as only an attacker writes them
        return MailFile()


def name_of(data: bytes, given: str) -> str:
    """A name that tells one mail from another: day, writer and subject; the name it came with when it has neither."""
    found = read(data)
    if not found.subject and not found.sender:
        return given
    day = f"{found.at:%Y-%m-%d}" if found.at else ""
    words = " ".join(filter(None, (day, found.writer, found.subject)))
    return f"{words[:LONGEST_HEADER]}.eml"


def _moment(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    with suppress(ValueError, OverflowError, OSError):
        return parsedate_to_datetime(text).astimezone()
    return None


def _header(message: Message, name: str) -> str:
    """A header in plain characters, whatever its encoding claims."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    raw = message.get(name)
    if raw is None:
        return ""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        parts = [(str(raw), None)]
    said = "".join(part if isinstance(part, str) else decoded(part, charset or "") for part, charset in parts)
    said = decoded(said.encode("ascii", "surrogateescape"), "") if _is_raw(said) else said
    return " ".join(said.split())[:LONGEST_HEADER]


def _is_raw(text: str) -> bool:
    """Whether bytes were taken over that are no ASCII, as old programs write them."""
    return any("\udc80" <= each <= "\udcff" for each in text) and all(
        each < "\x80" or "\udc80" <= each <= "\udcff" for each in text
    )


def decoded(data: bytes, charset: str = "") -> str:
    """Bytes as text: in the encoding that they claim, else in one that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    for each in filter(None, (charset, "utf-8-sig", "gb18030")):
        with suppress(ValueError, LookupError):
            return data.decode(each)
    return data.decode("latin-1")


def _body(message: Message) -> str:
    """The text of a mail; of one that has markup only, its words."""
    texts: dict[str, str] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in texts and not part.get_filename():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                texts[kind] = decoded(payload, part.get_content_charset() or "")
    if plain := texts.get("text/plain", "").strip():
        return plain[:LONGEST_BODY]
    return _words(texts.get("text/html", ""))[:LONGEST_BODY]


def _words(markup: str) -> str:
    reader = _Words()
    reader.feed(markup[:MOST_MARKUP])
    lines = (" ".join(each.split()) for each in "".join(reader.said).splitlines())
    return "\n".join(filter(None, lines))


class _Words(HTMLParser):
    """Takes the words out of markup; nothing that it refers to is looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = 0

    @override
    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in UNSEEN_PARTS
        if tag in BREAKS:
            self.said.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN_PARTS))
        if tag in BREAKS:
            self.said.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data)
