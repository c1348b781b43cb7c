"""What the lines of a vCard mean to us: values by the codes of our fields, the rest as lines for the notes.

RFC 2426 (3.0), RFC 6350 (4.0), the vCard 2.1 specification, RFC 6715 (hobbies), and what telephones add of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crm_desktop.exchange.vcard_lines import FILES, Property, split
from crm_desktop.i18n import N_, _
from crm_desktop.text import names
from crm_desktop.text.folding import clean, fold, is_ideographic

OWN = "X-CRM-"
"""How the names of lines begin that only this program writes: X-CRM-CONTACT-HOBBY for the field contact.hobby."""
RECORD = f"{OWN}RECORD"
OWN_FIELD = f"{OWN}FIELD"
"""A field that people added, with its word in the parameter LABEL."""
PLACE = f"{OWN}PLACE"
"""A further company of a person: our identity of the place, its name, and values as code=text."""
IN_WORDS = f"{OWN}IN-WORDS"
"""The parameter of a note that says for other programs what an own line says for us."""
NOT_DATA = frozenset(
    {
        *(
            "BEGIN",
            "END",
            "VERSION",
            "PRODID",
            "UID",
            "REV",
            "SOURCE",
            "MAILER",
            "CLASS",
            "CLIENTPIDMAP",
            "XML",
            "NAME",
        ),
        *("PROFILE", "LABEL", "X-ABUID", "X-ABADR", "X-ABLABEL", "X-ABSHOWAS", "X-IMAGETYPE", "X-IMAGEHASH"),
    }
)
"""What programs note for themselves and says nothing of the person."""
WORDS = {
    "NICKNAME": N_("Nickname"),
    "ROLE": N_("Role"),
    "ANNIVERSARY": N_("Anniversary"),
    "X-ANNIVERSARY": N_("Anniversary"),
    "RELATED": N_("Related person"),
    "X-SPOUSE": N_("Spouse"),
    "X-MANAGER": N_("Manager"),
    "X-ASSISTANT": N_("Assistant"),
    "AGENT": N_("Assistant"),
    "TZ": N_("Time zone"),
    "GEO": N_("Place on the map"),
    "X-SKYPE": "Skype",
    "X-SKYPE-USERNAME": "Skype",
    "SORT-STRING": N_("Sorted as"),
    "EXPERTISE": N_("Knows about"),
    "X-PHONETIC-FIRST-NAME": N_("Given name by sound"),
    "X-PHONETIC-LAST-NAME": N_("Family name by sound"),
    "X-PHONETIC-MIDDLE-NAME": N_("Middle name by sound"),
    "X-PHONETIC-ORG": N_("Company by sound"),
    "X-PHONETIC": N_("Name by sound"),
}
"""The words before what is kept in the notes."""
MOBILE_WORDS = re.compile(r"手机|手機|移动|行動|mobile|cell|iphone|handy", re.IGNORECASE)
FAX_WORDS = re.compile(r"传真|傳真|fax", re.IGNORECASE)
WECHAT_WORDS = re.compile(r"微信|wechat|weixin", re.IGNORECASE)
QQ_WORDS = re.compile(r"\bqq\b|\bqq号|^qq", re.IGNORECASE)
LINKEDIN_WORDS = re.compile(r"linkedin|领英", re.IGNORECASE)
CHINESE_MOBILE = re.compile(r"(?:\+?86|0086)?1[3-9][0-9]{9}")
MOBILES, NO_PHONES = frozenset({"CELL", "IPHONE", "MOBILE"}), frozenset({"PAGER", "MODEM", "BBS", "ISDN", "TLX"})
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
YEARLESS = "1604"
"""The year that Apple writes where none is known."""
DAY = re.compile(r"(?P<year>[0-9]{4}|-)-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[T ].*)?")
SEXES = {"M": "male", "F": "female", "O": "other", "U": "unknown"}
DATA_URI = re.compile(r"data:", re.IGNORECASE)
WEB = re.compile(r"(?:https?|ftp|file|cid):", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What a card says."""

    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Values by the code of their field."""
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    own: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Values of fields that people added, by the word for the field."""
    places: list[dict[str, list[str]]] = field(default_factory=list)
    """Further companies of a card of our own, each as values by code."""
    labels: dict[str, str] = field(default_factory=dict)
    """Words of people's own for a group of lines (X-ABLabel)."""
    is_guessed: bool = False
    """Whether a text names no encoding, so that it was read in that of the file."""
    is_own: bool = False
    """Whether this program wrote the card, so that nothing need be guessed."""

    def put(self, code: str, text: str) -> None:
        """Note a value, once."""
        text = clean(text)
        if text and text not in self.values[code]:
            self.values[code].append(text)

    def keep(self, word: str, text: str) -> None:
        """Note for the notes what has no field."""
        text = clean(text)
        line = f"{word}: {text}" if word else text
        if text and line not in self.notes:
            self.notes.append(line)

    def label(self, given: Property) -> str:
        """The word of people's own for a line, nothing when there is none."""
        return self.labels.get(given.group, "") if given.group else ""


