"""The fields that are checked while somebody types: each bad sample is told in words, in every language (DQ-02)."""

from gettext import NullTranslations

import pytest

from crm_desktop import i18n
from crm_desktop.model import Account, Activity, Address, Contact
from crm_desktop.model.fields import field_named
from crm_desktop.model.kinds import Day
from crm_desktop.services import records
from crm_desktop.text.findings import Severity

SAMPLES = [
    (Contact, "full_name", "", "张三", Severity.BLOCK, "“Name” is needed."),
    (Contact, "mobile", "1380013800", "13800138000", Severity.WARN, "1 digit is missing"),
    (Contact, "phone", "62251234", "021-62251234", Severity.WARN, "The area code is missing"),
    (Contact, "email", "zs@gmail.con", "zs@gmail.com", Severity.WARN, "Did you mean zs@gmail.com?"),
    (Account, "website", "www,example,com", "www.example.com", Severity.WARN, "Did you mean https://www.example.com?"),
    (Address, "postcode", "20012", "200120", Severity.WARN, "A postal code has 6 digits"),
    (Account, "credit_code", "91310115MA1H9K3L2", "91310115MA1H9K3L2Q", Severity.WARN, "1 character is missing"),
    (Account, "annual_revenue", "-5", "5万", Severity.BLOCK, "An amount cannot be negative."),
    (Activity, "at", "2025-02-30", "2025-02-28", Severity.WARN, "There is no such day"),
    (Contact, "birthday", "02-30", "02-28", Severity.BLOCK, "There is no such day"),
]
MORE = [
    (Contact, "mobile", "1.38001E+10", Severity.WARN, "Format the column as text in Excel"),
    (Contact, "phone", "1012345678", Severity.WARN, "Did you mean 010-12345678?"),
    (Contact, "wechat", "1.38001E+10", Severity.WARN, "its last digits are lost"),
    (Contact, "hobby", "1.38001E+10", Severity.WARN, "its last digits are lost"),
    (Contact, "hobby", "x" * 201, Severity.BLOCK, "201 characters are too many"),
    (Account, "credit_code", "9.13E+17", Severity.WARN, "its last digits are lost"),
    (Account, "annual_revenue", "1.2E+08", Severity.WARN, "its last digits are lost"),
    (Account, "employees", "1.2E+08", Severity.WARN, "is not a whole number"),
    (Contact, "birthday", "3/8", Severity.WARN, "It was read as 8 Mar."),
    (Contact, "birthday", "31 February", Severity.BLOCK, "There is no such day"),
]


class Marked(NullTranslations):
    """A language in which every sentence stands in « », so that one that was never translated shows."""

    def gettext(self, message):
        return f"«{message}»"

    def ngettext(self, one, many, count):
        return f"«{one if count == 1 else many}»"


@pytest.mark.parametrize(("entity", "name", "sample", "good", "severity", "words"), SAMPLES)
def test_each_of_the_ten_bad_samples_is_told(entity, name, sample, good, severity, words):
    found = records.check(entity, name, sample)
    assert found.worst is severity
    assert words in found.findings[0].text
    assert not records.check(entity, name, good).findings


@pytest.mark.parametrize(("entity", "name", "sample", "severity", "words"), MORE)
def test_what_else_is_told(entity, name, sample, severity, words):
    found = records.check(entity, name, sample)
    assert found.worst is severity
    assert words in found.findings[0].text


@pytest.mark.parametrize(
    ("entity", "name", "sample"), [(each[0], each[1], each[2]) for each in (*SAMPLES, *MORE)], ids=str
)
def test_every_sentence_can_be_translated(monkeypatch, entity, name, sample):
    monkeypatch.setattr(i18n, "_current", Marked())
    for each in records.check(entity, name, sample).findings:
        assert each.text.startswith("«")
        assert each.text.endswith("»")


def test_a_day_is_checked_too():
    assert "There is no such day" in Day().read("9999-99-99").findings[0].text
    assert "can be 2025-03-04 or 2025-04-03" in Day().read("03/04/2025").findings[0].text


@pytest.mark.parametrize(
    ("name", "text"),
    [("hobby", "1.38001E+10"), ("mobile", "1.38001E+10"), ("mobile", "1012345678"), ("phone", "62251234")],
)
def test_what_is_doubtful_is_kept_as_it_was_written(name, text):
    kind = field_named(Contact, name).kind
    value = kind.read(text).value
    assert value
    assert kind.edit(value) == text


def test_a_name_is_shown_as_needed_only_when_it_is_empty():
    assert records.check(Contact, "full_name", "张三").value == "张三"
    assert records.check(Account, "name", " ").worst is Severity.BLOCK
