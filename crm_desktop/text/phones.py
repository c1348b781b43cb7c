"""Telephone numbers as people write them. Doubtful ones are kept and marked, never blocked."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from crm_desktop.i18n import _, ngettext
from crm_desktop.text.damage import damage, is_damaged, number_text
from crm_desktop.text.findings import Finding, Reading, warn
from crm_desktop.text.folding import half_width
from crm_desktop.text.phone_rules import known


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it was written, and what it was understood to be."""

    raw: str
    e164: str = ""
    ext: str = ""
    kind: str = "unknown"
    country: str = ""
    valid: bool = False


# How mainland numbers without +86 and the leading 0 are grouped when they are shown (phonenumbers 9.0.43, region CN):
# lists of thousands of numbers need no library for that.
MOBILE = re.compile(r"(1(?:[38][0-9]|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8]))([0-9]{4})([0-9]{4})")
LANDLINE = re.compile(
    r"(10|2[0-57-9])(?!800)([2-8][0-9]{3})([0-9]{4})"
    r"|(311|37[179]|4[15]1|43[12]|51[0-9]|52[37]|53[12]|551|57[13-79]|59[15]|7[39]1|75[57]|76[09]|871|898)"
    r"([2-8][0-9]{3})([0-9]{4})"
    r"|(31[02-9]|335|349|35[0-9]|37[02-6]|39[1-68]|41[25-9]|42[179]|43[46-9]|45[2-9]|46[47-9]|47[0-9]|48[23]"
    r"|53[03-9]|54[36]|55[02-9]|56[1-46]|57[028]|580|59[2-46-9]|63[1-35]|66[0238]|69[12]"
    r"|701|7[17][0-9]|72[248]|73[04-9]|74[3-6]|75[0-3689]|76[2368]|79[02-9]|81[236-8]|82[5-7]|83[0-9]|85[5-9]|87[02-9]"
    r"|88[36-8]|89[1-7]|90[1-3689]|91[1-79]|93[0-9]|94[13]|95[1-5]|97[0-79]|99[0-35-9])([2-8][0-9]{2})([0-9]{4})"
)
SHORT = re.compile(r"11[0249]|12[02]|12[0-9]{3}|1[01][0-9]{3}|9[56][0-9]{3,4}")

TYPES = {0: "landline", 1: "mobile", 3: "tollfree", 5: "tollfree"}
"""Our kinds by the number of `phonenumbers.PhoneNumberType`; 400 numbers are its SHARED_COST."""

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー", "-"))
LABEL = re.compile(
    r"(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|fax|[tmpf]|电话|電話|手机|手機|座机|座機|固话|固話|总机|總機|传真|傳真)\.?\s*[:.]\s*",
    re.IGNORECASE,
)
LABELS_INSIDE = re.compile(
    r"(?<=[0-9)）])[\s,，;；、]*(?=(?:[(（]?(?:tel|phone|mob|fax|电话|電話|手机|手機|座机|座機|固话|固話|传真|傳真))[a-z)）]*\.?\s*[:：])",
    re.IGNORECASE,
)
"""Where the label of the next number begins, as in “手机：… 电话：…”."""
EXTENSION = re.compile(
    r"[\s,;(]*(?:转|轉|分机号?|分機號?|内线|內線|extension|extn?|ext|x|#|\*)[\s.:]*(?P<ext>[0-9]{1,7})[\s)]*$"
    r"|(?<=[0-9]),+\s*(?P<pause>[0-9]{1,6})\s*$",
    re.IGNORECASE,
)
DASHED_EXTENSION = re.compile(r"(?P<number>.*[0-9])\s*-\s*(?P<ext>[0-9]{1,6})\s*$")
COMPLETE = re.compile(r"0(?:10|2[0-9])[0-9]{8}|0[3-9][0-9]{2}[0-9]{7,8}|1[3-9][0-9]{9}|[48]00[0-9]{7}|[2-8][0-9]{7}")
CHINA = re.compile(
    r"\(?(?:\+\s*(?:00)?86|0086|086(?=[\s).-]|0|1[3-9]))\)?[\s.-]*|\(?86\)?[\s.-]*(?=(?:[^0-9]*[0-9]){10})"
)
STRAY = re.compile(r"[^0-9\s()+.·-]|^-|(?<=[0-9]{10})\.|[0-9][^+]*\+")
SEPARATOR = re.compile(
    r"([/／、;；，,|\r\n或]|(?<=\s)or(?=\s)"
    r"|(?<=[0-9]{7})\s+(?=(?:(?:\+?86[\s-]?)?1[3-9][0-9]{9}|0[1-9][0-9]{1,2}[\s-]?[0-9]{7,8})(?![0-9])))",
    re.IGNORECASE,
)
TAIL = re.compile(r"\s*(?:(?:转|轉|分机|分機|内线|內線|ext|x|#|\*)\D{0,6}[0-9]{1,7}|[0-9]{1,4})\s*", re.IGNORECASE)
ABROAD = ("+", "00", "(+", "(00")
"""What a number of any country begins with when it is written as from another one."""
TIDY = str.maketrans("", "", " -()")
SHORTEST_GROUP = 4
"""How many digits behind the last dash belong to the number for sure: fewer may be an extension."""
MOBILE_DIGITS = 11
LONGEST = 80