def read(properties: Sequence[Property]) -> Found:
    """What the lines of a card say together."""
    found = Found(is_own=any(each.name.startswith(OWN) for each in properties))
    for each in properties:
        if each.name == "X-ABLABEL" and each.group:
            found.labels[each.group] = APPLE_LABEL.sub(r"\1", each.text).strip()
    by_name: dict[str, list[Property]] = defaultdict(list)
    for each in properties:
        by_name[each.name].append(each)
    _name(by_name, found)
    _work(by_name, found)
    if not by_name["ADR"]:
        for each in by_name["LABEL"]:
            found.put("contact.address", " ".join(each.text.split()))
    for each in properties:
        if each.name in READERS:
            READERS[each.name](each, found)
        elif each.name.startswith(OWN):
            _own(each, found)
        elif each.name not in DONE and each.name not in NOT_DATA:
            found.keep(found.label(each) or _(WORDS.get(each.name, "")) or each.name, _plain(each))
    return found


def is_group(properties: Sequence[Property]) -> bool:
    """Whether a card stands for a list of people."""
    return any(each.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and fold(each.text) == "group" for each in properties)


def _name(by_name: dict[str, list[Property]], found: Found) -> None:
    parts = by_name["N"][0].parts if by_name["N"] else []
    family, given, middle, prefix, suffix = ([clean(each) for each in parts] + [""] * 5)[:5]
    shown = next((text for each in by_name["FN"] if (text := clean(each.text))), "")
    together = _together(family, given)
    if not found.is_own and _is_turned_round(family, given, shown):
        shown = together
    company = next((clean(text) for each in by_name["ORG"] for text in each.parts[:1]), "")
    if _is_company(by_name, shown or together, company):
        shown = together = ""
        if not company:
            found.put("contact.account", next(iter(each.text for each in by_name["FN"]), ""))
    elif not (shown or together) and not company:
        found.put("contact.full_name", _stand_in(by_name))
    plain = " ".join(each for each in (prefix, given, middle, family, suffix) if each) if middle else together
    found.put("contact.full_name", shown or plain)
    for word, text in ((_("Middle name"), middle), (_("Form of address"), prefix), (_("Behind the name"), suffix)):
        if text and fold(text) not in fold(" ".join(found.values["contact.full_name"])):
            found.keep(word, text)
    for each in by_name["FN"][1:]:
        if clean(each.text) not in found.values["contact.full_name"]:
            found.keep(_("Also called"), each.text)


def _is_turned_round(family: str, given: str, shown: str) -> bool:
    """Whether a Chinese name has its parts in the order of the West."""
    both = family and given and is_ideographic(family)
    return bool(both) and fold(shown) == fold(given + family) != fold(family + given)


def _together(family: str, given: str) -> str:
    order: names.Order = "family_first" if is_ideographic(family or given) else "given_first"
    return names.display(names.PersonName(family, given, order))


def _is_company(by_name: dict[str, list[Property]], name: str, company: str) -> bool:
    """Whether the card is about a company, as telephones and RFC 6350 mark them."""
    marks = {fold(each.text) for name in ("KIND", "X-ABSHOWAS") for each in by_name[name]}
    return bool(marks & {"org", "company"}) and (not company or fold(name) in ("", fold(company)))


