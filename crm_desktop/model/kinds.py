"""The sorts of value a field can hold: how each is kept, read from text, shown and put in a sheet. No Qt."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeEngine
from typing_extensions import override

from crm_desktop.i18n import _, language
from crm_desktop.model import picks
from crm_desktop.model.types import Codes, Hundredths, UTCTime
from crm_desktop.text import bands, credit_code, dates, handles, moments, money, regions
from crm_desktop.text.damage import damage, is_damaged, number_text
from crm_desktop.text.findings import Finding, Reading, block, warn
from crm_desktop.text.folding import clean

Cell = str | int | float | date | datetime | None


class Kind:
    """One line of text; the other kinds change what differs."""

    longest: int = 200

    def read(self, raw: object) -> Reading[Any]:
        """What someone meant by `raw`, a text or a cell of a sheet, and what is to be said about it."""
        text = clean(as_text(raw))
        if len(text) > self.longest:
            message = _("{count} characters are too many: the limit is {limit}.")
            return Reading(text, (block(message.format(count=len(text), limit=self.longest)),))
        return Reading(text or None, (damage(text),) if is_damaged(text) else ())

    def plain_text(self, text: str) -> str | None:
        """What `read` of this class makes of a text when it has nothing to say; None for all others, blanks too."""
        value = clean(text)
        return value or None if len(value) <= self.longest and not is_damaged(value) else None

    def show(self, value: Any) -> str:
        """The value as people read it."""
        return "" if value is None else str(value)

    def edit(self, value: Any) -> str:
        """The value as it is put in an editor; reading it again gives the same value."""
        return self.show(value)

    def cell(self, value: Any) -> Cell:
        """The value as a sheet holds it; reading it again gives the same value."""
        return self.edit(value) or None

    def check(self, _value: Any) -> tuple[Finding, ...]:
        """What is to be said about a value that is already kept."""
        return ()


class ShortText(Kind):
    """One line of text of limited length."""

    def __init__(self, longest: int = 200) -> None:
        self.longest = longest


class Notes(Kind):
    """Text of any length, on several lines."""

    longest = 100_000


class Whole(Kind):
    """A whole number that is not negative."""

    def __init__(self, smallest: int = 0, largest: int = 10**12) -> None:
        self.smallest, self.largest = smallest, largest

    @override
    def read(self, raw: object) -> Reading[int]:
        text = clean(as_text(raw))
        number = money.read_number(text).value if text else None
        if number is None or number != number.to_integral_value():
            return Reading(None, (warn(_("“{text}” is not a whole number.").format(text=text)),) if text else ())
        value = int(number)
        if not self.smallest <= value <= self.largest:
            message = _("{value} is outside {smallest} to {largest}.")
            return Reading(value, (block(message.format(value=value, smallest=self.smallest, largest=self.largest)),))
        return Reading(value)

    @override
    def show(self, value: int | None) -> str:
        return "" if value is None else f"{value:,}" if self.largest > 9999 else str(value)

    @override
    def cell(self, value: int | None) -> Cell:
        return value


class YesNo(Kind):
    """Yes or no."""

    WORDS: ClassVar[dict[str, bool]] = dict.fromkeys(
        ("yes", "y", "true", "1", "是", "有", "√", "✓"), True
    ) | dict.fromkeys(("no", "n", "false", "0", "否", "无", "×"), False)

    @override
    def read(self, raw: object) -> Reading[bool]:
        text = clean(as_text(raw))
        value = self.WORDS.get(text.lower())
        if text and value is None:
            return Reading(None, (warn(_("“{text}” is neither yes nor no.").format(text=text)),))
        return Reading(value)

    @override
    def show(self, value: bool | None) -> str:
        return "" if value is None else _("Yes") if value else _("No")


class Amount(Kind):
    """An amount of money with its currency, kept in two columns: `name` and `name_currency`."""

    @override
    def read(self, raw: object) -> Reading[money.Money]:
        return money.read(raw if isinstance(raw, (int, float, Decimal)) else as_text(raw))

    @override
    def show(self, value: money.Money | None) -> str:
        return money.show(value, language()) if value else ""

    @override
    def edit(self, value: money.Money | None) -> str:
        return f"{value.amount:f} {value.currency}" if value else ""


class Day(Kind):
    """A calendar date, which never shifts with the time zone."""

    @override
    def read(self, raw: object) -> Reading[date]:
        return dates.read(raw if isinstance(raw, (date, int, float)) else as_text(raw))

    @override
    def show(self, value: date | None) -> str:
        return dates.show_date(value, language()) if value else ""

    @override
    def edit(self, value: date | None) -> str:
        return value.isoformat() if value else ""

    @override
    def cell(self, value: date | None) -> Cell:
        return value


class Birthday(Kind):
    """A birthday with or without the year, solar or lunar, kept as `1990-03-08`, `--03-08` or with `L` before it."""

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(r"(L?)(?:(\d{4})|-)-(\d\d)-(\d\d)")

    @classmethod
    def kept(cls, day: dates.Birthday) -> str:
        """A birthday as it is kept."""
        year = f"{day.year:04}" if day.year else "-"
        return f"{'L' if day.lunar else ''}{year}-{day.month:02}-{day.day:02}"

    @classmethod
    def day(cls, kept: str) -> dates.Birthday | None:
        """The birthday behind what is kept, None when that is text that was never understood."""
        match = cls.PATTERN.fullmatch(kept)
        if match is None:
            return None
        lunar, year, month, day = match.groups()
        return dates.Birthday(int(year) if year else None, int(month), int(day), lunar=bool(lunar))

    @override
    def read(self, raw: object) -> Reading[str]:
        if isinstance(raw, str) and (kept := self.day(raw.strip())) and (kept.lunar or not kept.year):
            raw = dates.show_birthday(kept, "zh_CN")
        found = dates.read_birthday(raw if isinstance(raw, (date, int, float)) else as_text(raw))
        return Reading(self.kept(found.value) if found.value else None, found.findings)

    @override
    def show(self, value: str | None) -> str:
        day = self.day(value) if value else None
        return dates.show_birthday(day, language()) if day else value or ""

    @override
    def cell(self, value: str | None) -> Cell:
        day = self.day(value) if value else None
        return date(day.year, day.month, day.day) if day and day.year and not day.lunar else self.show(value) or None


class Moment(Kind):
    """A date and time, kept in UTC and shown in the user's own time."""

    @override
    def read(self, raw: object) -> Reading[datetime]:
        found = moments.read(raw if isinstance(raw, (date, int, float)) else as_text(raw))
        return Reading(found.value.astimezone() if found.value else None, found.findings)

    @override
    def show(self, value: datetime | None) -> str:
        return f"{value.astimezone():%Y-%m-%d %H:%M}" if value else ""

    @override
    def cell(self, value: datetime | None) -> Cell:
        return value.astimezone().replace(tzinfo=None, second=0, microsecond=0) if value else None


