"""Names on other networks: WeChat, QQ and web addresses."""

import re
from urllib.parse import SplitResult, urlsplit

from crm_desktop.i18n import _
from crm_desktop.text.findings import Finding, Reading, warn
from crm_desktop.text.folding import half_width

WECHAT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,19}|(?:\+?86)?1[3-9][0-9]{9}|\+[0-9]{7,15}", re.ASCII)
QQ = re.compile(r"[1-9][0-9]{4,10}")
QQ_MAIL = re.compile(r"([1-9][0-9]{4,10})@qq\.com", re.IGNORECASE)
LABEL = re.compile(r"(?:微信号?|微信號|wechat(?: id)?|qq号?|qq號)\s*:\s*", re.IGNORECASE)
SCHEME = re.compile(r"(?P<name>[a-z][a-z0-9+.-]*):(?P<slashes>/*)(?![0-9]+(?:/|$))", re.IGNORECASE)
HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?")
PLAIN_URL = re.compile(
    r"(?P<scheme>https?://)?(?P<host>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,3}[A-Za-z]{2,24})"
    r"(?P<path>(?:/[A-Za-z0-9._~-]*){0,5})"
)
LONGEST = 2000


def wechat_at_once(text: str) -> str | None:
    """A WeChat ID that is surely right; None for all others."""
    return text if WECHAT.fullmatch(text) else None


def qq_at_once(text: str) -> str | None:
    """A QQ number that is surely right; None for all others."""
    return text if QQ.fullmatch(text) else None


def url_at_once(text: str) -> str | None:
    """A web address in plain ASCII that is surely right, with its scheme in front; None for all others."""
    match = PLAIN_URL.fullmatch(text) if len(text) < LONGEST - len("https://") else None
    return f"{match['scheme'] or 'https://'}{match['host'].lower()}{match['path']}" if match else None


def read_wechat(text: str) -> Reading[str]:
    """A WeChat ID, or the telephone number that stands for one; a strange one is kept and marked."""
    name = _tidied(text)
    if name.startswith(tuple("+0123456789")):
        name = re.sub(r"[\s-]", "", name)
    if not name or WECHAT.fullmatch(name):
        return Reading(name or None)
    return Reading(name, (warn(_("A WeChat ID has 6 to 20 letters, digits, _ or -, and starts with a letter.")),))


def read_qq(text: str | float) -> Reading[str]:
    """A QQ number; a strange one is kept and marked."""
    number = re.sub(r"(?<=^[0-9]{5})([0-9]*)\.0+$", r"\1", _tidied(str(text)))
    if not number or QQ.fullmatch(number):
        return Reading(number or None)
    mail = QQ_MAIL.fullmatch(number)
    return Reading(number, (warn(_("A QQ number has 5 to 11 digits."), mail[1] if mail else ""),))


def read_url(text: str) -> Reading[str]:
    """A web address with http or https in front; anything else is None."""
    plain = _tidied(text)
    if not plain:
        return Reading(None)
    scheme = SCHEME.match(plain)
    if scheme and scheme["name"].lower() not in ("http", "https"):
        return Reading(None, (warn(_("Only web addresses that start with http:// or https:// are taken.")),))
    address = f"{scheme['name'].lower()}://{plain[scheme.end() :]}" if scheme else f"https://{plain.removeprefix('//')}"
    parts = _parts(address)
    if parts is None:
        return Reading(None, (_not_web(address),))
    return Reading(parts._replace(netloc=parts.netloc.lower()).geturl())


def url_domain(url: str) -> str:
    """The host of a web address without “www.”, for finding others of the same company; nothing when there is none."""
    parts = _parts(url if "://" in url else f"https://{url.removeprefix('//')}")
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def _tidied(text: str) -> str:
    plain = half_width(text)
    return LABEL.sub("", plain, count=1) if LABEL.match(plain) else plain


def _parts(address: str) -> SplitResult | None:
    """The parts of a well-formed web address."""
    if len(address) > LONGEST or re.search(r"[\s\x00-\x1f\x7f\\]", address):
        return None
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    if parts.username is not None or not HOST.fullmatch(parts.hostname or ""):
        return None
    return parts


def _not_web(address: str) -> Finding:
    start, slashes, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    fixed = start + slashes + re.sub(r"[,.。;、·\s]+", ".", host).strip(".") + slash + path
    if fixed != address and _parts(fixed):
        return warn(_("This web address looks wrong. Did you mean {fix}?").format(fix=fixed), fixed)
    return warn(_("This is not a web address, such as www.example.com."))
