"""Flattened rows answer as the tree they stand for would."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.ui.models.tree_rows import CONTACT, OPEN, Rows


@st.composite
def trees(draw):
    """Rows whose depths are those of a tree, and which keys may repeat in."""
    rows, deepest = Rows(), -1
    for _ in range(draw(st.integers(0, 30))):
        depth = draw(st.integers(0, deepest + 1))
        deepest = depth
        rows.add(draw(st.integers(1, 9)), depth, draw(st.sampled_from([0, CONTACT, OPEN])))
    return rows


def as_tuples(rows):
    return list(zip(rows.keys, rows.depths, rows.marks, strict=True))


@given(trees())
def test_what_is_above_and_below_a_row(rows):
    for row in range(len(rows)):
        lower = [each for each in range(row) if rows.depths[each] < rows.depths[row]]
        assert rows.above(row) == (max(lower) if lower else -1)
        after = [each for each in range(row + 1, len(rows)) if rows.depths[each] <= rows.depths[row]]
        assert rows.end(row) == (min(after) if after else len(rows))
        assert rows.root(row) == max(each for each in range(row + 1) if rows.depths[each] == 0)


@given(trees(), st.integers(1, 9), st.booleans())
def test_finding_a_record(rows, key, contact):
    wanted = [row for row in range(len(rows)) if rows.keys[row] == key and rows.is_contact(row) == contact]
    assert rows.all(key, contact=contact) == wanted
    assert rows.find(key, contact=contact) == (wanted[0] if wanted else -1)


@given(trees(), trees(), st.data())
def test_only_what_differs_is_replaced(rows, others, data):
    start = data.draw(st.integers(0, len(rows)))
    end = data.draw(st.integers(start, len(rows)))
    wanted = as_tuples(rows)[:start] + as_tuples(others) + as_tuples(rows)[end:]
    first, last, fresh = rows.difference(start, end, others)
    assert start <= first <= last <= end
    if fresh.keys and last > first:
        assert as_tuples(fresh)[0] != as_tuples(rows)[first]
    rows.replace(first, last, fresh)
    assert as_tuples(rows) == wanted


@given(trees())
def test_nothing_differs_from_itself(rows):
    start, end, fresh = rows.difference(0, len(rows), rows.part(0, len(rows)))
    assert (end - start, len(fresh)) == (0, 0)


@given(trees(), st.sets(st.integers(1, 9), max_size=3), st.integers(0, 30))
def test_the_next_of_some_goes_round_once(rows, keys, start):
    start = min(start, len(rows))
    order = [*range(start, len(rows)), *range(start)]
    assert rows.next_of(keys, start) == next((row for row in order if rows.keys[row] in keys), -1)


@given(trees())
def test_lists_of_rows(rows):
    everything = as_tuples(rows)
    assert list(rows.roots()) == [key for key, depth, _ in everything if depth == 0]
    assert rows.contacts() == [key for key, _, mark in everything if mark & CONTACT]
    assert rows.open() == [row for row, (_, _, mark) in enumerate(everything) if mark & OPEN]
