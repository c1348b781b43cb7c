import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from crm_desktop.text.folding import fold, is_ideographic, words
from crm_desktop.text.pinyin import initials, pinyin
from crm_desktop.text.tokens import (
    are_enough,
    mail_tokens,
    matches,
    name_tokens,
    phone_tokens,
    query_tokens,
    text_tokens,
)

SURNAMES = ["张", "李", "王", "曾", "单", "解", "区", "尉迟", "欧阳", "吕", "朴", "長"]
GIVEN = "三四五明長长重乐行伟娜敏国强朝阳阿"
FIRST = ["Anna", "John", "Émile", "Li", "Valjur", "Bo", "O’Brien", "Zoë"]
LAST = ["Schneider", "Smith", "van.Muster", "Müller", "Ho", "Øst"]
PLACES = ["上海", "重庆", "長沙", "TCL", "3M", "成都", "厦门", "Hua.Wei"]
TRADES = ["电子", "银行", "贸易", "音乐", "Trading", "科技", "大厦"]
FORMS = ["有限公司", "集团", "Co.,.Ltd.", "GmbH", "股份有限公司"]


class Document:
    """One customer as the search index sees it."""

    def __init__(self, person, company, mail, phone, note):
        self.person, self.company, self.mail, self.phone, self.note = person, company, mail, phone, note

    def tokens(self):
        return {
            *name_tokens(self.person, surname=True),
            *name_tokens(self.company, surname=False),
            *mail_tokens(self.mail),
            *phone_tokens(self.phone),
            *text_tokens(self.note),
        }

    def accepts(self, query):
        return matches(query, [self.note], [self.person], [self.phone], [self.company], [self.mail])

    def queries(self, dice):
        """What somebody who looks for this customer might type: right pieces, cut anywhere."""
        whole = [
            self.person,
            self.company,
            self.mail,
            self.phone,
            self.note,
            fold(self.person),
            fold(self.company),
            fold(self.mail),
        ]
        whole += [pinyin(self.person, True), initials(self.person, True), pinyin(self.company), initials(self.company)]
        whole += [pinyin(self.person), f"{self.person} {self.phone}", *words(self.note)]
        piece = dice.choice(whole)
        start = dice.randrange(len(piece)) if piece else 0
        cut = piece[start : start + dice.randint(1, 24)]
        second = dice.choice(whole)[: dice.randint(1, 4)] if dice.random() < 0.2 else ""
        return f"{cut} {second}"


def some_document(dice):
    given_name = "".join(dice.choices(GIVEN, k=dice.randint(1, 2)))
    latin = f"{dice.choice(FIRST)} {dice.choice(LAST)}".replace(".", " ")
    person = dice.choice(
        [dice.choice(SURNAMES) + given_name, latin, f"{dice.choice(SURNAMES)}{given_name} {dice.choice(FIRST)}"]
    )
    parts = [dice.choice(PLACES), *dice.choices(GIVEN, k=dice.randint(0, 5)), dice.choice(TRADES), dice.choice(FORMS)]
    company = "".join(parts).replace(".", " ")
    mail = f"{dice.choice(FIRST)}.{dice.choice(LAST)}{dice.randint(1, 99)}@example-{dice.choice('abc')}.com"
    phone = "86" + "".join(dice.choices("0123456789", k=11))
    day = f"2026-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
    note = f"{dice.choice(TRADES)}，{person} {day}, PO-{dice.randint(1, 99999)} ok {latin}"
    return Document(person, company, mail, phone, note)


def found(tokens, query):
    """Whether an index with these tokens would return the document, as FTS5 does it."""
    asked = query_tokens(query)
    return bool(asked) and all(any(tokens.issuperset(each) for each in alternatives) for alternatives in asked)


def as_fts5(asked):
    words = (" OR ".join("(" + " AND ".join(f'"{token}"' for token in each) + ")" for each in word) for word in asked)
    return " AND ".join(f"({each})" for each in words)


def test_nothing_that_matches_is_missed_by_the_tokens():
    dice = random.Random(20261121)
    documents = [some_document(dice) for _ in range(250)]
    indexed = [document.tokens() for document in documents]
    accepted = 0
    for _ in range(3000):
        query = dice.choice(documents).queries(dice)
        for document, tokens in dice.sample(list(zip(documents, indexed, strict=True)), 12):
            if document.accepts(query):
                accepted += 1
                assert found(tokens, query), (query, document.__dict__)
    assert accepted > 400


def test_what_is_typed_of_a_customer_usually_finds_the_customer():
    dice = random.Random(7)
    documents = [some_document(dice) for _ in range(2000)]
    hits = sum(
        document.accepts(query) and found(document.tokens(), query)
        for document in documents
        for query in [document.queries(dice)]
    )
    assert hits > 1400