def at_once(text: str, region: str = "CN") -> tuple[str, str, str] | None:
    """E.164, kind and country of a text whose digits, put together, are surely a valid number; None for all others."""
    digits = text.translate(TIDY)
    if digits[:1] == "+":
        digits = digits[1:]
    elif region == "CN" and digits[:1] == "0":
        digits = "86" + digits[1:]
    elif region == "CN" and digits[:1] == "1" and len(digits) == MOBILE_DIGITS:
        digits = "86" + digits
    else:
        return None
    if text.startswith("-") or "-" in text[-SHORTEST_GROUP:] or not (digits.isascii() and digits.isdecimal()):
        return None
    found = known(digits)
    return ("+" + digits, *found) if found else None


def split_cell(text: str) -> list[str]:
    """The numbers that share one cell; an extension stays with its number."""
    pieces = SEPARATOR.split(LABELS_INSIDE.sub("\n", text))
    numbers = [pieces[0]]
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if len(piece) < 20 and TAIL.fullmatch(piece) and 7 <= len(_only_digits(numbers[-1][:LONGEST])) < 20:
            numbers[-1] += mark + piece
        else:
            numbers.append(piece)
    return [each.strip() for each in numbers if each.strip()]


def read(text: str | float, region: str = "CN") -> Reading[Phone]:
    """The number that was meant; one without a country code belongs to `region`."""
    raw = _written(text)
    if not raw:
        return Reading(None)
    if found := at_once(raw, region):
        e164, kind, country = found
        return Reading(Phone(raw, e164, "", kind, country, valid=True))
    if is_damaged(raw):
        return Reading(Phone(raw), (damage(raw),))
    if len(raw) > LONGEST:
        return Reading(Phone(raw), (warn(_("This is too long for a telephone number.")),))
    return _read_parts(raw, region)


def show(raw: str, e164: str, ext: str) -> str:
    """The number as people read it; one that is not valid is shown as it was typed."""
    shown = _international(e164)
    if not shown:
        return raw
    return _("{number} ext. {ext}").format(number=shown, ext=ext) if ext else shown


def digits(raw: str, e164: str, ext: str) -> str:
    """The digits a search looks through, in one run; it ends with those of the number, not of the extension."""
    if e164:
        return _only_digits(e164)
    found = _only_digits(unicodedata.normalize("NFKC", raw))
    return found.removesuffix(ext) if ext != found else found


def _written(text: str | float) -> str:
    """The cell as text; Excel hands a number over as a float."""
    return number_text(text) if isinstance(text, float) else str(text).strip()


def _tidied(raw: str) -> str:
    """`raw` in plain half-width characters, without a label such as “Tel:” and without Excel's “.0”."""
    plain = raw if raw.isascii() else half_width(raw).translate(DASHES)
    plain = LABEL.sub("", plain, count=1) if LABEL.match(plain) else plain
    return re.sub(r"(?<=^[0-9]{7})([0-9]*)\.0+$", r"\1", plain)


def _read_parts(raw: str, region: str) -> Reading[Phone]:
    """A number that has to be taken apart: a label, an extension, a trunk prefix, another country."""
    number, ext = _part_extension(_tidied(raw), region)
    if STRAY.search(number):
        return Reading(Phone(raw, ext=ext), (_stray(number),))
    national = _mainland(number, region)
    if national is None:
        phone = _abroad(Phone(raw, ext=ext), number, region)
        return Reading(phone, () if phone.valid else (warn(_("This number looks invalid. Please check it.")),))
    return _read_mainland(Phone(raw, ext=ext, country="CN"), number, national)


def _part_extension(number: str, region: str) -> tuple[str, str]:
    """The number and its extension. “-801” is one only behind a complete Chinese number: German ones end so too."""
    if match := EXTENSION.search(number):
        return number[: match.start()].strip(), match["ext"] or match["pause"]
    match = DASHED_EXTENSION.fullmatch(number)
    is_chinese = CHINA.match(number) or (region == "CN" and not number.startswith(ABROAD))
    if match and is_chinese and _is_complete(match["number"]):
        return match["number"], match["ext"]
    return number, ""


