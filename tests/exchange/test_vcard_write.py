"""vCards for others: what is written is read back equal, by us and by the library that others use."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crm_desktop.exchange import vcard_file, vcard_write
from crm_desktop.exchange.writing import cleaned
from crm_desktop.jobs import finish
from crm_desktop.text.card import Card, Place
from crm_desktop.text.folding import clean

LETTERS = some.text(
    some.one_of(some.sampled_from("张三李四,;:\\\"'=+-\n^%&nN😀é\t "), some.characters(codec="utf-8")), max_size=60
)
LINES = LETTERS.map(clean).filter(lambda text: text and not cleaned(text).is_changed)
WORDS = LINES.filter(lambda text: "\n" not in text)
VERSION = some.sampled_from(vcard_write.VERSIONS)


def written(tmp_path, version, *cards):
    path = tmp_path / "people.vcf"
    finish(vcard_write.write(path, cards, len(cards), version))
    return path


def read(path):
    sheet = vcard_file.read(path)
    return [dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:]], sheet.notes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(version=VERSION, name=WORDS, note=LINES, company=WORDS, title=WORDS, hobby=WORDS, own=WORDS, label=WORDS)
def test_any_text_comes_back(tmp_path, version, name, note, company, title, hobby, own, label):
    values = {"contact.note": (note,), "contact.hobby": (hobby,)}
    place = Place("affiliation:2/account:3", company, {"contact.title": (title,), "contact.department": (hobby,)})
    card = Card("contact:1", name, values=values, own={f"#{label}": (own,)}, places=(place,))
    [row], notes = read(written(tmp_path, version, card))
    assert (row["Name"], row["Notes"], row["Account"]) == (name, note, company)
    assert (row["Job title"], row["Department"], row["Hobbies"]) == (title, hobby, hobby)
    assert row[f"#{label}"] == own
    assert row["Record id"] == "contact:1"
    assert notes == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(version=VERSION, note=LINES, name=WORDS)
def test_no_line_is_too_long_and_no_character_is_broken(tmp_path, version, note, name):
    path = written(tmp_path, version, Card("contact:1", name, values={"contact.note": (note,)}))
    for line in path.read_bytes().split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


@pytest.mark.parametrize("version", vcard_write.VERSIONS)
@pytest.mark.parametrize("kept", ["1990-03-08", "--03-08", "L1990-08-15", "L--08-15", "--02-29"])
def test_a_birthday_comes_back_with_or_without_its_year(tmp_path, version, kept):
    [row], _notes = read(written(tmp_path, version, Card("", "张三", values={"contact.birthday": (kept,)})))
    assert row["Birthday"] == kept
    assert row.get("Notes") is None


def test_a_lunar_birthday_is_told_to_other_programs_in_a_note(tmp_path):
    path = written(tmp_path, "3.0", Card("", "张三", values={"contact.birthday": ("L1990-08-15",)}))
    assert "BDAY" not in path.read_text()
    assert "Birthday: Lunar 1990-8-15" in path.read_text()


def test_another_program_understands_a_card(tmp_path):
    card = Card(
        "contact:1",
        "Anna Schneider",
        "Schneider",
        "Anna",
        {
            "contact.mobile": ("+49 170 1234567", "+49 171 1234567"),
            "contact.email": ("anna@example.com",),
            "contact.address": ("Hauptstr. 5, 10115 Berlin",),
            "contact.birthday": ("1990-03-08",),
            "contact.note": ("Likes; tea, and\nchess",),
            "contact.tags": ("VIP", "fair"),
        },
        places=(Place("affiliation:2/account:3", "Example, GmbH", {"contact.title": ("CEO",)}),),
        changed=datetime(2026, 3, 31, 14, 30, tzinfo=UTC),
    )
    found = vobject.readOne(StringIO(written(tmp_path, "3.0", card).read_text(encoding="utf-8")))
    assert found.fn.value == "Anna Schneider"
    assert (found.n.value.family, found.n.value.given) == ("Schneider", "Anna")
    assert [each.value for each in found.contents["tel"]] == ["+49 170 1234567", "+49 171 1234567"]
    assert found.email.value == "anna@example.com"
    assert found.org.value == ["Example, GmbH"]
    assert found.title.value == "CEO"
    assert found.adr.value.street == "Hauptstr. 5, 10115 Berlin"
    assert found.bday.value == "1990-03-08"
    assert found.note.value == "Likes; tea, and\nchess"
    assert found.categories.value == ["VIP", "fair"]
    assert found.rev.value == "20260331T143000Z"


def test_a_card_of_two_companies_becomes_two_rows(tmp_path):
    places = (
        Place("contact:1/affiliation:2/account:3", "ABC", {"contact.title": ("CEO",)}),
        Place(
            "contact:1/affiliation:4/account:5", "X;Y", {"contact.title": ("顾=问",), "affiliation.influence": ("3",)}
        ),
    )
    rows, _notes = read(written(tmp_path, "3.0", Card("contact:1", "张三", places=places)))
    assert [(row["Name"], row["Account"], row["Job title"]) for row in rows] == [
        ("张三", "ABC", "CEO"),
        ("张三", "X;Y", "顾=问"),
    ]
    assert rows[1]["Record id"] == "contact:1/affiliation:4/account:5"
    assert rows[1]["Influence"] == "3"
    assert rows[0].get("Notes") is None


def test_a_company_that_somebody_left_is_no_company_to_others(tmp_path):
    place = Place("affiliation:2/account:3", "ABC", {"contact.title": ("CEO",)}, is_current=False)
    path = written(tmp_path, "3.0", Card("contact:1", "张三", places=(place,)))
    assert "\nORG" not in path.read_text()
    [row], _notes = read(path)
    assert (row["Account"], row["Job title"]) == ("ABC", "CEO")


def test_what_no_file_can_hold_is_left_out_and_told(tmp_path):
    card = Card("", "张三", values={"contact.note": ("a\x00b",)})
    done = finish(vcard_write.write(tmp_path / "people.vcf", [card], 1))
    assert done.rows == 1
    assert done.notes == ("Card 1 (张三): characters that no file can hold were left out.",)


@pytest.mark.parametrize("version", vcard_write.VERSIONS)
def test_a_photo_comes_back(tmp_path, version):
    uri = "data:image/png;base64,iVBORw0KGgo="
    path = written(tmp_path, version, Card("", "张三", photo=uri))
    [row], notes = read(path)
    assert row["Photo"] == uri
    assert notes == ()
