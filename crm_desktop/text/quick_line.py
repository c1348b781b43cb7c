"""One typed line, or a pasted signature, taken apart into the fields of a person: any order, Chinese and English."""

import re
import unicodedata
from dataclasses import dataclass

from crm_desktop.text import phones
from crm_desktop.text.surnames import COMMON, COMPOUND


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line says about a person; whatever is not understood is in `note`: only greetings are dropped."""

    name: str = ""
    title: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    url: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""

    @property
    def mobile(self) -> str:
        """The first mobile number, or the first number when none is one."""
        kinds = ((each, phones.read(each).value) for each in self.phones)
        return next((each for each, phone in kinds if phone and phone.kind == "mobile"), next(iter(self.phones), ""))


HALF_WIDTH = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９＠＃＋．：－／｜"}
TRADITIONAL = str.maketrans(
    "經總監長師採購銷售員務業廠團學醫銀電機責問顧處術發開產備貿製協會勵聯絡專級",
    "经总监长师采购销售员务业厂团学医银电机责问顾处术发开产备贸制协会励联络专级",
)

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)[^\s,，;；、|<>()（）]+|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|de|io|eu)(?![\w.-])(?:/\S*)?",
    re.IGNORECASE,
)
TAG = re.compile(r"#([^\s#,，;；、|]+)")
KEPT = re.compile(
    r"(?:(?:传真|傳真|fax)\s*[:.]?|\bf\s*:)\s*[+0-9][0-9 ()-]{5,20}[0-9]"
    r"|(?:微信号?|微信號|wechat|QQ)\s*[:.]\s*[^\s,，;；、|]+"
    r"|(?:地址|邮编|郵編|address|addr|postcode)\s*[:.]\s*[^\n;；|]+",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"(?:(?:best|kind|warm|with best|with kind)?\s*(?:regards|wishes)|sincerely"
    r"|yours(?: sincerely| truly| faithfully)?|cheers|thanks|thank you"
    r"|mit freundlichen grüßen|viele grüße|mfg|此致|敬礼|此致敬礼|祝好|顺颂商祺|谢谢|--+)[\s!,.！，。]*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?<![\w])(?:tel(?:ephone)?|phone|mob(?:ile)?|cell|direct|office|e-?mail|web(?:site)?|name|title|company|[tmepw])\.?\s*[:.]\s*(?=\x00|[^\W_]|$)"
    r"|(?:手机|手機|电话|電話|座机|座機|固话|邮箱|郵箱|电邮|邮件|网址|網址|姓名|职务|职位|職務|職位|公司|单位|單位)\s*:\s*",
    re.IGNORECASE,
)
_EXT = r"(?:\s*(?:转|轉|分机|分機|ext\.?|x)\s*[0-9]{1,6})?"
_FREE = r"(?<![0-9A-Za-z@.+-])"
PHONES = (
    re.compile(
        rf"{_FREE}(?:(?:\+|00)?86[\s-]?)?1[3-9][0-9](?:[\s-]?[0-9]{{4}}){{2}}(?![0-9A-Za-z]){_EXT}", re.IGNORECASE
    ),
    re.compile(
        rf"{_FREE}(?:(?:\+|00)86[\s-]?)?[(（]?0[0-9]{{2,3}}[)）]?[\s-]?[0-9]{{3,4}}[\s-]?[0-9]{{4}}(?:-[0-9]{{1,6}})?(?![0-9]){_EXT}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_FREE}[48]00[\s-]?[0-9]{{3,4}}[\s-]?[0-9]{{3,4}}(?:-[0-9]{{1,6}})?(?![0-9]){_EXT}", re.IGNORECASE),
    re.compile(rf"(?<![0-9A-Za-z@.])(?:\+|00)[1-9][0-9 ()./-]{{5,20}}[0-9](?![0-9]){_EXT}", re.IGNORECASE),
    re.compile(
        rf"{_FREE}(?!(?:19|20)[0-9]{{2}}-[0-9]{{1,2}}-)\(?[0-9][0-9() .-]{{5,16}}[0-9](?![0-9A-Za-z年月%]){_EXT}",
        re.IGNORECASE,
    ),
)
MARK = "\x00"
PARTS = re.compile(
    r"\s*(?:,(?!\s*(?:ltd|inc|llc|limited|corp|plc|gmbh)\b)|[，;；、\n\r\t|｜•\x00]|\s[-–—·/@]\s)\s*", re.IGNORECASE
)

TITLE_END_ZH = re.compile(
    r"(?:经理|总监|总裁|董事长|董事|主任|主管|工程师|助理|专员|顾问|部长|厂长|代表|院长|科长|处长|局长|校长|所长|店长|组长|行长|社长|课长"
    r"|负责人|总工|秘书|会计|采购员?|销售员?|业务员|教授|律师|医生|合伙人|创始人|老板|CEO|CTO|CFO|COO|VP|部|处|科)$",
    re.IGNORECASE,
)
COMPANY_ZH = re.compile(
    r"公司|集团|有限|工厂|厂$|研究[院所]|设计院|大学|学院|医院|银行|股份|科技|实业|机械|电子|事务所|工作室|协会|商行|贸易|制造|中心$|局$"
)
COMPANY_END = re.compile(
    r"\b(?:inc|ltd|limited|gmbh|llc|llp|corp|corporation|company|co|group|plc|ag|kg|se|bv|nv|ab|oy|sas|srl|spa|s\.?a|holdings?|bank|hospital"
    r"|institute|technolog(?:y|ies)|industries|international|solutions|systems|electronics"
    r"|machinery|motors|labs?|university|& co)\.?$"
    r"|\b(?:university|institute|bank|gmbh|ltd|llc)\b",
    re.IGNORECASE,
)
TITLE_EN = re.compile(
    r"\b(?:manager|director|engineer|president|s?vp|evp|ceo|cto|cfo|coo|cio|cmo|head|buyer|purchas\w*|procurement|sales|lead|leader|officer"
    r"|assistant|consultant|owner|founder|co-founder|chief|partner|specialist|executive|coordinator|supervisor|secretary|professor|analyst"
    r"|architect|chairman|chairwoman|representative|planner|technician|designer|developer|accountant|leiter(?:in)?|geschäftsführer(?:in)?)\b",
    re.IGNORECASE,
)
AT_COMPANY = re.compile(r"(?P<title>.+?)\s+(?:at|with|@|bei)\s+(?P<company>.+)", re.IGNORECASE)
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
LATIN_NAME = re.compile(
    r"(?:(?:mr|mrs|ms|dr|prof|herr|frau)\.?\s+)*(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’-]+\.?", re.IGNORECASE
)
EDGES = " \t-–—|·•:：,，;；、/<>"
LONGEST = 4000


def read(line: str) -> QuickLine:
    """The fields that `line` names."""
    rest, beyond = line[:LONGEST].translate(HALF_WIDTH), line[LONGEST:]
    rest, mails = _take(MAIL, rest)
    rest, urls = _take(URL, rest)
    rest, tags = _take(TAG, rest)
    rest, kept = _take(KEPT, rest)
    rest, numbers = _take_phones(rest)
    parts = [each for each in _parts(LABEL.sub(MARK, rest)) if not GREETING.fullmatch(each)]
    name, title, company, left = _assign(parts)
    return QuickLine(
        name=name,
        title=title,
        company=company,
        phones=tuple(dict.fromkeys(numbers)),
        mails=tuple(dict.fromkeys(each.rstrip(".") for each in mails)),
        url=urls[0].rstrip("./") if urls else "",
        tags=tuple(dict.fromkeys(each.removeprefix("#") for each in tags)),
        note=", ".join(each for each in (*left, *urls[1:], *(each.strip() for each in kept), beyond) if each),
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, list[str]]:
    """The text without what fits `pattern`, and what did fit."""
    found = [match[0] for match in pattern.finditer(text)]
    return pattern.sub(MARK, text), found


def _take_phones(text: str) -> tuple[str, list[str]]:
    """The numbers in the order they stand in, found by the most certain pattern first."""
    found: dict[int, str] = {}
    for pattern in PHONES:
        for match in pattern.finditer(text):
            if sum(each.isdecimal() for each in match[0]) >= 7:
                found[match.start()] = match[0].strip()
                text = text[: match.start()] + MARK * len(match[0]) + text[match.end() :]
    return text, [found[start] for start in sorted(found)]


def _parts(text: str) -> list[str]:
    parts = [each.lstrip(f"{EDGES}.)）").rstrip(f"{EDGES}(（") for each in PARTS.split(text)]
    parts = [each for each in parts if each]
    return [piece for part in parts for piece in _pieces(part, alone=len(parts) == 1)]


def _pieces(part: str, *, alone: bool) -> list[str]:
    """A part of Chinese words with spaces between them, or “title at company”, is several."""
    words = part.split()
    if len(words) > 1 and IDEOGRAPH.search(part):
        telling = alone or any(_is_title(each) for each in words) or _is_chinese_name(words[0])
        return _joined_latin(words) if telling else [part]
    match = AT_COMPANY.fullmatch(part)
    if match and _is_title(match["title"]):
        return [match["title"], match["company"]]
    return [part]


def _joined_latin(words: list[str]) -> list[str]:
    """Chinese words one by one; Latin words that follow one another stay together."""
    joined: list[str] = []
    for word in words:
        if joined and not IDEOGRAPH.search(word) and not IDEOGRAPH.search(joined[-1]):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _assign(parts: list[str]) -> tuple[str, str, str, list[str]]:
    """Name, title, company and the rest: what is left over gives the name first and then the company."""
    titles: list[str] = []
    companies: list[str] = []
    left: list[str] = []
    for part in parts:
        if _is_company(part):
            companies.append(part)
        elif _is_title(part):
            titles.append(part)
        else:
            left.append(part)
    name = _pick_name(left)
    if not name and titles:
        name, titles = _name_in_title(titles)
    if not companies and left:
        companies.append(left.pop(0))
    gap = " " if any(IDEOGRAPH.search(each) for each in titles) else ", "
    return name, gap.join(titles), companies[0] if companies else "", [*left, *companies[1:]]


def _pick_name(left: list[str]) -> str:
    """Takes the part that looks most like a name out of `left`: the first one unless another is surely one."""
    if not left:
        return ""
    chosen = next((at for at, part in enumerate(left) if _is_name(part)), 0)
    return left.pop(chosen)


def _name_in_title(titles: list[str]) -> tuple[str, list[str]]:
    """王经理 and 张三经理 are a name with a title behind it, when there is no other name."""
    for at, title in enumerate(titles):
        match = TITLE_END_ZH.search(_simple(title))
        stem = title[: match.start()] if match else ""
        if match and (_is_chinese_name(stem) or stem in COMMON or stem in COMPOUND):
            name = stem if _is_chinese_name(stem) else title
            return name, [*titles[:at], title[match.start() :], *titles[at + 1 :]]
    return "", titles


def _is_company(part: str) -> bool:
    if IDEOGRAPH.search(part):
        simple = _simple(part)
        return bool(COMPANY_ZH.search(simple)) and not TITLE_END_ZH.search(simple)
    return bool(COMPANY_END.search(part))


def _is_title(part: str) -> bool:
    if IDEOGRAPH.search(part):
        return bool(TITLE_END_ZH.search(_simple(part)))
    return bool(TITLE_EN.search(part)) and not COMPANY_END.search(part)


def _is_name(part: str) -> bool:
    if IDEOGRAPH.search(part):
        return _is_chinese_name(part) or (len(part) <= 3 and part.endswith(("总", "總", "工", "先生", "女士")))
    return bool(LATIN_NAME.fullmatch(part)) and not part.isupper()


def _is_chinese_name(part: str) -> bool:
    simple = _simple(part)
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", simple):
        return False
    return (simple[0] in COMMON and len(simple) <= 3) or (simple[:2] in COMPOUND and len(simple) >= 3)


def _simple(text: str) -> str:
    return text.translate(TRADITIONAL)
