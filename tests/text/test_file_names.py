"""Names of files from anywhere: cleaned for every system when written, and true about what they are."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import file_names

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
HARD = st.sampled_from(
    [
        "CON",
        "nul",
        "com1",
        ".",
        "..",
        "/",
        "\\",
        ":",
        "..\\",
        "\u202e",
        "\x00",
        "\n",
        " ",
        "报价",
        "😀",
        ".exe",
        ".txt",
        "'",
    ]
)
NAMES = st.one_of(st.text(max_size=400), st.lists(HARD, max_size=30).map("".join))


@given(NAMES)
def test_a_safe_name_can_be_kept_by_every_system(name):
    found = file_names.safe(name)
    assert found
    assert found == found.strip(" ")
    assert not found.endswith(".")
    assert not DEVICES.fullmatch(found)
    assert not set(found) & set('<>:"/\\|?*')
    assert found.replace(" ", "x").isprintable()
    assert len(found) <= 140
    assert len(found.encode()) <= 220
    assert PurePosixPath(found).name == PureWindowsPath(found).name == found


@given(NAMES)
def test_a_safe_name_stays_what_it_is(name):
    assert file_names.safe(file_names.safe(name)) == file_names.safe(name)


@given(NAMES, st.sets(NAMES, max_size=4))
def test_a_free_name_is_free(name, others):
    taken = {file_names.safe(each).casefold() for each in (*others, name)}
    assert file_names.free(file_names.safe(name), taken).casefold() not in taken


@pytest.mark.parametrize(
    ("given_name", "found"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("quote.pdf.", "quote.pdf"),
        ("quote.pdf:secret", "quote.pdf_secret"),
        ("..\\..\\crm.db", "_.._crm.db"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("报价 2026/11.xlsx", "报价 2026_11.xlsx"),
        ("", "_"),
        ("...", "_"),
        (".gitignore", "gitignore"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("a\nb\tc.txt", "a b c.txt"),
    ],
)
def test_names_that_do_harm(given_name, found):
    assert file_names.safe(given_name) == found


def test_a_name_of_300_characters_keeps_its_ending():
    found = file_names.safe("长" * 300 + ".docx")
    assert found.endswith(".docx")
    assert len(found.encode()) <= 220


@pytest.mark.parametrize(
    "name",
    ["quote.pdf.exe", "photo\u202egpj.exe", "x.EXE ", "x.exe.", "macro.docm", "page.html", "x.lnk", "invoice.pdf .js"],
)
def test_what_can_act_is_known_whatever_hides_it(name):
    assert file_names.can_act(name)
    assert not file_names.is_usual(name)


@pytest.mark.parametrize("name", ["quote.pdf", "照片.JPG", "minutes.docx", "a.tar.gz", "mail.eml"])
def test_what_is_only_looked_at(name):
    assert file_names.is_usual(name)
    assert not file_names.can_act(name)


@pytest.mark.parametrize("name", ["README", "data.xyz", ""])
def test_what_nobody_knows_is_neither(name):
    assert not file_names.is_usual(name)
    assert not file_names.can_act(name)
    assert file_names.mime_of(name) == file_names.ANY
