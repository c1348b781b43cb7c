"""Amounts of money and plain numbers, as people and spreadsheets write them."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from crm_desktop.i18n import _
from crm_desktop.text import numerals
from crm_desktop.text.damage import damage, is_damaged
from crm_desktop.text.findings import Finding, Reading, block, warn


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217)."""

    amount: Decimal
    currency: str = "CNY"


CURRENCY_WORDS = {
    "CNY": ("cny", "rmb", "人民币", "人民幣", "元", "圆", "圓", "块", "塊", "¥"),
    "USD": ("usd", "us$", "美元", "美金", "$", "dollars"),
    "EUR": ("eur", "欧元", "歐元", "€", "euros", "euro"),
    "GBP": ("gbp", "英镑", "英鎊", "£"),
    "HKD": ("hkd", "hk$", "港元", "港币", "港幣"),
    "TWD": ("twd", "nt$", "新台币", "新臺幣", "新台幣", "台币"),
    "JPY": ("jpy", "jp¥", "日元", "日圆", "日圓"),
    "KRW": ("krw", "₩", "韩元", "韓元"),
    "SGD": ("sgd", "s$", "新加坡元"),
    "AUD": ("aud", "a$", "澳元"),
    "CAD": ("cad", "c$", "加元"),
    "CHF": ("chf", "瑞士法郎"),
    "INR": ("inr", "₹"),
    "RUB": ("rub", "₽", "卢布"),
}
CURRENCIES = {word: code for code, words in CURRENCY_WORDS.items() for word in words}
SYMBOLS = {
    "CNY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
    "INR": "₹",
    "RUB": "₽",
}
_WORDS = "|".join(re.escape(each) for each in sorted(CURRENCIES, key=len, reverse=True))
FRONT = re.compile(rf"(?P<sign>[-+]?)\s*(?P<word>{_WORDS})")
BACK = re.compile(rf"(?P<word>{_WORDS})[整正]?$")

UNITS = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "百萬": 10**6,
    "千万": 10**7,
    "千萬": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "mio.": 10**6,
    "mln": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_UNITS = "|".join(re.escape(each) for each in sorted(UNITS, key=len, reverse=True))
TERM = re.compile(rf"(?P<number>[0-9.,]*[0-9])(?P<unit>{_UNITS})?")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,4}(?:,[0-9]{4})+(?:\.[0-9]+)?")
CONTINENTAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
DOUBTFUL_POINT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15
LONGEST = 60


def read(text: str | float | Decimal) -> Reading[Money]:
    """The amount that was meant, in yuan when no currency is named; a negative one is refused."""
    if isinstance(text, float) and 0 <= text < LARGEST and (amount := Decimal(repr(text))) == amount.quantize(CENT):
        return Reading(Money(amount.quantize(CENT)))
    plain = _plain(text)
    if not plain:
        return Reading(None)
    if is_damaged(plain):
        return Reading(None, (damage(plain.upper()),))
    plain, currency = _part_currency(plain)
    number = _read_plain(plain)
    if number.value is None:
        return Reading(None, (warn(_("This is not an amount, such as 120,000 or 50万.")),))
    if number.value < 0:
        return Reading(None, (block(_("An amount cannot be negative.")),))
    amount = number.value.quantize(CENT)
    rounded = abs(amount - number.value) > Decimal("1e-6")
    findings = number.findings + (
        (warn(_("The amount was rounded to {amount}.").format(amount=f"{amount:,}")),) if rounded else ()
    )
    return Reading(Money(amount, currency), findings)


def read_number(text: str | float | Decimal) -> Reading[Decimal]:
    """The number that was meant: 1,234.5, 50万, 1.5M, 三百."""
    plain = _plain(text)
    if not plain:
        return Reading(None)
    if is_damaged(plain):
        return Reading(None, (damage(plain.upper()),))
    reading = _read_plain(plain)
    return (
        reading
        if reading.value is not None
        else Reading(None, (warn(_("This is not a number, such as 1,234 or 50万.")),))
    )


