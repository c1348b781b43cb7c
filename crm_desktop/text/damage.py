"""Numbers that a spreadsheet has damaged: what is lost cannot be guessed, only told."""

import re

from crm_desktop.i18n import _
from crm_desktop.text.findings import Finding, warn

SCIENTIFIC = re.compile(r"-?[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
DIGITS_KEPT = 15
"""How many digits of a number Excel keeps (its specification of 15 significant digits)."""


def is_damaged(text: str) -> bool:
    """Whether a text is a number in the shape that Excel gives long ones, such as 1.38001E+10."""
    return "+" in text and SCIENTIFIC.fullmatch(text) is not None


def damage(text: str) -> Finding:
    """What to say about such a number: what happened, and how to mend it."""
    told = _(
        "Excel turned this number into {text}; its last digits are lost."
        " Format the column as text in Excel and enter the number again."
    )
    return warn(told.format(text=text))


def number_text(number: float) -> str:
    """A number of a sheet as text: without “.0”, and in Excel's own shape when it has more digits than Excel keeps."""
    if number.is_integer():
        return str(int(number)) if abs(number) < 10**DIGITS_KEPT else f"{number:.{DIGITS_KEPT}G}"
    return str(number)
