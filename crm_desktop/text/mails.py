"""Mail addresses: parted, checked for their shape without a network, and mended where the mistake is a known one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from crm_desktop.i18n import _
from crm_desktop.text.findings import Finding, Reading, warn
from crm_desktop.text.folding import half_width

NAMED = re.compile(r"[^<>]*<\s*(?P<mail>[^<>]+?)\s*>")
LABEL = re.compile(
    r"(?:mailto:|(?:[\u4e00-\u9fff]{0,4}?)(?:e-?mail|mail|邮箱|郵箱|电邮|電郵|电子邮[件箱]|電子郵[件箱])\s*:)\s*",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"([;；,，、/|\r\n或]|(?<=\s)(?:or|and)\s+(?=\S)|(?<=\S)\s+(?=[^\s@<]+@))", re.IGNORECASE)

TYPO_DOMAINS = {
    "gamil.com": "gmail.com",
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.cm": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "outllok.com": "outlook.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "qq.cn": "qq.com",
    "qq.co": "qq.com",
    "foxmial.com": "foxmail.com",
    "163.cn": "163.com",
    "126.cn": "126.com",
}
TYPO_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "comm": "com",
    "vom": "com",
    "xom": "com",
    "cim": "com",
    "coom": "com",
    "cnn": "cn",
}
PROVIDERS = {
    "gmail": "gmail.com",
    "hotmail": "hotmail.com",
    "outlook": "outlook.com",
    "yahoo": "yahoo.com",
    "icloud": "icloud.com",
    "qq": "qq.com",
    "163": "163.com",
    "126": "126.com",
    "foxmail": "foxmail.com",
    "sina": "sina.com",
    "aliyun": "aliyun.com",
}
GLUED_ENDING = re.compile(r"(?P<name>[a-z0-9-]{2,}?)(?P<end>comcn|com|cn|net|org|de)")
LONGEST = 320
HOSTS_REMEMBERED = 50_000


def at_once(text: str) -> str | None:
    """The normal form of a plain ASCII address that is surely right and no known slip; None for all others."""
    local, at, host = text.rpartition("@")
    rules = _rules()
    if not at or len(local) > rules.longest_local or len(text) > rules.longest or not rules.local(local):
        return None
    if not (known := _host(host)):
        return None
    return f"{local.lower() if local.lower() in rules.any_case else local}@{known}"


def split_cell(text: str) -> list[str]:
    """The addresses that share one cell; a comma inside an address or a name parts nothing."""
    pieces = SEPARATOR.split(text)
    mails = [pieces[0]]
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _has_at(piece) and _has_at(mails[-1]):
            mails.append(piece)
        else:
            mails[-1] += mark + piece
    return [each for each in (mail.strip(" \t\r\n;；,，、/|") for mail in mails) if each]


def read(text: str) -> Reading[str]:
    """The address that was meant, its domain in small letters; a wrong one is None, with a fix if one is known."""
    if plain := at_once(text):
        return Reading(plain)
    mail = _tidied(text)
    if not mail:
        return Reading(None)
    if len(mail) > LONGEST:
        return Reading(None, (warn(_("This is too long for a mail address.")),))
    address = _checked(mail)
    if address is None:
        return Reading(None, (_wrong(mail),))
    fix = _mended(address)
    if fix == address:
        return Reading(address)
    ending_exists = address.rpartition(".")[2] not in TYPO_ENDINGS
    return Reading(address if ending_exists else None, (_perhaps(fix),))


def domain(mail: str) -> str:
    """The part behind the @ in small letters, or nothing."""
    return mail.rpartition("@")[2].strip().lower() if "@" in mail else ""


def _has_at(text: str) -> bool:
    return "@" in text or "＠" in text


def _tidied(text: str) -> str:
    plain = half_width(text)
    if match := NAMED.fullmatch(plain):
        plain = match["mail"]
    if match := LABEL.match(plain):
        plain = (
            plain[match.end() :].partition("?")[0] if match[0].lower().startswith("mailto") else plain[match.end() :]
        )
    return plain.strip()


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of email-validator for addresses in plain ASCII, as its own constants give them."""

    local: Callable[[str], object]
    host: Callable[[str], object]
    longest: int
    longest_local: int
    longest_host: int
    any_case: frozenset[str]
    """Mailboxes that are written in small letters, such as postmaster."""
    special: tuple[str, ...]
    """Endings of hosts that no mail reaches."""


@cache
def _rules() -> _Rules:
    from email_validator import SPECIAL_USE_DOMAIN_NAMES
    from email_validator import rfc_constants as rules

    label = rf"[a-z0-9](?:[a-z0-9-]{{0,{rules.DNS_LABEL_LENGTH_LIMIT - 2}}}[a-z0-9])?"
    return _Rules(
        re.compile(rules.DOT_ATOM_TEXT.pattern).match,
        re.compile(rf"(?:{label}\.)+[a-z]{{2,{rules.DNS_LABEL_LENGTH_LIMIT}}}").fullmatch,
        rules.EMAIL_MAX_LENGTH,
        rules.LOCAL_PART_MAX_LENGTH,
        rules.DOMAIN_MAX_LENGTH,
        frozenset(rules.CASE_INSENSITIVE_MAILBOX_NAMES),
        tuple(f".{each}" for each in SPECIAL_USE_DOMAIN_NAMES),
    )


@lru_cache(HOSTS_REMEMBERED)
def _host(host: str) -> str:
    """A host in small letters when it is surely right and no known slip, else nothing."""
    rules, lower = _rules(), host.lower()
    if len(host) > rules.longest_host or not host.isascii() or "--" in host or not rules.host(lower):
        return ""
    if f".{lower}".endswith(rules.special) or _mended(f"name@{lower}") != f"name@{lower}":
        return ""
    return lower


def _checked(mail: str) -> str | None:
    """The normal form of an address whose shape is right."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(mail, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _wrong(mail: str) -> Finding:
    fix = _mended(mail)
    if fix != mail and _checked(fix):
        return _perhaps(fix)
    if "@" not in mail:
        return warn(_("A mail address needs an @, such as name@example.com."))
    host = domain(mail)
    if "." not in host:
        return warn(_("The part behind the @ is not complete, such as example.com."))
    return warn(_("“{mail}” is not a mail address. Please check it.").format(mail=mail))


def _perhaps(fix: str) -> Finding:
    return warn(_("This mail address looks wrong. Did you mean {fix}?").format(fix=fix), fix)


def _mended(mail: str) -> str:
    """`mail` without the common slips of the hand; unchanged when there are none."""
    local, at, host = re.sub(r"\s+", "", mail).replace("@@", "@").rpartition("@")
    if not at:
        return mail
    host = re.sub(r"[,。，、;·]|\.{2,}", ".", host.lower()).strip(".")
    name, dot, ending = host.rpartition(".")
    if dot:
        host = f"{name}.{TYPO_ENDINGS.get(ending, ending)}"
    elif match := GLUED_ENDING.fullmatch(host):
        host = PROVIDERS.get(host) or f"{match['name']}.{match['end'].replace('comcn', 'com.cn')}"
    host = TYPO_DOMAINS.get(host) or PROVIDERS.get(host) or host
    mended = f"{local}@{host}"
    return mail if mended == f"{mail.rpartition('@')[0]}@{domain(mail)}" else mended