class Url(Kind):
    """The address of a web page; what is not one is kept as text and marked."""

    longest = 500

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        found = handles.read_url(text)
        return Reading(found.value or text or None, found.findings)

    def at_once(self, text: str) -> str | None:
        """What `read` makes of a text that surely is a web address; None for all others."""
        return handles.url_at_once(clean(text))

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        return handles.read_url(value).findings if value else ()


class CreditCode(Kind):
    """统一社会信用代码, the number of a Chinese organisation, checked by its last digit."""

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        found = credit_code.read(text)
        return Reading(found.value or text or None, found.findings)

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        return credit_code.read(value).findings if value else ()


class Postcode(Kind):
    """A postal code as in China; another one is kept and marked."""

    longest = 20
    CHINESE: ClassVar[re.Pattern[str]] = re.compile(r"[0-9]{6}")

    @override
    def read(self, raw: object) -> Reading[str]:
        found = super().read(unicodedata.normalize("NFKC", as_text(raw)))
        return Reading(found.value, found.findings or self.check(found.value))

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        if not value or self.CHINESE.fullmatch(value):
            return ()
        return (warn(_("A postal code has 6 digits, such as 200120. Please check “{text}”.").format(text=value)),)


class Choice(Kind):
    """One value of a pick list; a word that the list does not know is kept as it came and marked."""

    def __init__(self, list_code: str) -> None:
        self.list_code = list_code

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        if not text:
            return Reading(None)
        code = picks.code_of(self.list_code, text)
        return Reading(code or text, () if code else self.check(text))

    @override
    def show(self, value: str | None) -> str:
        return picks.label(self.list_code, value) if value else ""

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        if not value or any(each.code == value for each in picks.of(self.list_code)):
            return ()
        return (warn(_("“{text}” is not in the list: choose a value, or add it to the list.").format(text=value)),)