def _is_complete(number: str) -> bool:
    code = CHINA.match(number)
    found = _only_digits(number[code.end() :] if code else number)
    return bool(COMPLETE.fullmatch(found) or (code and COMPLETE.fullmatch("0" + found)))


def _mainland(number: str, region: str) -> str | None:
    """The digits behind +86 and the trunk 0, or None for a number of another country."""
    if code := CHINA.match(number):
        found = _only_digits(number[code.end() :])
    elif region == "CN" and not number.startswith(ABROAD):
        found = _only_digits(number)
    else:
        return None
    return found.removeprefix("0")


def _abroad(phone: Phone, number: str, region: str) -> Phone:
    """A number of another country, where “-801” is an extension only if the number is not valid with it."""
    found = _looked_up(phone, number, region)
    match = DASHED_EXTENSION.fullmatch(number)
    if found.valid or phone.ext or match is None:
        return found
    shorter = _looked_up(replace(phone, ext=match["ext"]), match["number"], region)
    return shorter if shorter.valid else found


def _read_mainland(phone: Phone, number: str, national: str) -> Reading[Phone]:
    if found := known("86" + national):
        kind, country = found
        e164 = "+86" + national
        if kind == "landline" and not (CHINA.match(number) or _only_digits(number).startswith("0")):
            return Reading(Phone(phone.raw, e164, phone.ext, kind, country), (_zero_lost(national, phone.ext),))
        return Reading(Phone(phone.raw, e164, phone.ext, kind, country, valid=True))
    if SHORT.fullmatch(_only_digits(number)):
        return Reading(Phone(phone.raw, "", phone.ext, "short", "CN", valid=True))
    code = CHINA.match(number)
    looked_up = _looked_up(phone, "+86" + number[code.end() :] if code else number, "CN")
    if looked_up.valid:
        return Reading(looked_up)
    if re.fullmatch(r"[2-9][0-9]{6,7}", _only_digits(number)):
        lacking = warn(_("The area code is missing, such as 010 or 0755."))
        return Reading(Phone(phone.raw, "", phone.ext, "landline", "CN"), (lacking,))
    return Reading(looked_up, (_wrong_length(national) or warn(_("This number looks invalid. Please check it.")),))


def _zero_lost(national: str, ext: str) -> Finding:
    area = 2 if national.startswith(("10", "2")) else 3
    likely = f"0{national[:area]}-{national[area:]}" + (f"-{ext}" if ext else "")
    told = _("The 0 in front is missing, as a sheet of numbers drops it. Did you mean {fix}?")
    return warn(told.format(fix=likely), likely)


def _wrong_length(national: str) -> Finding | None:
    """What to say when a mainland mobile number has too few or too many digits."""
    if not re.fullmatch(r"1[3-9][0-9]{1,14}", national) or len(national) == 11:
        return None
    count = 11 - len(national)
    if count > 0:
        return warn(
            ngettext(
                "{count} digit is missing: a mainland mobile number has 11.",
                "{count} digits are missing: a mainland mobile number has 11.",
                count,
            )
        )
    return warn(
        ngettext(
            "{count} digit too many: a mainland mobile number has 11.",
            "{count} digits too many: a mainland mobile number has 11.",
            -count,
        )
    )


def _stray(number: str) -> Finding:
    if re.search(r"[/;,、|]", number):
        return warn(_("Several numbers stand together. Please give each one its own line."))
    return warn(
        _("A telephone number has digits, spaces and + - ( ) only. Please check “{number}”.").format(number=number)
    )


def _looked_up(phone: Phone, number: str, region: str) -> Phone:
    """What the library makes of a number that no fast rule knew."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(parsed):
        return phone
    country = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )
    return Phone(
        phone.raw,
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        phone.ext or parsed.extension or "",
        TYPES.get(phonenumbers.number_type(parsed), "unknown"),
        country if country != phonenumbers.UNKNOWN_REGION else "",
        phonenumbers.is_valid_number(parsed),
    )


@lru_cache(maxsize=4096)
def _international(e164: str) -> str:
    """“+86 138 0013 8000” for a valid number, nothing for another; remembered, as lists ask again and again."""
    if e164.startswith("+86"):
        match = MOBILE.fullmatch(e164, 3) or LANDLINE.fullmatch(e164, 3)
        if match:
            return " ".join(["+86", *(each for each in match.groups() if each)])
    if not e164:
        return ""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if valid else ""


def _only_digits(text: str) -> str:
    return re.sub(r"[^0-9]+", "", text)
