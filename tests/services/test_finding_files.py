"""Attached files are found by any part of their names."""

import unicodedata

import pytest

from crm_desktop.jobs import finish
from crm_desktop.model import Account
from crm_desktop.services import attachments, records
from crm_desktop.services.attachments import Given
from crm_desktop.services.finding_files import find_files
from crm_desktop.store.undo import undo

NAMES = ("精工自动化报价单 v2.PDF", "Angebot Müller.docx", unicodedata.normalize("NFD", "Café 100%.png"), "合約.pdf")


@pytest.fixture
def firm(workspace, make):
    key = make(Account, name="精工自动化")
    given = [Given(each, data=each.encode()) for each in NAMES]
    attachments.attach(workspace, "account", key, finish(attachments.storing(workspace, given)).stored)
    return key


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("报价", [0]),
        ("v2 自动", [0]),
        ("pdf", [3, 0]),
        ("ngeb", [1]),
        ("MÜLLER angebot", [1]),
        ("café", [2]),
        ("0%", [2]),
        ("%", [2]),
        ("_", []),
        ("合約", [3]),
        ("报价 müller", []),
        ("", []),
    ],
)
def test_every_word_may_stand_anywhere_in_any_case(firm, workspace, typed, found):
    assert [each.name for each in find_files(workspace, typed)] == [NAMES[place] for place in found]


def test_what_begins_with_it_comes_first_then_the_newest_and_no_more_than_asked_for(firm, workspace):
    for name in ("my angebot.pdf", "an angebot.pdf"):
        stored = finish(attachments.storing(workspace, [Given(name, data=b"x")])).stored
        attachments.attach(workspace, "account", firm, stored)
    assert [each.name for each in find_files(workspace, "angebot")] == [NAMES[1], "an angebot.pdf", "my angebot.pdf"]
    assert [each.name for each in find_files(workspace, "angebot", 1)] == [NAMES[1]]


def test_it_says_whose_file_it_is_and_knows_no_files_of_the_bin(firm, workspace):
    [found] = find_files(workspace, "报价")
    assert (found.entity, found.subtitle) == ("attachment", "精工自动化")
    assert [found.name[start:end] for start, end in found.name_spans] == ["报价"]
    records.remove(workspace, Account, [firm])
    assert find_files(workspace, "报价") == []
    undo(workspace)
    assert len(find_files(workspace, "报价")) == 1