def _stand_in(by_name: dict[str, list[Property]]) -> str:
    """What a person without a name is called by: the nickname or the mail address."""
    return next((clean(each.text) for name in ("NICKNAME", "EMAIL") for each in by_name[name] if clean(each.text)), "")


def _work(by_name: dict[str, list[Property]], found: Found) -> None:
    """The first company is where the person works; what is said of further ones goes to the notes."""
    for place, each in enumerate(by_name["ORG"]):
        company, *units = [clean(part) for part in each.parts]
        if place == 0:
            found.put("contact.account", company)
            found.put("contact.department", " / ".join(filter(None, units)))
        else:
            found.keep(_("Also at"), " / ".join(filter(None, (company, *units))))
    for name, code, word in (("TITLE", "contact.title", _("Job title")), ("ROLE", OF_ROLE, _("Role"))):
        for place, each in enumerate(by_name[name]):
            if place == 0:
                found.put(code, each.text)
            else:
                found.keep(word, each.text)


def _phone(each: Property, found: Found) -> None:
    number = _without_scheme(each.text, "tel").replace(";ext=", " ext. ")
    label, types = found.label(each), each.types
    if "FAX" in types or FAX_WORDS.search(label):
        found.keep(_("Fax"), number)
    elif types & NO_PHONES:
        found.keep(", ".join(sorted(types)), number)
    elif types & MOBILES or MOBILE_WORDS.search(label) or (not found.is_own and _looks_mobile(number)):
        found.put("contact.mobile", number)
    else:
        found.put("contact.phone", number)


def _looks_mobile(number: str) -> bool:
    return CHINESE_MOBILE.fullmatch(re.sub(r"[\s()-]", "", number)) is not None


def _mail(each: Property, found: Found) -> None:
    found.put("contact.email", _without_scheme(each.text, "mailto"))


def _address(each: Property, found: Found) -> None:
    """The parts as an envelope has them: from large to small in Chinese, from small to large otherwise."""
    box, extra, street, city, region, code, country = ([clean(part) for part in each.parts] + [""] * 7)[:7]
    if is_ideographic(city or region or street):
        text = "".join((region, city if city != region else "", street, extra, box))
        text = " ".join(filter(None, (country, text, code)))
    else:
        lines = (extra, street, box, " ".join(filter(None, (code, city))), region, country)
        text = ", ".join(filter(None, lines))
    found.put("contact.address", " ".join(text.splitlines()))


def _birthday(each: Property, found: Found) -> None:
    text = each.text.strip()
    day = DAY.fullmatch(text.removeprefix("-") if text.startswith("---") else text)
    if day is None:
        found.put("contact.birthday", text)
        return
    year = "-" if day["year"] in ("-", YEARLESS, each.param("X-APPLE-OMIT-YEAR")) else day["year"]
    found.put("contact.birthday", f"{year}-{day['month']}-{day['day']}")


def _gender(each: Property, found: Found) -> None:
    code, *said = each.parts
    found.put("contact.gender", SEXES.get(code.upper(), code) or (said[0] if said else ""))
    if code and said and said[0]:
        found.keep(_("Gender"), said[0])


def _note(each: Property, found: Found) -> None:
    text = clean(each.text)
    if IN_WORDS not in each.params and text and text not in found.values["contact.note"]:
        found.values["contact.note"].append(text)


def _tags(each: Property, found: Found) -> None:
    for text in split(each.value, ","):
        if fold(text) not in ("mycontacts", "starred"):
            found.put("contact.tags", text.removeprefix("* "))


def _website(each: Property, found: Found) -> None:
    text, label = each.text.strip(), found.label(each)
    if LINKEDIN_WORDS.search(text) or LINKEDIN_WORDS.search(label):
        found.put("contact.linkedin", text)
    else:
        found.keep(label if label and label != "HomePage" else _("Website"), text)


