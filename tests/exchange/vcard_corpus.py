"""Bad and odd vCards, kind 13 of the plan: always the same files, each with what must become of it.

A case is one thing that can be odd in a card. Each is a file of its own, in the shape of `corpus.cases`.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KIND = 13
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PNG_TEXT = base64.b64encode(PNG).decode()
PNG_URI = f"data:image/png;base64,{PNG_TEXT}"


@dataclass(frozen=True)
class Cards:
    """The file is read: what its rows hold under these words, in order, and words that its notes must have."""

    rows: list[dict[str, object]] = field(default_factory=list)
    warned: tuple[str, ...] = ()
    count: int = 0
    """How many rows there are, when they are too many to be listed."""


@dataclass(frozen=True)
class RefusedFile:
    """The file is not read; the sentence has these words."""

    said: str


Expectation = Cards | RefusedFile
Made = tuple[str, bytes, Expectation]


def cases(folder: Path) -> Iterator[tuple[str, int, Path, Expectation]]:
    """Name, kind, file and expectation of every case."""
    for at, (name, content, expected) in enumerate(made()):
        path = folder / f"{KIND}-{at:03}.vcf"
        path.write_bytes(content)
        yield name, KIND, path, expected


def made() -> Iterator[Made]:
    """All cases before they are written."""
    yield from _versions()
    yield from _encodings()
    yield from _foldings()
    yield from _values()
    yield from _telephones()
    yield from _photos()
    yield from _broken()
    yield from _large()


def card(*lines: str, version: str = "3.0") -> str:
    """A card with these lines."""
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def _one(name: str, content: str | bytes, *warned: str, **row: object) -> Made:
    raw = content if isinstance(content, bytes) else content.encode()
    words = {each.replace("_", " ").replace("mail", "-mail"): value for each, value in row.items()}
    return name, raw, Cards([words], warned)


def _qp(text: str, charset: str) -> str:
    return quopri.encodestring(text.encode(charset), quotetabs=True).decode().replace("=\n", "=\r\n")


def _versions() -> Iterator[Made]:
    old = card("N:Schneider;Anna", "TEL;CELL:+49 170 1234567", "EMAIL;INTERNET:anna@example.com", version="2.1")
    yield _one("2.1 with bare types", old, Name="Anna Schneider", Mobile="+49 170 1234567", Email="anna@example.com")
    new = card("FN:Anna Schneider", 'TEL;VALUE=uri;TYPE="cell,voice":tel:+49-170-1234567', version="4.0")
    yield _one("4.0 with a telephone as URI", new, Name="Anna Schneider", Mobile="+49-170-1234567")
    ext = card("FN:Anna", "TEL;VALUE=uri:tel:+49-30-123456;ext=12", version="4.0")
    yield _one("4.0 with an extension", ext, Phone="+49-30-123456 ext. 12")
    mixed = old + card("FN:张三") + new
    rows: list[dict[str, object]] = [{"Name": each} for each in ("Anna Schneider", "张三", "Anna Schneider")]
    yield "2.1, 3.0 and 4.0 in one file", mixed.encode(), Cards(rows)
    yield _one("no version", "BEGIN:VCARD\r\nFN:张三\r\nEND:VCARD\r\n", Name="张三")
    yield _one("a version that there is not", card("FN:张三", version="9.9"), Name="张三")
    yield _one(
        "names of lines in small letters", "begin:vcard\nfn:张三\ntel;type=cell:13800138000\nend:vcard\n", Name="张三"
    )
    yield _one("blanks behind begin and end", "BEGIN:VCARD  \r\nFN:张三\r\nEND:VCARD \r\n", Name="张三")
    yield _one("groups", card("FN:张三", "home.TEL;TYPE=CELL:13800138000"), Mobile="13800138000")
    yield _one("only a company", card("ORG:ABC有限公司", "TEL:010-12345678"), Name=None, Account="ABC有限公司")
    kind = card("FN:ABC有限公司", "KIND:org", "TEL:010-12345678", version="4.0")
    yield _one("a company as 4.0 marks it", kind, Name=None, Account="ABC有限公司")
    apple = card("FN:ABC", "N:;;;;", "ORG:ABC;", "X-ABShowAs:COMPANY")
    yield _one("a company as telephones mark it", apple, Name=None, Account="ABC")


def _encodings() -> Iterator[Made]:
    for charset in ("GBK", "GB2312", "UTF-8", "Big5", "Shift_JIS"):
        name = "張三" if charset == "Big5" else "田中" if charset == "Shift_JIS" else "张三"
        line = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{_qp(name, charset)}"
        yield _one(f"quoted-printable in {charset}", card(line, version="2.1"), Name=name)
        raw = card(f"FN;CHARSET={charset}:{name}", version="2.1").encode(charset)
        yield _one(f"plain bytes in {charset}, told", raw, Name=name)
    long_note = "这是一段很长的备注，一行写不下。" * 10
    soft = card("FN:张三", f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{_qp(long_note, 'utf-8')}", version="2.1")
    yield _one("soft line breaks", soft, Notes=long_note)
    breaks = card("FN:张三", "NOTE;QUOTED-PRINTABLE:a=0D=0Ab", version="2.1")
    yield _one("a line feed in quoted-printable", breaks, Notes="a\nb")
    untold = card("N;QUOTED-PRINTABLE:=D5=C5;=C8=FD", version="2.1")
    yield _one("quoted-printable without its encoding", untold, "GB18030", Name="张三")
    wrong = card(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_qp('张三', 'gbk')}", version="2.1")
    yield _one("an encoding that is not the one told", wrong, "GB18030", Name="张三")
    unknown = card("FN;CHARSET=x-klingon:张三")
    yield _one("an encoding that nobody knows", unknown, "UTF-8", Name="张三")
    text = card("FN:张三", "ORG:上海精密机械有限公司", "NOTE:客户很重要，请尽快联系，不要忘记。")
    yield _one(
        "a whole file in GB18030", text.encode("gb18030"), "GB18030", Name="张三", Account="上海精密机械有限公司"
    )
    yield _one("UTF-8 with a mark", b"\xef\xbb\xbf" + text.encode(), Name="张三")
    yield _one("UTF-16 with a mark", text.encode("utf-16"), Name="张三")
    yield _one("UTF-16 without a mark", text.encode("utf-16-le"), Name="张三")
    odd = card("FN:张三", "NOTE:XX").encode().replace(b"XX", b"\xd6\xd0") + text.encode() * 3
    yield "one value in another encoding", odd, Cards([{"Name": "张三", "Notes": "中"}], ("NOTE", "GB18030"), 4)


def _foldings() -> Iterator[Made]:
    raw = card("FN:张三", "NOTE:XX").encode()
    inside = raw.replace(b"XX", "重要".encode()[:2] + b"\r\n " + "重要".encode()[2:])
    yield _one("folded inside a character", inside, Notes="重要")
    yield _one("folded with a tab", card("FN:张\r\n\t三"), Name="张三")
    yield _one("folded after the name", card("NOTE\r\n :abc", "FN:张三"), Notes="abc")
    for name, end in (("line feeds", "\n"), ("carriage returns", "\r")):
        yield _one(f"ends of lines are {name}", card("FN:张三", "NOTE:a").replace("\r\n", end), Name="张三", Notes="a")
    mixed = "BEGIN:VCARD\nFN:张三\r\nTEL;CELL:13800138000\rNOTE:a\n\r\nEND:VCARD"
    yield _one("ends of lines of every kind", mixed, Name="张三", Mobile="13800138000", Notes="a")
    bare = card("FN:张三", "NOTE:first", "second line", "TEL:13800138000")
    yield _one("a line feed that nobody protected", bare, "second line", Notes="first\nsecond line")
    escaped = card("FN:张三", r"NOTE:a\, b\; c\\d\ne\:f")
    yield _one("everything escaped", escaped, Notes="a, b; c\\d\ne:f")
    yield _one("a backslash at the end", card("FN:张三", "NOTE:a\\"), Notes="a\\")
    yield _one("blank lines", card("", "FN:张三", "", "", "NOTE:a", ""), Name="张三", Notes="a")


def _values() -> Iterator[Made]:
    yield _one("a Chinese name turned round", card("N:张;三;;;", "FN:三 张"), Name="张三")
    yield _one(
        "a name with title and suffix", card("N:Schneider;Anna;Maria;Dr.;MBA"), Name="Dr. Anna Maria Schneider MBA"
    )
    yield _one("no name but a mail address", card("EMAIL:a@example.com"), Name="a@example.com")
    yield _one("a department", card("FN:张三", "ORG:ABC;华东;一部"), Account="ABC", Department="华东 / 一部")
    yield _one("two companies", card("FN:张三", "ORG:ABC", "ORG:XYZ"), Account="ABC", Notes="Also at: XYZ")
    for text, kept in (
        ("1990-03-08", "1990-03-08"),
        ("19900308", "1990-03-08"),
        ("--0308", "--03-08"),
        ("--03-08", "--03-08"),
        ("1604-03-08", "--03-08"),
        ("1990-03-08T00:00:00Z", "1990-03-08"),
        ("around 1990", "around 1990"),
    ):
        yield _one(f"a birthday {text}", card("FN:张三", f"BDAY:{text}"), Birthday=kept)
    yield _one("tags", card("FN:张三", r"CATEGORIES:VIP,展会,a\,b"), Tags="VIP、展会、a,b")
    chinese = card("FN:张三", "ADR;TYPE=WORK:;;人民路1号;上海;上海;200000;中国")
    yield _one("a Chinese address", chinese, Office_address="中国 上海人民路1号 200000")
    german = card("FN:Anna", "ADR:;;Hauptstr. 5;Berlin;;10115;Germany")
    yield _one("a German address", german, Office_address="Hauptstr. 5, 10115 Berlin, Germany")
    both = card("FN:Anna", "ADR;HOME:;;a 1;;;;", "ADR;WORK:;;b 2;;;;")
    yield _one("two addresses", both, Office_address="a 1\nb 2")
    sound = card("FN:张三", "X-PHONETIC-FIRST-NAME:San", "NICKNAME:小张", "ANNIVERSARY:20200101", "X-ODD:1")
    notes = "Given name by sound: San\nNickname: 小张\nAnniversary: 20200101\nX-ODD: 1"
    yield _one("what has no field", sound, Notes=notes)
    yield _one("a gender", card("FN:Anna", "GENDER:F;she", version="4.0"), Gender="female", Notes="Gender: she")
    shell = card("FN:=cmd|' /C calc'!A0", "NOTE:=1+1")
    yield _one("formulas", shell, Name="=cmd|' /C calc'!A0", Notes="=1+1")


def _telephones() -> Iterator[Made]:
    label = card("FN:张三", "item1.TEL:010-12345678", "item1.X-ABLabel:工作手机")
    yield _one("a label of one's own", label, Mobile="010-12345678")
    fax = card("FN:张三", "TEL;TYPE=WORK,FAX:010-12345679", "TEL;TYPE=PAGER:12345")
    yield _one("a fax and a pager", fax, Notes="Fax: 010-12345679\nPAGER: 12345")
    several = card("FN:张三", "TEL;CELL:13800138000", "TEL;CELL:13900139000", "TEL;WORK:010-12345678")
    yield _one("several numbers", several, Mobile="13800138000; 13900139000", Phone="010-12345678")
    yield _one("a mobile number without a type", card("FN:张三", "TEL:138 0013 8000"), Mobile="138 0013 8000")
    yield _one("the same number twice", card("FN:张三", "TEL;CELL:1", "TEL;CELL:1"), Mobile="1")
    chat = card("FN:张三", "X-QQ:12345678", "IMPP;X-SERVICE-TYPE=WeChat:x-apple:zhang_san", "X-SKYPE:zhang")
    yield _one("chats", chat, QQ="12345678", WeChat="zhang_san", Notes="Skype: zhang")
    site = card("FN:张三", "URL:https://www.linkedin.com/in/zhang", "URL:www.example.com")
    yield _one("web pages", site, LinkedIn="https://www.linkedin.com/in/zhang", Notes="Website: www.example.com")


def _photos() -> Iterator[Made]:
    folded = "\r\n ".join(PNG_TEXT[at : at + 30] for at in range(0, len(PNG_TEXT), 30))
    yield _one("a folded photo", card("FN:张三", f"PHOTO;ENCODING=b;TYPE=PNG:{folded}"), Photo=PNG_URI)
    bare = "\r\n".join(PNG_TEXT[at : at + 30] for at in range(0, len(PNG_TEXT), 30))
    old = card("FN:张三", f"PHOTO;PNG;BASE64:{bare}", "", "NOTE:a", version="2.1")
    yield _one("a photo of 2.1 without blanks in front", old, Photo=PNG_URI, Notes="a")
    yield _one("a photo as URI", card("FN:张三", f"PHOTO:{PNG_URI}", version="4.0"), Photo=PNG_URI)
    away = card("FN:张三", "PHOTO;VALUE=uri:https://example.com/a.jpg")
    yield _one("a photo that is elsewhere", away, Photo=None, Notes="Photo: https://example.com/a.jpg")
    wrong = card("FN:张三", "PHOTO;ENCODING=b;TYPE=JPEG:abc$$$def=")
    yield _one("a photo with wrong base64", wrong, "Card 1 (张三)", "damaged", Photo=None, Name="张三")
    drawn = base64.b64encode(b"<svg onload='alert(1)'/>").decode()
    yield _one("a drawing", card("FN:张三", f"PHOTO;ENCODING=b:{drawn}"), "This is no photo", Photo=None)
    big = base64.b64encode(b"\xff\xd8\xff" + bytes(5 * 2**20)).decode()
    yield _one("a photo of more than 5 MB", card("FN:张三", f"PHOTO;ENCODING=b:{big}"), "larger than 5 MB", Photo=None)
    most = base64.b64encode(b"\xff\xd8\xff" + bytes(9 * 2**20)).decode()
    yield _one("a photo of 9 MB", card("FN:张三", f"PHOTO;ENCODING=b:{most}"), "too large", Photo=None, Name="张三")
    twice = card("FN:张三", f"PHOTO:{PNG_URI}", f"PHOTO:{PNG_URI}")
    yield _one("two photos", twice, "more than one photo", Photo=PNG_URI)
    logo = card("FN:张三", "LOGO;ENCODING=b:AAAA", "KEY:https://example.com/key")
    yield _one("a logo and a key", logo, "“LOGO”", Notes="KEY: https://example.com/key")


def _broken() -> Iterator[Made]:
    good = card("FN:李四")
    whole: list[dict[str, object]] = [{"Name": "李四"}]
    yield (
        "truncated",
        (good + "BEGIN:VCARD\r\nFN:张三\r\nTEL:1380").encode(),
        Cards(whole, ("Card 2 (张三)", "END:VCARD")),
    )
    inside = "BEGIN:VCARD\r\nFN:张三\r\n" + good + "NOTE:lost\r\nEND:VCARD\r\n"
    yield "a card inside a card", inside.encode(), Cards(whole, ("Card 1 (张三)",))
    deep = "BEGIN:VCARD\r\n" * 3000 + "FN:张三\r\n" + "END:VCARD\r\n" * 3000
    yield "3,000 cards inside one another", deep.encode(), Cards([{"Name": "张三"}], ("Card 1:", "2,799 more"))
    group = card("FN:Friends", "KIND:group", "MEMBER:urn:uuid:1", version="4.0") + good
    yield "a group", group.encode(), Cards(whole, ("Card 1 (Friends)", "group"))
    yield "a card that says nothing", (card() + good).encode(), Cards(whole, ("Card 1:", "says nothing"))
    yield "only cards that say nothing", card().encode(), RefusedFile("Card 1: it says nothing")
    yield "empty", b"", RefusedFile("BEGIN:VCARD")
    yield "something else", "Name,Mobile\r\n张三,13800138000\r\n".encode(), RefusedFile("BEGIN:VCARD")
    yield "a picture", PNG, RefusedFile("BEGIN:VCARD")
    yield "zeros", bytes(5000), RefusedFile("BEGIN:VCARD")
    control = card("FN:张\x00三\x07", "NOTE:a\x1bb\x85c")
    yield _one("control characters", control, Name="张三", Notes="ab\nc")
    yield _one("signs that cannot be seen", card("FN:\u202e张\u200b三\ufeff"), Name="张三")
    yield _one("letters that look alike", card("FN:Аnnа Sсhneider"), Name="Аnnа Sсhneider")
    odd = card("FN:张三", "T L:1", ";X:2", 'TEL;TYPE="a:3', "电话:4")
    yield _one("lines that are none", odd, "is no line", Name="张三", Notes='T L:1\n;X:2\nTEL;TYPE="a:3\n电话:4')
    many = card("FN:张三", "TEL;TYPE=" + ",".join(["a"] * 400) + '"x:13800138000')
    yield _one("many values of a parameter", many, "is no line", Name="张三")
    yield _one("a word of half a character", card("FN:张三", "NOTE:\\ud83d"), Notes="\\ud83d")
    yield "two good cards around a bad one", (good + card() + good).encode(), Cards(whole * 2, ("Card 2:",))


def _large() -> Iterator[Made]:
    good = card("FN:李四").encode()
    long = card("FN:张三", "NOTE:" + "x" * 5_000_000).encode()
    yield "a line of 5 MB", long + good, Cards([{"Name": "李四"}], ("Card 1 (张三)", "larger than 1 MB"))
    folded = card("FN:张三", "NOTE:" + "\r\n ".join(["y" * 73] * 70_000)).encode()
    yield "a folded line of 5 MB", folded + good, Cards([{"Name": "李四"}], ("larger than 1 MB",))
    lines = card("FN:张三", *["NOTE:z"] * 200_000).encode()
    yield "200,000 lines in a card", lines + good, Cards([{"Name": "李四"}], ("larger than 1 MB",))
    many = b"".join(card(f"FN:李四{at}", f"TEL;CELL:138{at:08}").encode() for at in range(10_000))
    yield "10,000 cards", many, Cards([{"Name": "李四0"}], (), 10_000)
    yield "one long word", b"A" * 5_000_000, RefusedFile("BEGIN:VCARD")
    yield "5 MB of line ends", b"\r\n" * 2_500_000 + good, Cards([{"Name": "李四"}])
