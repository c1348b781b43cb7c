"""How near a name comes to what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import fold
from crm_desktop.text.pieces import query_words
from crm_desktop.text.ranks import (
    BEGINS,
    BEGINS_SPELT,
    ELSEWHERE,
    ENDS,
    EXACT,
    INSIDE,
    SPELT,
    rank,
    rank_queries,
    rank_tokens,
)
from crm_desktop.text.tokens import matches, name_tokens, phone_tokens, query_tokens


@pytest.mark.parametrize(
    ("asked", "people", "companies", "expected"),
    [
        ("张三", ["张三"], [], EXACT),
        ("abc", [], ["ABC有限公司"], EXACT),
        ("zhangsan", ["张三"], [], SPELT),
        ("zs", ["张三"], [], SPELT),
        ("张", ["张三"], [], BEGINS),
        ("zh", ["张三"], [], BEGINS_SPELT),
        ("anna", ["张三", "Anna"], [], EXACT),
        ("三", ["张三"], [], INSIDE),
        ("nn", ["张三", "Anna"], [], ELSEWHERE),
        ("shanming", ["单明"], [], SPELT),
        ("shanming", [], ["单明"], ELSEWHERE),
        ("x", [], [], ELSEWHERE),
    ],
)
def test_ranks(asked, people, companies, expected):
    assert rank(asked, people, companies) == expected


letters = st.text(alphabet="张三曾长单の abzeng12-'ªº ⁿé@.ａ有限公司", min_size=1, max_size=20)


@given(letters, letters, st.booleans())
def test_the_tokens_fetch_every_name_of_a_rank(query, name, surname):
    asked = fold(query)
    near = rank(asked, [name], []) if surname else rank(asked, [], [name])
    if asked and near < INSIDE:
        held = {*rank_tokens(name, surname), *name_tokens(name, surname)}
        assert held.issuperset(rank_queries(asked)[near])


@given(letters, letters, st.booleans())
def test_a_name_of_a_rank_holds_what_is_one_word(query, name, surname):
    asked = fold(query)
    near = rank(asked, [name], []) if surname else rank(asked, [], [name])
    if len(query_words(query)) == 1 and near < INSIDE:
        assert matches(query, [], [name], []) if surname else matches(query, [], [], [], [name])


@given(st.text(alphabet="0123", min_size=1, max_size=7), st.text(alphabet="+ 0123", max_size=12))
def test_the_tokens_fetch_every_number_of_which_the_last_digits_are_asked_for(asked, number):
    if rank(asked, [], [], [number]) == ENDS:
        assert {*phone_tokens(number)}.issuperset(rank_queries(asked)[ENDS])
        assert matches(asked, [], [], [number])


@given(letters, letters)
def test_the_tokens_are_no_others(one, other):
    asked = {token for alternatives in query_tokens(one) for each in alternatives for token in each}
    assert not asked & set(rank_tokens(other, surname=True))
    assert not {*name_tokens(one, surname=True)} & {*rank_tokens(other, surname=True)}
