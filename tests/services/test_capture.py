"""One typed line becomes a person with everything that was said, in one step that can be taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from crm_desktop.errors import Invalid
from crm_desktop.model import Account, Contact, Task
from crm_desktop.services import capture, channels, contacts, records
from crm_desktop.services.capture import NextStep
from crm_desktop.store.undo import undo
from crm_desktop.text import quick_line
from crm_desktop.text.quick_line import QuickLine

ZHANG = "张三，采购经理，ACME机械有限公司，13800138000，zs@example.com，#工博会2026，先看样机"


@pytest.fixture
def keep(workspace):
    """keep(text) captures a line as the panel does."""

    def keep(text, step=None, account=None):
        return capture.capture(workspace, quick_line.read(text), step, account)

    return keep


@pytest.fixture
def texts(workspace):
    """texts(entity, key) gives what a page would show of a record."""

    def texts(entity, key):
        shown = records.load(workspace, entity, key).fields
        return {name: each.text for name, each in shown.items() if each.text}

    return texts


def count(workspace, entity):
    with workspace.read() as session:
        return session.scalar(select(func.count(entity.id)).where(entity.deleted_at.is_(None)))


class TestAPerson:
    def test_everything_the_line_says_is_kept(self, keep, texts):
        made = keep(ZHANG)
        person = texts(Contact, made.contact)
        assert person["full_name"] == "张三"
        assert person["title"] == "采购经理"
        assert person["account"] == "ACME机械有限公司"
        assert person["mobile"] == "+86 138 0013 8000"
        assert person["email"] == "zs@example.com"
        assert person["tags"] == "工博会2026"
        assert person["note"] == "先看样机"

    def test_it_is_one_step_with_the_name_in_it(self, keep, workspace):
        made = keep(ZHANG, NextStep("回访", datetime(2026, 11, 24, 2, tzinfo=UTC), has_time=True))
        assert workspace.undo_title == "Quick add: 张三"
        assert workspace.undo_target() == made.step
        undo(workspace, made.step)
        assert [count(workspace, each) for each in (Contact, Account, Task)] == [0, 0, 0]

    def test_the_next_step_is_a_task_about_both(self, keep, workspace):
        at = datetime(2026, 11, 24, 2, tzinfo=UTC)
        made = keep(ZHANG, NextStep("回访", at, has_time=True))
        with workspace.read() as session:
            task = session.scalars(select(Task)).one()
        assert (task.title, task.due_at, task.has_time) == ("回访", at, True)
        assert (task.contact_id, task.account_id) == (made.contact, made.account)

    def test_a_step_without_words_is_a_follow_up(self, keep, workspace):
        keep("张三", NextStep(""))
        with workspace.read() as session:
            assert session.scalars(select(Task.title)).one() == "Follow up"

    def test_the_account_is_found_without_its_legal_form(self, keep, workspace):
        first = keep("张三，ACME机械有限公司")
        second = keep("李四，采购员，ACME机械")
        assert first.account == second.account
        assert count(workspace, Account) == 1

    def test_an_account_that_was_picked_is_taken(self, keep, make):
        picked = make(Account, name="Contoso GmbH")
        assert keep("张三，ACME机械有限公司", account=picked).account == picked

    def test_numbers_go_where_they_belong(self, keep, texts):
        person = texts(Contact, keep("张三，021-62881000转801，13800138000，+49 30 1234567").contact)
        assert person["mobile"] == "+86 138 0013 8000"
        assert person["phone"] == "+86 21 6288 1000 ext. 801; +49 30 1234567"

    def test_a_doubtful_number_is_kept_as_it_was_typed(self, keep, texts):
        assert texts(Contact, keep("张三 1380013800").contact)["mobile"] == "1380013800"
        assert texts(Contact, keep("李四 +49 30/1234567").contact)["mobile"] == "+49 30/1234567"

    def test_a_title_without_a_company_is_noted(self, keep, texts):
        assert texts(Contact, keep("张三，采购经理").contact)["note"] == "采购经理"

    def test_a_site_becomes_that_of_a_new_account(self, keep, texts):
        made = keep("张三，ACME机械有限公司，www.acme.com")
        assert "acme.com" in texts(Account, made.account)["website"]
        assert "note" not in texts(Contact, made.contact)

    def test_another_site_than_the_accounts_is_noted(self, keep, texts):
        keep("ACME机械有限公司，www.acme.com")
        made = keep("张三，ACME机械有限公司，www.acme-shop.com")
        assert texts(Contact, made.contact)["note"] == "www.acme-shop.com"

    @pytest.mark.parametrize("line", ["13800138000", "zs@example.com"])
    def test_a_number_alone_is_a_record_called_by_it(self, keep, texts, line):
        assert texts(Contact, keep(line).contact)["full_name"] == line

    def test_nothing_is_no_record(self, keep, workspace):
        with pytest.raises(Invalid, match="nothing to save"):
            keep("  ")
        assert workspace.undo_target() is None


class TestACompany:
    def test_it_makes_an_account_and_nobody_in_it(self, keep, texts, workspace):
        made = capture.capture(
            workspace, replace(quick_line.read("ACME机械有限公司，021-62881000，#工博会2026"), note="要报价")
        )
        assert made.contact is None
        assert count(workspace, Contact) == 0
        account = texts(Account, made.account)
        assert account["name"] == "ACME机械有限公司"
        assert account["phone"] == "+86 21 6288 1000"
        assert account["tags"] == "工博会2026"
        assert account["description"] == "要报价"

    def test_what_is_known_already_writes_nothing(self, keep, workspace):
        made = keep("ACME机械有限公司")
        again = keep("ACME机械有限公司")
        assert (again.account, again.step) == (made.account, None)
        assert workspace.undo_target() == made.step

    def test_what_is_new_is_added_to_what_was_there(self, keep, texts):
        made = keep("ACME机械有限公司，021-62881000，#老客户")
        keep("ACME机械有限公司，021-62882000，#工博会2026")
        account = texts(Account, made.account)
        assert account["phone"] == "+86 21 6288 1000; +86 21 6288 2000"
        assert account["tags"] == "老客户, 工博会2026"


class TestAddingToSomebody:
    def test_new_numbers_and_title_are_added_in_one_step(self, keep, texts, workspace):
        known = keep("王海燕，采购员，ACME机械有限公司，13800138000")
        before = workspace.undo_target()
        added = capture.add_to(
            workspace, known.contact, quick_line.read("王海燕，采购总监，13900139000，wang@example.com，#工博会2026")
        )
        person = texts(Contact, known.contact)
        assert person["mobile"] == "+86 138 0013 8000; +86 139 0013 9000"
        assert (person["title"], person["email"]) == ("采购总监", "wang@example.com")
        assert person["tags"] == "工博会2026"
        assert workspace.undo_title == "Add to 王海燕"
        undo(workspace, added.step)
        assert workspace.undo_target() == before
        assert texts(Contact, known.contact)["title"] == "采购员"

    def test_another_name_is_noted_and_loses_nothing(self, keep, texts, workspace):
        known = keep("王海燕 13800138000")
        capture.add_to(workspace, known.contact, quick_line.read("张三 13800138000"))
        person = texts(Contact, known.contact)
        assert (person["full_name"], person["note"]) == ("王海燕", "张三")

    def test_another_company_becomes_a_second_place(self, keep, workspace):
        known = keep("王海燕，采购员，ACME机械有限公司")
        capture.add_to(workspace, known.contact, quick_line.read("王海燕，顾问，华东贸易有限公司"))
        places = contacts.places(workspace, contact=known.contact)
        assert {(each.account, each.title) for each in places} == {
            ("ACME机械有限公司", "采购员"),
            ("华东贸易有限公司", "顾问"),
        }

    def test_the_same_again_writes_nothing(self, keep, workspace):
        known = keep(ZHANG)
        assert capture.add_to(workspace, known.contact, quick_line.read(ZHANG)).step is None


class TestTwins:
    def found(self, workspace, text):
        return [(each.entity, each.look.name) for each in capture.twins(workspace, quick_line.read(text))]

    def test_the_same_number_under_another_name(self, keep, workspace):
        keep("王海燕 13800138000")
        assert self.found(workspace, "张三 +86 138-0013-8000") == [("contact", "王海燕")]

    def test_the_same_address(self, keep, workspace):
        keep("王海燕 wang@example.com")
        assert self.found(workspace, "张三 wang@EXAMPLE.com") == [("contact", "王海燕")]

    def test_the_same_name_at_the_same_company(self, keep, workspace):
        keep("张三，ACME机械有限公司")
        assert self.found(workspace, "张三，ACME机械") == [("contact", "张三")]
        assert self.found(workspace, "张三") == [("contact", "张三")]

    def test_the_same_name_elsewhere_is_somebody_else(self, keep, workspace):
        keep("张三，ACME机械有限公司")
        assert self.found(workspace, "张三，华东贸易有限公司") == []

    def test_the_same_company(self, keep, workspace):
        keep("ACME机械有限公司")
        assert capture.account_like(workspace, "ACME 机械").name == "ACME机械有限公司"
        assert capture.account_like(workspace, "ACME 机电") is None
        assert self.found(workspace, "ACME机械（集团）有限公司") == [("account", "ACME机械有限公司")]

    def test_a_deleted_one_is_nobody(self, keep, workspace):
        made = keep("王海燕 13800138000")
        records.remove(workspace, Contact, [made.contact])
        assert self.found(workspace, "张三 13800138000") == []


NAMES = st.sampled_from(["张三", "李四", "Anna Schneider", ""])
COMPANIES = st.sampled_from(["ACME机械有限公司", "Contoso GmbH", ""])
PHONES = st.lists(st.sampled_from(["13800138000", "021-62881000", "12345", "+49 30 1234567"]), max_size=3, unique=True)
MAILS = st.lists(st.sampled_from(["zs@example.com", "a@b", "not,an@address"]), max_size=2, unique=True)


@given(NAMES, COMPANIES, PHONES, MAILS, st.sampled_from(["", "采购经理"]), st.sampled_from(["", "要报价"]))
def test_whatever_a_line_says_can_be_read_in_the_record(name, company, numbers, mails, title, note):
    line = QuickLine(name=name, company=company, phones=tuple(numbers), mails=tuple(mails), title=title, note=note)
    ways = capture.ways(line)
    assert {each.raw for each in ways} == {*numbers, *mails}
    assert bool(capture.name_of(line)) == bool(name or company or numbers or mails or title)


def test_reach_is_kept_word_for_word(keep, workspace):
    made = keep("张三，a@b.c，1380013800")
    assert {each.text for each in channels.of_record(workspace, Contact, made.contact)} == {"a@b.c", "1380013800"}
