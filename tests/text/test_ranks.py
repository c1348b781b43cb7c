"""How near a name comes to what was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.folding import fold
from crm_desktop.text.ranks import (
    BEGINS,
    BEGINS_SPELT,
    ELSEWHERE,
    EXACT,
    INSIDE,
    SPELT,
    rank,
    rank_queries,
    rank_tokens,
)
from crm_desktop.text.tokens import name_tokens, query_tokens


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


@given(letters, letters)
def test_the_tokens_are_no_others(one, other):
    asked = {token for alternatives in query_tokens(one) for each in alternatives for token in each}
    assert not asked & set(rank_tokens(other, surname=True))
    assert not name_tokens(one, surname=True) & set(rank_tokens(other, surname=True))
