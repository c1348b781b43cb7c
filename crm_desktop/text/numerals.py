"""Chinese numerals, read as numbers: 十五, 二〇二五, 一亿二千万, 廿三."""

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "貳": 2,
    "叁": 3,
    "參": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "陸": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TWENTIES = {"廿": 20, "卅": 30}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

CHARACTERS = "".join([*DIGITS, *TENS, *TWENTIES, *MYRIADS])
"""Every character a Chinese numeral is made of, ready for a character class."""


def read(text: str) -> int | None:
    """The number that `text` writes in Chinese or Western digits; None when it is no such number."""
    if text.isascii():
        return int(text) if text.isdecimal() and len(text) <= 18 else None
    if len(text) > 18 or any(each not in CHARACTERS for each in text):
        return None
    if all(each in DIGITS for each in text):
        return int("".join(str(DIGITS[each]) for each in text))
    return _counted(text)


def _counted(text: str) -> int:
    """A numeral with units in it: each digit counts as often as the unit behind it says."""
    total = section = digit = 0
    for each in text:
        if each in DIGITS:
            digit = DIGITS[each]
        elif each in TWENTIES:
            section += TWENTIES[each]
        elif each in TENS:
            section += (digit or 1) * TENS[each]
            digit = 0
        elif each in "万萬":
            total += (section + digit) * MYRIADS[each]
            section = digit = 0
        else:
            total = (total + section + digit) * MYRIADS[each]
            section = digit = 0
    return total + section + digit
