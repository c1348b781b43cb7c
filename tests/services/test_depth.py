"""How often and how deep: the numbers are those that the filters find."""

from datetime import datetime, timedelta

import pytest

from crm_desktop.model import Account, Affiliation, Contact
from crm_desktop.model.filters import ALL, Group, Test
from crm_desktop.services import activities, depth
from crm_desktop.services.activities import Entry
from crm_desktop.store import queries
from crm_desktop.store.queries import Listing

NOW = datetime.now().astimezone()


@pytest.fixture
def people(make):
    acme, anna = make(Account, name="Acme"), make(Contact, full_name="Anna Schneider")
    make(Affiliation, contact_id=anna, account_id=acme)
    return acme, anna


def log(workspace, kind, days, account=None, contact=None, direction="out"):
    at = NOW - timedelta(days=days)
    activities.log(workspace, Entry(kind, "said", account, [contact] if contact else (), direction, at))


def test_touches_are_counted_by_kind_in_both_times(workspace, people):
    acme, anna = people
    for kind, days, direction in (("call", 0, "in"), ("call", 30, "out"), ("visit", 31, "out"), ("mail", 90, "out")):
        log(workspace, kind, days, acme, anna, direction)
    for kind, days in (("mail", 91), ("system", 1)):
        log(workspace, kind, days, acme, anna)
    log(workspace, "note", 2, None, anna)
    for entity, key in (("account", acme), ("contact", anna)):
        found = depth.of_record(workspace, entity, key)
        assert found.short == {"call": 2, "note": 1}
        assert found.long == {"call": 2, "visit": 1, "mail": 1, "note": 1}
        assert found.counts == "3 / 5"
        assert found.score == 2 * 3 + 5 + 2 + 1
        assert found.by_kind().splitlines()[0] == "Call: 2 in 30 days, 2 in 90 days"
        assert found.explained().splitlines()[0] == "Depth 14: points for the touches of 90 days"
        assert "Came from them: 1 × 1" in found.explained()


def test_the_numbers_are_those_that_the_filter_finds(workspace, people):
    acme, anna = people
    for number in range(12):
        log(workspace, ("call", "mail", "visit")[number % 3], number * 9, acme, anna)
    found = depth.of_record(workspace, "contact", anna)
    for days, counted in ((depth.SHORT, found.short), (depth.LONG, found.long)):
        for kind, count in counted.items():
            for number, matches in ((count, 1), (count + 1, 0)):
                test = Test("activity.count", "at_least", (str(number), str(days), kind))
                with workspace.read() as session:
                    listing = Listing(Contact, filter=Group(ALL, (test,)))
                    assert queries.count(session, listing) == matches, (kind, days)


def test_nothing_is_said_of_nothing(workspace, people):
    found = depth.of_record(workspace, "account", people[0])
    assert (found.counts, found.score, found.by_kind()) == ("0 / 0", 0, "No touch in 90 days")
