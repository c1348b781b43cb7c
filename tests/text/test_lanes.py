"""Things that overlap stand side by side: none covers another, and no column is wasted."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text.lanes import Lane, lanes, rows

spans = st.lists(st.tuples(st.integers(0, 96), st.integers(1, 40)).map(lambda each: (each[0], each[0] + each[1])))
days = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted).map(tuple))


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def pairs(given_spans, found):
    return [
        (one, other, found[a], found[b])
        for a, one in enumerate(given_spans)
        for b, other in enumerate(given_spans)
        if a < b
    ]


@given(spans)
def test_what_overlaps_never_shares_a_column_and_is_as_wide(given_spans):
    found = lanes(given_spans)
    assert all(0 <= lane.place < lane.of for lane in found)
    for one, other, lane, neighbour in pairs(given_spans, found):
        if overlap(one, other):
            assert lane.place != neighbour.place
            assert lane.of == neighbour.of


@given(spans)
def test_there_are_never_more_columns_than_things_at_one_time(given_spans):
    most = max((sum(begin <= at < end for begin, end in given_spans) for at in range(140)), default=0)
    assert max((lane.of for lane in lanes(given_spans)), default=0) == most


@given(spans)
def test_what_stands_alone_takes_all_the_room(given_spans):
    for at, (span, lane) in enumerate(zip(given_spans, lanes(given_spans), strict=True)):
        if not any(overlap(span, other) for place, other in enumerate(given_spans) if place != at):
            assert lane == Lane(0, 1)


@given(days)
def test_rows_of_days_never_cover_one_another(given_days):
    found = rows(given_days)
    for one, other, row, neighbour in pairs(given_days, found):
        if one[0] <= other[1] and other[0] <= one[1]:
            assert row != neighbour


def test_touching_spans_share_a_column():
    assert lanes([(9, 10), (10, 11), (9.5, 10.5)]) == [Lane(0, 2), Lane(0, 2), Lane(1, 2)]
