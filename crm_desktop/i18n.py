"""Words shown to people, in their language. The rest of the program calls only `_`, `ngettext` and `pgettext`."""

import gettext as catalogs
from collections.abc import Iterator
from functools import cache

from crm_desktop.paths import LOCALE

DOMAIN = "crm"
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}

_current: catalogs.NullTranslations = catalogs.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak `language` from now on; what is already on screen changes when its window is made anew."""
    global _current, _language  # noqa: PLW0603 - the one piece of global state: a process speaks one language
    _current = load(language)
    _language = language


def language() -> str:
    """The code of the language spoken now, such as `zh_CN`."""
    return _language


def guess() -> str:
    """The language of this computer if we speak it, else English."""
    import locale  # most people have chosen a language, and start sooner without it

    code = locale.getlocale()[0] or ""
    return "zh_CN" if code.startswith(("zh", "Chinese")) else "en"


@cache
def load(language: str) -> catalogs.NullTranslations:
    """The catalog of one language; English needs none, the source text is English."""
    return catalogs.translation(DOMAIN, LOCALE, [language], fallback=True)


def _(text: str) -> str:
    return _current.gettext(text) if text else ""


def N_(text: str) -> str:
    """Marks a text for the translators that is looked up later, where it is shown."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """The plural form that fits `count`, with `{count}` filled in."""
    return _current.ngettext(one, many, count).format(count=f"{count:,}")


def pgettext(context: str, text: str) -> str:
    """A word that means different things in different places, such as "Open"."""
    return _current.pgettext(context, text)


def spellings(text: str) -> Iterator[str]:
    """`text` in every language we speak: how an imported file may have written it."""
    yield text
    yield from (load(each).gettext(text) for each in LANGUAGES)
