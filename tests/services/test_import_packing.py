"""Drafts and rows of an import rest as bytes; nothing of them may be another thing afterwards."""

from datetime import UTC, date, datetime

import pytest

from crm_desktop.model.channel import SUSPECT, ChannelValue
from crm_desktop.model.picture import Photo
from crm_desktop.services.importing.draft import Draft
from crm_desktop.services.importing.drafts import Drafts
from crm_desktop.services.importing.line import Form, Part
from crm_desktop.services.importing.said import Said

MOBILES = (
    ChannelValue("mobile", "138 0013 8000", "+8613800138000", "", "CN"),
    ChannelValue("mobile", "x", state=SUSPECT),
)
NAIVE = datetime.fromisoformat("2025-03-08T09:30")
VALUES = [
    ["张三", MOBILES, ("vip", "展会"), None],
    ["Anna", (), 12345678901234567890, True],
    ["Anna", NAIVE, datetime(2025, 3, 8, tzinfo=UTC), date(2025, 3, 8)],
    ["Anna", MOBILES, Photo("image/png", "0" * 64, b"\x80\x00"), 1.5],
]
PLACES = {"full_name": 0, "mobile": 1, "third": 2, "fourth": 3}


@pytest.mark.parametrize("values", VALUES)
def test_a_row_that_rested_says_what_it_said(values):
    row = ("  cell", 7, NAIVE, date(2025, 3, 8))
    form = Form(["mobile"] if values[1] is MOBILES else [])
    form.places |= {("contact", "third"): [2], ("contact", "mobile"): [3]}
    said = Said(form, [3], [1])
    for name, value in zip(PLACES, values, strict=True):
        form.room_for("contact", name)
        said.set_column("contact", name, [value])
    said.seal([[cell] for cell in row])
    [line] = said.lines
    keys = [("mobile", "+8613800138000")] if values[1] is MOBILES else []
    assert (line.person, line.keys) == (values[0], keys)
    line.rest()
    assert dict(line.part("contact")) == dict(Part(PLACES, values))
    assert (line.cell("contact", "third"), line.cell("contact", "mobile")) == row[2:]
    line.put("contact", "full_name", "李四")
    line.put("contact", "mobile", None)
    line.rest()
    assert (line.person, line.value("contact", "third"), line.cell("contact", "third")) == ("李四", values[2], row[2])
    assert (line.keys, line.number) == ([], 3)
    line.set_part("contact", {"full_name": "王五", "note": "x"})
    line.rest()
    assert (line.title, dict(line.take("contact")), line.person) == ("王五", {"full_name": "王五", "note": "x"}, "")


@pytest.mark.parametrize("values", VALUES)
def test_a_part_says_what_is_blank_what_differs_and_takes_more(values):
    form = Form()
    for name in PLACES:
        form.room_for("contact", name)
    said = Said(form, [1, 2], [1, 1])
    for name, value in zip(PLACES, values, strict=True):
        said.set_column("contact", name, [value, value if name != "full_name" else "李四"])
    said.seal([[None, None]])
    one, other = (line.part("contact") for line in said.lines)
    assert one.blank([*PLACES, "more"]) == [name for name, value in zip(PLACES, values, strict=True) if not value] + [
        "more"
    ]
    assert list(one.differing(other)) == [("full_name", values[0])]
    assert list(one.differing(one)) == []
    assert dict(one.differing({})) == dict(one)
    more = one.with_more({"fourth": "y", "note": "x"})
    assert dict(more) == {**one, "fourth": "y", "note": "x"}
    assert "note" not in one


@pytest.mark.parametrize("values", VALUES)
def test_a_draft_that_rested_is_what_it_was_and_may_be_changed_again(values):
    drafts = Drafts(("account", "contact"))
    said = Part({**PLACES, "other": 4}, [*values, "more"])
    drafts.add(Draft("account", -1, {"name": "甲"}))
    drafts.add(Draft("contact", -2, said, parties=(-2, 5)))
    drafts.add(Draft("contact", -3, dict(said), contact=-2, account=-1))
    drafts.add(Draft("contact", 8, said))
    drafts.get("contact", 8).say("full_name")
    drafts.rest()
    assert list(drafts.there("contact")) == []
    drafts.add(Draft("contact", 8, said))
    assert drafts.get("contact", 8).said == {"full_name"}
    drafts.rest()
    assert [each.key for each in drafts.new("contact")] == [-2, -3]
    assert [dict(each.values) for each in drafts.new("contact")] == [dict(said)] * 2
    assert (drafts.look(-3).contact, drafts.look(-3).account, drafts.look(-2).parties) == (-2, -1, (-2, 5))
    found = drafts.get("contact", -2)
    found.set("full_name", "李四")
    found.link("person_account_id", -1)
    drafts.rest()
    assert drafts.look(-2).values["full_name"] == "李四"
    assert (dict(drafts.look(-2).first), drafts.look(-2).links) == (dict(said), {"person_account_id": -1})
    assert (len(drafts), list(drafts.numbers("contact")), list(drafts.there("contact"))) == (3, [-2, -3], [])
    drafts.forget({-3})
    assert dict(drafts.look(-3).values) == dict(said)
    assert len(drafts) == 0