class SizeBand(Choice):
    """A band of the number of employees; a number picks its band."""

    def __init__(self) -> None:
        super().__init__("size_band")

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        if code := picks.code_of(self.list_code, text):
            return Reading(code)
        found = bands.read_band(text)
        return Reading(found.value[0] if found.value else text or None, found.findings)


class Choices(Kind):
    """Several values of a pick list."""

    longest = 500

    def __init__(self, list_code: str) -> None:
        self.one = Choice(list_code)
        self.list_code = list_code

    @override
    def read(self, raw: object) -> Reading[tuple[str, ...]]:
        found = [self.one.read(word) for word in split_words(as_text(raw))]
        values = tuple(dict.fromkeys(each.value for each in found if each.value))
        return Reading(values or None, tuple(finding for each in found for finding in each.findings))

    @override
    def show(self, value: tuple[str, ...] | None) -> str:
        return ("、" if language() == "zh_CN" else ", ").join(self.one.show(each) for each in value or ())

    @override
    def check(self, value: tuple[str, ...] | None) -> tuple[Finding, ...]:
        return tuple(finding for each in value or () for finding in self.one.check(each))


class Region(Kind):
    """A country, province, city or district by its code; a place that we do not know is kept as it came and marked."""

    @override
    def read(self, raw: object) -> Reading[str]:
        text = clean(as_text(raw))
        if not text or regions.is_known(text):
            return Reading(text or None)
        found = regions.read_city(text)
        place = found.value
        if place is None or place.line:
            return Reading(text, found.findings or self.check(text))
        return Reading(place.district or place.city or place.province or place.country, found.findings)

    @override
    def show(self, value: str | None) -> str:
        return regions.show(regions.place_of(value), language()) if value and regions.is_known(value) else value or ""

    @override
    def check(self, value: str | None) -> tuple[Finding, ...]:
        if not value or regions.is_known(value):
            return ()
        return (warn(_("“{text}” is not a place we know; it is kept as text.").format(text=value)),)


class LinkTo(Kind):
    """Another record, by its identity; its name is looked up by whoever shows it."""

    def __init__(self, table: str) -> None:
        self.table = table

    @override
    def read(self, raw: object) -> Reading[int]:
        return Reading(int(raw) if isinstance(raw, (int, str)) and str(raw).isdigit() else None)


def as_text(raw: object) -> str:
    """A cell as text: a whole number that a sheet keeps as a fraction loses its `.0`, a date is written the ISO way."""
    if raw is None or isinstance(raw, str):
        return raw or ""
    if isinstance(raw, float):
        return number_text(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def split_words(text: str) -> list[str]:
    """The words of a cell that holds several, without blanks and repetitions."""
    for sign in "、;；，|/\n":
        text = text.replace(sign, ",")
    return list(dict.fromkeys(word for each in text.split(",") if (word := clean(each).lstrip("#").strip())))


def kept(sql: TypeEngine[Any], kind: Kind | None = None) -> Any:
    """What goes in `Annotated` to say how a Python type is kept and, where it says enough, which kind it is."""
    return mapped_column(sql, info={"kind": kind} if kind else {})


Line = Annotated[str, kept(String(200), ShortText())]
LongText = Annotated[str, kept(Text(), Notes())]
Code = Annotated[str, kept(String(200))]
CodeList = Annotated[tuple[str, ...], kept(Codes(500))]
Number = Annotated[int, kept(Integer(), Whole())]
Flag = Annotated[bool, kept(Boolean(), YesNo())]
MoneyAmount = Annotated[Decimal, kept(Hundredths(), Amount())]
Currency = Annotated[str, kept(String(3))]
OnDay = Annotated[date, kept(Date(), Day())]
BirthdayText = Annotated[str, kept(String(12), Birthday())]
At = Annotated[datetime, kept(UTCTime(), Moment())]
WebAddress = Annotated[str, kept(String(500), Url())]