def show(money: Money, language: str) -> str:
    """The exact amount in groups of three: “¥120,000,000”, with cents only where there are some."""
    whole = money.amount == money.amount.to_integral_value()
    return _with_symbol(f"{money.amount:,.0f}" if whole else f"{money.amount:,.2f}", money.currency, language)


def short(money: Money, language: str) -> str:
    """The amount in few characters, for cards and charts: “¥1.2亿”, “¥120M”."""
    steps = ((10**8, "亿"), (10**4, "万")) if language.startswith("zh") else ((10**9, "B"), (10**6, "M"), (10**3, "K"))
    for size, unit in steps:
        if abs(money.amount) >= size:
            figure = f"{money.amount / size:,.2f}".rstrip("0").rstrip(".")
            return _with_symbol(figure + unit, money.currency, language)
    return show(money, language)


def _part_currency(plain: str) -> tuple[str, str]:
    """The number and its currency, which may stand on either side, or on both as in 人民币50万元."""
    front, back = FRONT.match(plain), BACK.search(plain)
    if back:
        plain = plain[: back.start()]
    if front:
        plain = front["sign"] + plain[front.end() :]
    word = front or back
    return plain.strip(), CURRENCIES[word["word"]] if word else "CNY"


def _with_symbol(figure: str, currency: str, language: str) -> str:
    symbol = "US$" if currency == "USD" and language.startswith("zh") else SYMBOLS.get(currency, f"{currency} ")
    return symbol + figure


def _plain(text: str | float | Decimal) -> str:
    """The cell as lower-case half-width text, brackets for a negative number turned into a minus."""
    if isinstance(text, float):
        text = Decimal(repr(text))
    plain = f"{text:f}" if isinstance(text, Decimal) else unicodedata.normalize("NFKC", str(text))
    plain = re.sub(r"[−–—]", "-", plain.strip().lower())
    plain = re.sub(r"^\((.*)\)$", r"-\1", plain)
    return re.sub(r"(?<=[0-9])[ \u00a0'’](?=[0-9]{3}(?![0-9]))", "", plain)


def _read_plain(plain: str) -> Reading[Decimal]:
    """The number in tidied text; None, without a sentence, when there is none."""
    minus = plain.startswith("-")
    terms = re.sub(r"\s+(?=[^0-9\s])", "", plain.removeprefix("-").removeprefix("+").strip())
    if len(terms) > LONGEST:
        return Reading(None)
    counted = numerals.read(terms)
    total, findings = _sum(terms) if counted is None else (Decimal(counted), ())
    if total is None or total >= LARGEST:
        return Reading(None)
    return Reading(-total if minus else total, findings)


def _sum(terms: str) -> tuple[Decimal | None, tuple[Finding, ...]]:
    """The sum of “1亿2000万”: units must shrink, and a second figure needs one, as 1万2 may mean 12,000 or 10,002."""
    total, at, last = Decimal(0), 0, 0
    findings: list[Finding] = []
    while at < len(terms):
        match = TERM.match(terms, at)
        unit = UNITS.get(match["unit"] or "", 1) if match else 0
        figure = _figure(match["number"], findings, alone=match.end() == len(terms) and unit == 1) if match else None
        if match is None or figure is None or (at and (unit == 1 or unit >= last)):
            return None, ()
        total, at, last = total + figure * unit, match.end(), unit
    return (total if at else None), tuple(findings)


def _figure(number: str, findings: list[Finding], *, alone: bool) -> Decimal | None:
    """One figure with its points and commas; says how it was taken where two readings are possible."""
    if PLAIN.fullmatch(number):
        if alone and DOUBTFUL_POINT.fullmatch(number):
            findings.append(warn(_("The point in {number} was taken as a decimal point.").format(number=number)))
        return Decimal(number)
    if GROUPED.fullmatch(number):
        return Decimal(number.replace(",", ""))
    if CONTINENTAL.fullmatch(number):
        return Decimal(number.replace(".", "").replace(",", "."))
    if DECIMAL_COMMA.fullmatch(number):
        findings.append(warn(_("The comma in {number} was taken as a decimal point.").format(number=number)))
        return Decimal(number.replace(",", "."))
    return None
