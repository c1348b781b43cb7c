"""Clean text for keeping, folded text for comparing: the one spelling that search, sorting and matching agree on."""

import functools
import re
import unicodedata
from pathlib import Path

IDEOGRAPHS = (
    "々〇\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters written without spaces between words (hanzi, kana, hangul), as the inside of a pattern's brackets."""

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Joiners belong to emoji and to Persian or Indic words; next to blanks, Latin and Chinese they are rubbish.
_STRAY_JOINERS = re.compile(
    r"(?:^|(?<=[\s\x00-\x7f\u3000-\u9fff]))[\u200c\u200d]+|[\u200c\u200d]+(?=[\s\x00-\x7f\u3000-\u9fff]|$)"
)
_ACCENTS = re.compile(r"[\u02bc\u0300-\u036f]")
_APOSTROPHES = re.compile(r"['’‘ʼ`´＇]")
_ASCII_APOSTROPHES = str.maketrans("", "", "'`")
_ASCII_SIGNS = str.maketrans("", "", "".join(chr(each) for each in range(128) if not chr(each).isalnum()))
_RUNS = re.compile(rf"[{IDEOGRAPHS}]+|[^\W_{IDEOGRAPHS}]+")
_RUNS_OF_HANZI = re.compile(rf"[{IDEOGRAPHS}]+")
_HANZI = re.compile(r"[\u4e00-\u9fff]+")
_HANZI_AND_ASCII = re.compile(r"[\x00-\x7f\u4e00-\u9fff]+")
_IDEOGRAPH = re.compile(rf"[{IDEOGRAPHS}]")
_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})

_LEGAL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "ab ag aps as bhd bv co company corp corporation eg ek ev gbr gmbh group holding holdings inc incorporated kg"
        " kgaa kk limited llc llp lp ltd nv ohg oy oyj plc pte pty pvt sa sarl sas sdn se spa sro srl ug",
    )
)
_LEGAL_ENDING = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|无限公司|(?<![分子总支])公司|控股集团|集团|控股|股份|株式会社|有限会社|주식회사)$"
)
_LONGEST_ENDING = len("股份有限公司")
_LEGAL_BEGINNING = re.compile(r"^(?:株式会社|有限会社|주식회사)")
_BRACKETED = re.compile(r"[(\[【〔](?:中国|中国大陆|集团|控股|股份|株|有|china|prc|group|holdings?)[)\]】〕]")
_DOTTED = re.compile(r"(?<![^\W_])([a-z])[./](?=[a-z](?![^\W_]))")


def clean(text: str) -> str:
    """The same text without what nobody can see: outer blanks, control and zero-width characters; composed as NFC."""
    if text.isprintable():  # no control, format or line-end character, and no blank but the common one
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    seen = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _STRAY_JOINERS.sub("", seen)).strip()


def half_width(text: str) -> str:
    """The same text in plain half-width characters (NFKC), without format characters and outer blanks."""
    if text.isascii():
        return text.strip()
    return "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf").strip()


@functools.cache
def simplified() -> dict[int, str]:
    """The simplified character for each traditional one, as a table for `str.translate` (data of OpenCC).

    Importing the package, which reads all its dictionaries, would take thirty times as long.
    """
    from importlib.util import find_spec

    spec = find_spec("opencc_purepy")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc_purepy")
    lines = Path(spec.origin).parent.joinpath("dicts", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    table = {traditional: choices.split()[0] for traditional, choices in pairs}
    # A few lead to another traditional character, and folding must give the same when done twice.
    return {ord(each): table.get(target, target) for each, target in table.items() if len(each) == len(target) == 1}


@functools.cache
def _plain_hanzi() -> re.Pattern[str]:
    """Hanzi of the common block that are simplified already."""
    kept = "".join(chr(each) for each in range(0x4E00, 0xA000) if each not in simplified())
    return re.compile(f"[{kept}]+")


def is_plain_hanzi(text: str) -> bool:
    """Whether a text is nothing but simplified hanzi: folding leaves it as it is."""
    return _plain_hanzi().fullmatch(text) is not None


def plain(text: str) -> str:
    """Text in compatible lower-case letters without accents; blanks, punctuation and hanzi stay as they are."""
    if text.isascii():
        return text.lower().translate(_ASCII_APOSTROPHES)
    if _HANZI_AND_ASCII.fullmatch(text):
        return text if _HANZI.fullmatch(text) else text.lower().translate(_ASCII_APOSTROPHES)
    joined = _APOSTROPHES.sub("", text)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", joined).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", folded).translate(_STROKED))


def words(text: str) -> list[str]:
    """The folded words of a text; a run of hanzi counts as one word, and parts from the letters beside it."""
    spread = plain(text)
    return runs(spread if spread.isascii() else spread.translate(simplified()))


def runs(folded: str) -> list[str]:
    """The runs of hanzi and the runs of other letters and digits in a text that is folded already."""
    return _RUNS.findall(folded)


def runs_of_hanzi(folded: str) -> list[str]:
    """The runs of hanzi, kana or hangul alone."""
    return _RUNS_OF_HANZI.findall(folded)


def fold(text: str) -> str:
    """The search key of a text: lower case, half-width, simplified, without accents, blanks and punctuation."""
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    return text if is_plain_hanzi(text) else "".join(words(text))


def is_ideographic(word: str) -> bool:
    """Whether one of the folded words is a run of hanzi, kana or hangul."""
    return _IDEOGRAPH.match(word) is not None


def company_core(name: str) -> str:
    """What tells a company from others: its folded name without legal form, or all of it when that is all."""
    left = [name] if is_plain_hanzi(name) else _words_of_company(name)
    while left:
        shorter = "" if left[-1] in _LEGAL_WORDS else _without_ending(left[-1])
        if shorter == left[-1]:
            break
        left[-1:] = [shorter] if shorter else []
    return _LEGAL_BEGINNING.sub("", "".join(left)) or fold(name)


def _words_of_company(name: str) -> list[str]:
    """The folded words of a company's name, “G.m.b.H.” as one word and without what stands in brackets by rule."""
    spread = plain(name)
    if not spread.isascii():
        spread = spread.translate(simplified())
    spread = _BRACKETED.sub(" ", spread)
    return runs(_DOTTED.sub(r"\1", spread) if "." in spread or "/" in spread else spread)


def _without_ending(word: str) -> str:
    found = _LEGAL_ENDING.search(word, max(0, len(word) - _LONGEST_ENDING))
    return word[: found.start()] if found else word