letters = st.text(alphabet="张三曾长 abzeng12·-'ªé@.，ａ", max_size=8)


@settings(max_examples=500)
@given(letters, letters, letters, letters)
def test_nothing_is_missed_in_odd_texts_either(query, name, note, company):
    document = Document(name, company, name, note, note)
    if document.accepts(query):
        assert found(document.tokens(), query)
    if are_enough(query):
        assert document.accepts(query) == found(document.tokens(), query)


def test_short_words_need_no_check():
    dice = random.Random(11)
    documents = [some_document(dice) for _ in range(250)]
    held = [(document, document.tokens()) for document in documents]
    checked = 0
    for _ in range(3000):
        query = dice.choice(documents).queries(dice)
        if are_enough(query):
            for document, tokens in dice.sample(held, 12):
                assert document.accepts(query) == found(tokens, query), (query, document.__dict__)
                checked += 1
    assert checked > 10_000


@settings(max_examples=200)
@given(st.text(max_size=6), st.text(max_size=6))
def test_tokens_are_letters_and_digits_whatever_is_typed(one, other):
    held = [*name_tokens(one, surname=True), *text_tokens(other), *phone_tokens(one), *mail_tokens(other)]
    held += [token for alternatives in query_tokens(one) for each in alternatives for token in each]
    assert all(each.isalnum() or is_ideographic(each) for token in held for each in token)


def test_a_real_index_finds_what_matches():
    dice = random.Random(3)
    documents = [some_document(dice) for _ in range(120)]
    base = sqlite.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE find USING fts5(keys, tokenize='ascii', detail=none)")
    rows = [(place, " ".join(document.tokens())) for place, document in enumerate(documents, 1)]
    base.executemany("INSERT INTO find (rowid, keys) VALUES (?, ?)", rows)
    for _ in range(200):
        query = dice.choice(documents).queries(dice)
        if asked := query_tokens(query):
            fetched = {row for (row,) in base.execute("SELECT rowid FROM find WHERE find MATCH ?", (as_fts5(asked),))}
            assert {place for place, document in enumerate(documents, 1) if document.accepts(query)} <= fetched
    base.close()


CUSTOMER = Document(
    "曾重阳",
    "重慶明华电子有限公司",
    "anna.schneider@example.com",
    "8613800001234",
    "下周寄样品 2026-11-20 Valjur PO-778",
)


@pytest.mark.parametrize(
    "query",
    [
        "曾", "重阳", "曾重阳", "zeng", "zcy", "zzy", "ceng", "zengchong", "cy", "zc", "zeng'chong", "chongyang",
        "zhongyang",
        "重庆", "重慶", "chongqing", "cqmh", "mhdz", "明华 曾", "zeng mh", "chneid", "schneider@exam", "Anna", "an",
        "1234", "138 0000 1234", "+86 138", "000012", "138-0000-1234", "样品", "2026-11", "po-778", "val", "寄样",
    ],
)  # fmt: skip
def test_a_customer_is_found_by(query):
    assert CUSTOMER.accepts(query)
    assert found(CUSTOMER.tokens(), query)


@pytest.mark.parametrize(
    "query", ["", "  ", "!?", "eng", "重庆市", "ne", "34", "aljur", "xiazhou", "曾 李", "9999", "20 11"]
)
def test_a_customer_is_not_found_by(query):
    assert not CUSTOMER.accepts(query)
    assert not found(CUSTOMER.tokens(), query)


def test_hanzi_in_two_places_are_a_false_hit_that_the_rule_rejects():
    document = Document("张三", "三丰电子", "", "", "")
    assert found(document.tokens(), "张三丰")
    assert not document.accepts("张三丰")


def test_a_company_is_not_read_like_a_surname():
    assert matches("shan", [], ["单明"], [])
    assert not matches("ou", [], [], [], companies=["区块电子"])


def test_short_words_find_beginnings_and_not_inner_letters():
    assert not found(set(name_tokens("Valjur", surname=True)), "ju")
    assert found(set(name_tokens("Valjur", surname=True)), "va")
    assert found(set(name_tokens("Valjur", surname=True)), "ljur")


def test_a_query_asks_for_pairs_of_hanzi_and_runs_of_letters():
    assert query_tokens("张") == [(("张",),)]
    assert query_tokens("张三丰") == [(("张三", "三丰"),)]
    assert query_tokens("ABC有限 1380") == [(("abc",), ("ªabc",)), (("有限",),), (("1380",), ("ª138", "º1380"))]
    assert query_tokens('" OR *') == [(("ªor",),)]


def test_every_way_of_reading_a_long_name_is_found():
    name = "重庆长乐行"
    assert matches("chongqingchangyuehang", [], [], [], [name])
    assert matches("zhongqingzhanglexing", [], [], [], [name])
    assert found(set(name_tokens(name, surname=False)), "zhongqingzhanglexing")
