"""A calendar date is the same everywhere; a moment is the same instant (features.md DATE-1, ACC-19)."""

import time

import pytest

from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.services import activities, contacts, records
from crm_desktop.services.activities import Entry

SHANGHAI, LOS_ANGELES = "Asia/Shanghai", "America/Los_Angeles"


@pytest.fixture
def zone(monkeypatch):
    def travel(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield travel
    monkeypatch.undo()
    time.tzset()


def test_dates_stay_and_moments_are_told_in_the_local_time(workspace, make, zone):
    zone(SHANGHAI)
    account = make(Account, name="ABC有限公司")
    contact, _account = contacts.create(workspace, {"full_name": "张三", "birthday": "1990-03-08"}, account)
    [place] = contacts.places(workspace, contact=contact)
    contacts.change_link(workspace, place.id, "from_date", "2025-12-31")
    at = Activity.__table__.c.at.info["kind"].read("2026-01-01 08:30").value
    activities.log(workspace, Entry("call", "新年好", contacts=[contact], at=at))
    seen = {}
    for name in (SHANGHAI, LOS_ANGELES):
        zone(name)
        [bubble] = activities.timeline(workspace, contact=contact)
        seen[name] = (
            records.load(workspace, Contact, contact).fields["birthday"].text,
            records.load(workspace, Affiliation, place.id).fields["from_date"].text,
            f"{bubble.at.astimezone():%Y-%m-%d %H:%M}",
            bubble.at,
        )
    assert seen[SHANGHAI][:2] == seen[LOS_ANGELES][:2]
    assert (seen[SHANGHAI][2], seen[LOS_ANGELES][2]) == ("2026-01-01 08:30", "2025-12-31 16:30")
    assert seen[SHANGHAI][3] == seen[LOS_ANGELES][3]
