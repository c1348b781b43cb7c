"""Our own JSON as it comes: damaged, foreign or newer files are refused in words, and nothing in a good one is lost."""

import json

import pytest

from crm_desktop.errors import FileProblem
from crm_desktop.exchange import formats, json_file
from crm_desktop.jobs import finish
from crm_desktop.text.bundle import Bundle, Described

COLUMNS = {
    "contacts": {
        "contact.full_name": Described("Name"),
        "contact.mobile": Described("Mobile", "; "),
        "contact.account": Described("Account"),
        "contact.hobby": Described("Hobbies"),
    }
}


def bundle(*records):
    return Bundle({"program": "1"}, COLUMNS, {"contacts": list(records)}, len(records))


def written(tmp_path, *records):
    path = tmp_path / "all.json"
    finish(json_file.write(path, bundle(*records)))
    return path


def test_a_record_is_a_row_under_the_words_of_its_fields(tmp_path):
    path = written(tmp_path, {"record": "contact:1", "contact.full_name": "张三", "contact.mobile": ["1", "2"]})
    sheet = json_file.read(path)
    assert sheet.rows == [("Name", "Mobile", "Record id"), ("张三", "1; 2", "contact:1")]
    assert sheet.numbers == [1, 2]


def test_a_contact_of_two_companies_is_two_rows(tmp_path):
    places = [
        {"record": "contact:1/account:2", "contact.account": "ABC"},
        {"record": "contact:1/account:3", "contact.account": "XYZ"},
    ]
    sheet = json_file.read(
        written(tmp_path, {"contact.full_name": "张三", "contact.hobby": "茶", "affiliations": places})
    )
    assert sheet.rows[1:] == [
        ("张三", "ABC", "茶", "contact:1/account:2"),
        ("张三", "XYZ", None, "contact:1/account:3"),
    ]


def test_it_is_read_in_a_process_of_its_own(tmp_path):
    path = written(tmp_path, {"contact.full_name": "张三"})
    assert formats.sheet_names(path) == ["Contacts"]
    assert formats.read(path, "Contacts").rows[1] == ("张三", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged at line 1"),
        (b'{"crm_desktop":1,', "damaged at line 1, character 18"),
        (b"[1, 2]", "was not written by this program"),
        (b'{"crm_desktop":1}', "was not written by this program"),
        (b'{"crm_desktop":2,"columns":{}}', "newer version"),
        (b'{"crm_desktop":1,"columns":{}}', "is empty"),
        (b'{"crm_desktop":1,"columns":{},"contacts":[{"a":1}]}', "was not written by this program"),
        (b'{"crm_desktop":1,"columns":{"contacts":{}},"contacts":7}', "was not written by this program"),
        (b'{"crm_desktop":1,"columns":{"contacts":{}},"contacts":[{},7]}', "Contacts, record 2"),
        (b"[" * 200_000, "was not written by this program"),
        (b'{"a":"\xff\xfe"}', "was not written by this program"),
        (b"\x00" * 100, "not written by this program|damaged"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "all.json"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said):
        json_file.read(path)


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileProblem, match="It has: Contacts"):
        json_file.read(written(tmp_path, {"contact.full_name": "张三"}), "Tasks")


def test_odd_values_are_kept_as_they_are(tmp_path):
    path = written(tmp_path, {"contact.full_name": 7, "contact.hobby": {"a": [True, None]}})
    assert json_file.read(path).rows[1] == (7, '{"a":[true,null]}', None)


def test_half_a_character_does_not_stop_the_writing(tmp_path):
    path = written(tmp_path, {"contact.full_name": "a\ud83d"})
    assert json.loads(path.read_bytes())["contacts"][0]["contact.full_name"].startswith("a")


def test_a_file_that_was_there_stays_when_writing_is_given_up(tmp_path):
    path = tmp_path / "all.json"
    path.write_text("before")
    job = json_file.write(path, bundle(*({"contact.full_name": str(at)} for at in range(1000))))
    next(job)
    job.close()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
