"""Bad input of every kind ends as taken, taken with a named warning, or refused with the place; nothing else."""

import re
import zipfile
from random import Random

import pytest

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats, limits
from tests.exchange import books, corpus

MOST_MEMORY = 500 * 2**20
"""What the system lets a reader of such a file have; beyond that it ends the reader."""


def outcome(case):
    """What is wrong with the way a file was read; blank when all is as expected."""
    try:
        sheet = formats.read(case.path)
    except FileProblem as problem:
        return refused(case, str(problem))
    told = " ".join([*sheet.notes, *sheet.remarks.values()])
    if isinstance(case.expected, corpus.Refused):
        return f"was taken: {sheet.rows[:3]}"
    if isinstance(case.expected, corpus.TakenWithout):
        return "" if len(sheet.rows) == case.expected.rows else f"has {len(sheet.rows)} rows"
    if sheet.rows != case.expected.rows:
        changed = [pair for pair in zip(sheet.rows, case.expected.rows, strict=False) if pair[0] != pair[1]]
        return f"was changed: {changed[:3]!r}"
    return "" if re.search(case.expected.warned, told) else f"is not told: {told}"


def refused(case, sentence):
    if not isinstance(case.expected, corpus.Refused):
        return f"was refused: {sentence}"
    if case.path.name not in sentence or "\n" in sentence:
        return f"is refused without its name: {sentence}"
    return "" if re.search(case.expected.said, sentence) else f"is refused otherwise: {sentence}"


@pytest.mark.parametrize("every", [2, pytest.param(1, marks=pytest.mark.soak)], ids=["some", "all"])
@pytest.mark.parametrize("kind", corpus.NAMES, ids=corpus.NAMES.values())
def test_every_case_ends_as_it_should(kind, every, tmp_path):
    """Each case is read by a process of its own, so that the usual run takes every second one."""
    cases = list(corpus.of_kind(kind, tmp_path))[::every]
    assert {case.name: wrong for case in cases if (wrong := outcome(case))} == {}
    assert max(limits.memory(case.path) for case in cases) <= MOST_MEMORY


@pytest.mark.soak
@pytest.mark.parametrize("kind", [3, 10])
def test_the_largest_cases_end_as_they_should(kind, tmp_path):
    found = {case.name: wrong for case in corpus.of_kind(kind, tmp_path, big=True) if (wrong := outcome(case))}
    assert found == {}


@pytest.mark.soak
@pytest.mark.parametrize("ending", ["xlsx", "xls", "xlsb", "ods", "csv"])
def test_changed_bytes_do_no_harm(ending, tmp_path):
    """Any bytes at all are read or refused in a sentence."""
    change, path = Random(ending), tmp_path / f"list.{ending}"
    rows = [("姓名", "手机", "金额"), *((f"张三{at}", f"138{at:08}", at * 1.5) for at in range(30))]
    for _round in range(60):
        write = {"csv": write_csv}.get(ending) or getattr(books, ending)
        write(path, rows)
        scramble(path, change)
        sentence = said(path)
        assert not sentence or path.name in sentence


def said(path):
    """The sentence with which a file is refused; blank when it is read."""
    try:
        formats.read(path)
    except FileProblem as problem:
        return str(problem)
    return ""


def write_csv(path, rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="gb18030")


def scramble(path, change):
    """Change some bytes of a file, inside the zip file when it is one."""
    if not zipfile.is_zipfile(path):
        path.write_bytes(scrambled(path.read_bytes(), change))
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hurt = change.choice([name for name in parts if "sheet" in name or "book" in name or "content" in name])
    books.zipped(path, parts | {hurt: scrambled(parts[hurt], change)})


def scrambled(content, change):
    content = bytearray(content)
    for _change in range(change.choice((1, 1, 2, 5))):
        at = change.randrange(min(len(content), 5000))
        content[at : at + change.choice((0, 1, 1, 9))] = change.choices(
            b'<>"/=0189AZ&;#\x00\xff', k=change.choice((0, 1, 1, 4))
        )
    return bytes(content)


def test_the_corpus_is_large_and_always_the_same(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    made = []
    for folder in (first, second):
        folder.mkdir()
        made.append([case for kind in corpus.NAMES for case in corpus.of_kind(kind, folder)])
    assert sum(case.cases for case in made[0]) >= 400
    assert len(list(corpus.cases(first))) == len(made[0])
    differing = [one.name for one, other in zip(*made, strict=True) if one.path.read_bytes() != other.path.read_bytes()]
    assert differing == []
