"""The unified social credit code of Chinese organisations (统一社会信用代码): 18 characters, the last a check digit."""

import re
import unicodedata

from crm_desktop.i18n import _, ngettext
from crm_desktop.text.damage import damage, is_damaged
from crm_desktop.text.findings import Finding, Reading, warn

# GB 32100-2015: I, O, S, V and Z are left out; weights are 3 to the power of the place, modulo 31.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
LOOK_ALIKES = str.maketrans("OIZSV", "0125U")
LENGTH = 18


def read(text: str) -> Reading[str]:
    """The code in capital letters; one that is not right is kept and marked."""
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(text))).upper()
    if not code:
        return Reading(None)
    if is_damaged(code):
        return Reading(code, (damage(code),))
    finding = _wrong_length(code) or _wrong_characters(code)
    if finding is None and check_digit(code) != code[-1]:
        finding = warn(_("The check digit does not fit: one of the characters is wrong."))
    return Reading(code, (finding,) if finding else ())


def check_digit(code: str) -> str:
    """The last character that the first 17 call for (GB 32100-2015)."""
    total = sum(VALUES[each] * weight for each, weight in zip(code, WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


def _wrong_length(code: str) -> Finding | None:
    lacking = LENGTH - len(code)
    if lacking > 0:
        return warn(
            ngettext(
                "{count} character is missing: a credit code has 18.",
                "{count} characters are missing: a credit code has 18.",
                lacking,
            )
        )
    if lacking < 0:
        return warn(
            ngettext(
                "{count} character too many: a credit code has 18.",
                "{count} characters too many: a credit code has 18.",
                -lacking,
            )
        )
    return None


def _wrong_characters(code: str) -> Finding | None:
    if SHAPE.fullmatch(code):
        return None
    fixed = code.translate(LOOK_ALIKES)
    fits = SHAPE.fullmatch(fixed) and check_digit(fixed) == fixed[-1]
    return warn(
        _("A credit code has digits and capital letters without I, O, S, V and Z; characters 3 to 8 are digits."),
        fixed if fits else "",
    )