def _chat(each: Property, found: Found) -> None:
    """An address in a network: where it belongs is said by the scheme, a parameter or the label."""
    text = each.text.strip()
    scheme, mark, rest = text.partition(":")
    said = " ".join((each.param("X-SERVICE-TYPE"), found.label(each), *each.types, scheme if mark else ""))
    user = each.param("X-USER") or (rest.lstrip("/") if mark else text)
    if WECHAT_WORDS.search(said):
        found.put("contact.wechat", user)
    elif QQ_WORDS.search(said):
        found.put("contact.qq", user)
    elif LINKEDIN_WORDS.search(said) or LINKEDIN_WORDS.search(text):
        found.put("contact.linkedin", text)
    else:
        found.keep(
            each.param("X-SERVICE-TYPE") or " ".join(sorted(each.types - {"PREF", "HOME", "WORK"})) or "IM", text
        )


def _photo(each: Property, found: Found) -> None:
    """A photo inside the card; one that is elsewhere is never fetched."""
    from crm_desktop.model.picture import PhotoKind

    text = each.value.strip()
    if WEB.match(text):
        found.keep(_("Photo"), text)
    elif text and found.values["contact.photo"]:
        found.warnings.append(_("It has more than one photo; the first was taken."))
    elif text:
        uri = text.replace("\\,", ",").replace("\\;", ";") if DATA_URI.match(text) else f"data:image;base64,{text}"
        reading = PhotoKind().read(uri)
        found.warnings += [finding.text for finding in reading.findings]
        if reading.value is not None:
            found.values["contact.photo"].append(reading.value.uri)


def _file(each: Property, found: Found) -> None:
    """A logo, a sound or a key: none of ours, and no text could hold it."""
    if WEB.match(each.value.strip()):
        found.keep(each.name, each.text)
    elif each.value.strip():
        found.warnings.append(
            _("“{name}” holds a file that has no place here and was left out.").format(name=each.name)
        )


def _own(each: Property, found: Found) -> None:
    """A line of this program: its name says the field."""
    if each.name == RECORD:
        found.put("record.id", each.text)
    elif each.name == PLACE:
        record, company, *values = [*each.parts, ""][: max(2, len(each.parts))]
        said = (text.partition("=") for text in values)
        place = {code: [text] for code, _mark, text in said}
        found.places.append({"record.id": [record], "contact.account": [company], **place})
    elif each.name == OWN_FIELD:
        found.own[each.param("LABEL")].append(each.text.strip())
    elif text := each.text.strip():
        found.values[each.name.removeprefix(OWN).lower()].append(text)


def _simple(code: str) -> Callable[[Property, Found], None]:
    return lambda each, found: found.put(code, each.text)


def _several(code: str) -> Callable[[Property, Found], None]:
    """Values that stand in one line of ours."""

    def read_one(each: Property, found: Found) -> None:
        before = found.values[code]
        found.values[code] = [", ".join(dict.fromkeys((*before, clean(each.text))))]

    return read_one


def _without_scheme(text: str, scheme: str) -> str:
    text = text.strip()
    return text[len(scheme) + 1 :].strip() if text.lower().startswith(f"{scheme}:") else text


def _plain(each: Property) -> str:
    """A value with parts as a person would write it down."""
    return " ".join(part for part in each.parts if part) if ";" in each.value else each.text


OF_ROLE = "affiliation.responsibility"
DONE = frozenset({"N", "FN", "ORG", "TITLE", "ROLE", "KIND", "X-ADDRESSBOOKSERVER-KIND", "MEMBER"})
"""What was read together."""
READERS: dict[str, Callable[[Property, Found], None]] = {
    "TEL": _phone,
    "EMAIL": _mail,
    "ADR": _address,
    "BDAY": _birthday,
    "GENDER": _gender,
    "X-GENDER": _gender,
    "NOTE": _note,
    "CATEGORIES": _tags,
    "URL": _website,
    "X-SOCIALPROFILE": _chat,
    "IMPP": _chat,
    "PHOTO": _photo,
    "LANG": _several("contact.preferred_language"),
    "HOBBY": _several("contact.hobby"),
    "INTEREST": _several("contact.hobby"),
    "X-QQ": _simple("contact.qq"),
    "X-TENCENT-QQ": _simple("contact.qq"),
    "X-WECHAT": _simple("contact.wechat"),
    "X-WECHAT-ID": _simple("contact.wechat"),
    "X-WEIXIN": _simple("contact.wechat"),
    "X-LINKEDIN": _simple("contact.linkedin"),
    **dict.fromkeys((name for name in FILES if name != "PHOTO"), _file),
}
