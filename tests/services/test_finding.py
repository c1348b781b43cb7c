"""Finding anything by any part of it, the best first, and saying why (SRCH-1)."""

import pytest

from crm_desktop import i18n
from crm_desktop.jobs import finish
from crm_desktop.model import Account, Channel, Contact, User
from crm_desktop.services import activities, contacts, custom_fields, records, sample, tagged
from crm_desktop.services.finding import find, why
from crm_desktop.store import search
from crm_desktop.store.sources import COMPANY, NUMBER, PEOPLE, TEXT, sources_of
from crm_desktop.text.folding import fold
from crm_desktop.text.pinyin import readings


@pytest.fixture(autouse=True)
def english():
    """Reasons are told in the language that is spoken."""
    i18n.use("en")


@pytest.fixture
def people(workspace):
    """The examples of the documents among sixty invented accounts, and a talk with 张三."""
    finish(sample.fill(workspace, 60, seed=1))
    abc = sample.documents(workspace)[0]
    zhang = next(each.contact_id for each in contacts.places(workspace, account=abc) if each.contact == "张三")
    activities.log(workspace, activities.Entry("call", "谈到焊接机器人的交期\n下周再打", abc, [zhang]))
    return {"ABC有限公司": abc, "张三": zhang}


def named(hits, entity):
    return [each.name for each in hits if each.entity == entity]


def parts(text, spans):
    return [text[start:end] for start, end in spans]


class TestWhy:
    @pytest.mark.parametrize(
        ("text", "told", "in_name", "in_subtitle"),
        [
            ("张三", "", ["张三"], []),
            ("張三", "", ["张三"], []),
            ("三", "", ["三"], []),
            ("zs", "initials zs", ["张三"], []),
            ("zhangsan", "pinyin zhangsan", ["张三"], []),
            ("ZhangSan", "pinyin zhangsan", ["张三"], []),
            ("zhang san", "pinyin zhangsan", ["张三"], []),
            ("san", "pinyin san", ["三"], []),
            ("987654321", "Mobile +86 987654321", [], []),
            ("4321", "ends 4321", [], []),
            ("zhangsan@abc.com", "E-mail zhangsan@abc.com", [], []),
            ("张三 4321", "ends 4321", ["张三"], []),
            ("销售经理 张三", "Job title", ["张三"], ["销售经理"]),
        ],
    )
    def test_it_is_told_for_a_contact(self, workspace, people, text, told, in_name, in_subtitle):
        hit = next(each for each in find(workspace, text, 50) if each.id == people["张三"])
        assert (why(hit), parts(hit.name, hit.name_spans)) == (told, in_name)
        assert parts(hit.subtitle, hit.subtitle_spans) == in_subtitle
        assert hit.subtitle == "销售经理 · ABC有限公司"

    @pytest.mark.parametrize(
        ("field", "value", "text", "label", "part"),
        [
            ("wechat", "old_bear_77", "bear", "WeChat", "bear"),
            ("english_name", "Benjamin Zhao", "benj", "English name", "Benj"),
            ("tags", "工博会2026", "博会", "Tags", "博会"),
            ("address", "上海市浦东新区世纪大道100号", "世纪大道", "Office address", "世纪大道"),
            ("hobby", "普洱茶、登山", "登山", "Hobbies", "登山"),
            ("note", "喜欢" * 40 + "早上打电话" + "不爱" * 40, "早上", "Notes", "早上"),
            ("department", "供应链中心", "供应链", "Department", "供应链"),
        ],
    )
    def test_the_field_is_named_and_the_part_is_marked(self, workspace, people, field, value, text, label, part):
        records.change(workspace, Contact, people["张三"], field, value) if field != "department" else _link(
            workspace, people["张三"], field, value
        )
        [hit] = [each for each in find(workspace, text, 50) if each.id == people["张三"]]
        [reason] = hit.reasons
        assert (reason.label, parts(reason.text, reason.spans)) == (label, [part])
        assert len(reason.text) <= 50

    def test_fields_of_peoples_own_are_named_too(self, workspace, people):
        own = custom_fields.add(workspace, "contact", "text", "Number plate")
        records.change(workspace, Contact, people["张三"], own.name, "沪A12345")
        [hit] = [each for each in find(workspace, "沪A123", 50) if each.id == people["张三"]]
        assert why(hit) == "Number plate 沪A12345"

    def test_a_note_is_found_with_the_words_around(self, workspace, people):
        [hit] = [each for each in find(workspace, "机器人的交期") if each.entity == "activity"]
        assert "ABC有限公司" in hit.name
        assert hit.subtitle.endswith(" · 谈到焊接机器人的交期 下周再打")
        assert parts(hit.subtitle, hit.subtitle_spans) == ["机器人的交期"]
        assert why(hit) == "Summary"

    def test_every_hit_of_every_query_says_something_true(self, workspace, people):
        texts = ("z", "zs", "sz", "zhang", "wang", "8", "80", "800", "0138", "公司", "有限", "a", "an", "gmbh", "com")
        for text in (*texts, "li", "jx", "设备", "采购", "北京", "trial", "交期 张", "example 138"):
            for hit in find(workspace, text, 100):
                assert hit.name_spans or hit.reasons, (text, hit)
                assert all(each.spans or each.label for each in hit.reasons)
                for each in hit.reasons:
                    for part in parts(each.text, each.spans):
                        assert fold(part)[:1] in fold(text), (text, each)


def _link(workspace, contact, field, value):
    [place] = contacts.places(workspace, contact=contact)
    contacts.change_link(workspace, place.id, field, value)


class TestDemoSet:
    """SRCH-1: the queries of the specification against a scan in plain Python that knows nothing of the index."""

    @pytest.mark.parametrize("text", ["张三", "三", "zs", "zhangsan", "張三", "5678", "有限", "abc.com"])
    def test_nothing_is_missed(self, workspace, people, text):
        extra = records.create(workspace, Contact, {"full_name": "张三丰", "mobile": "13912345678"})
        far = records.create(workspace, Account, {"name": "北京张三有限技术公司", "email": "hello@abc.com"})
        hits = {(each.entity, each.id) for each in find(workspace, text, 10_000)}
        with workspace.read() as session:
            connection = session.connection()
            missed = []
            for entity in search.SEARCHED:
                keys = connection.exec_driver_sql(f"SELECT id FROM {entity} WHERE deleted_at IS NULL").scalars().all()
                for key, sources in sources_of(connection, entity, keys).items():
                    if any(_holds(each, text) for each in sources) and (entity, key) not in hits:
                        missed.append((entity, key, [each.text for each in sources]))
        assert missed == []
        planted = {
            "5678": {("contact", extra)},
            "abc.com": {("contact", people["张三"]), ("account", people["ABC有限公司"]), ("account", far)},
            "有限": {("account", people["ABC有限公司"]), ("account", far)},
        }
        assert planted.get(text, {("contact", people["张三"]), ("contact", extra)}) <= hits


def _holds(source, text):
    """Whether a text holds a query: as written, or a name by pinyin or initials from any syllable on."""
    asked = fold(text)
    if source.way == NUMBER:
        return asked in source.text
    if asked in fold(source.text) and (not asked.isascii() or source.way != TEXT):
        return True
    if source.way not in (PEOPLE, COMPANY) or not asked.isascii():
        return False
    usual = [choices[0] for choices in readings(source.text, source.way == PEOPLE)]
    spelt = ["".join(usual[place:]) for place in range(len(usual))]
    initials = ["".join(each[0] for each in usual[place:]) for place in range(len(usual))]
    return any(each.startswith(asked) for each in spelt + initials)


class TestOrder:
    @pytest.mark.parametrize("text", ["ABC有限公司", "abc", "ABC", "有限", "info@abc.com", "浦东", "6789"])
    def test_an_account_is_found_by_name_mail_address_and_phone(self, workspace, people, text):
        assert people["ABC有限公司"] in [each.id for each in find(workspace, text, 200)]

    def test_exact_names_come_before_beginnings_and_those_before_the_rest(self, workspace):
        for name in ("大众汽车", "众汽", "众汽商贸", "上海众汽"):
            records.create(workspace, Account, {"name": name})
        assert named(find(workspace, "众汽"), "account") == ["众汽", "众汽商贸", "上海众汽", "大众汽车"]

    def test_the_most_recently_touched_comes_first_among_equals(self, workspace):
        first, _second, third = (records.create(workspace, Account, {"name": f"Nord {each}"}) for each in "ABC")
        assert named(find(workspace, "nord"), "account")[0] == "Nord C"
        activities.log(workspace, activities.Entry("call", "said hello", first))
        assert [each.id for each in find(workspace, "nord")][:2] == [first, third]

    def test_the_users_own_come_before_newer_ones_of_others(self, workspace):
        with workspace.write("Two users") as session:
            me, other = User(name="Me"), User(name="Other")
            session.add_all([me, other])
        workspace.author = me.id
        owners = {"A": me.id, "B": other.id, "C": None}
        with workspace.write("Accounts") as session:
            session.insert_rows(Account, [{"name": f"Nord {each}", "owner_id": key} for each, key in owners.items()])
        assert named(find(workspace, "nord"), "account") == ["Nord A", "Nord C", "Nord B"]
        records.create(workspace, Account, {"name": "Nord"})
        assert named(find(workspace, "nord"), "account")[0] == "Nord"

    def test_the_last_digits_come_before_digits_in_the_middle(self, workspace):
        made = [
            records.create(workspace, Contact, {"full_name": f"P{number}", "mobile": mobile})
            for number, mobile in enumerate(("13800138000", "13980001234", "13880005678"))
        ]
        hits = find(workspace, "8000", 2)
        assert [each.id for each in hits] == [made[0], made[2]]
        assert [why(each) for each in hits] == ["ends 8000", "Mobile +86 138 8000 5678"]

    def test_old_last_digits_come_before_many_newer_digits_in_the_middle(self, workspace):
        old = records.create(workspace, Contact, {"full_name": "P", "mobile": "13900138000"})
        with workspace.write("Many") as session:
            session.insert_rows(Contact, [{"id": each, "full_name": "Q"} for each in range(old + 1, old + 501)])
            numbers = [{"contact_id": each, "raw": f"8000{each % 1000}"} for each in range(old + 1, old + 501)]
            session.insert_rows(
                Channel, [{"kind": "mobile", "norm": "", "ext": "", "country": ""} | each for each in numbers]
            )
        assert find(workspace, "8000", 2)[0].id == old

    def test_initials_are_of_names_and_not_of_mail_addresses(self, workspace):
        made = records.create(workspace, Contact, {"full_name": "李四", "email": "zejie-shanghai@example.com"})
        assert find(workspace, "zs") == find(workspace, "zse") == []
        assert [why(each) for each in find(workspace, "shanghai")] == ["E-mail zejie-shanghai@example.com"]
        assert [each.id for text in ("ze", "sh", "eji", "zejiesh") for each in find(workspace, text)] == [made] * 4

    def test_an_old_exact_name_is_found_among_many_newer_ones(self, workspace):
        old = records.create(workspace, Account, {"name": "星河"})
        with workspace.write("Many") as session:
            session.insert_rows(Account, [{"name": f"星河{each}号"} for each in range(600)])
        assert find(workspace, "星河")[0].id == old

    def test_groups_are_limited_each_and_blank_texts_find_nothing(self, workspace, people):
        hits = find(workspace, "a", limit=3)
        assert max(len(named(hits, each)) for each in ("account", "contact", "activity")) == 3
        assert find(workspace, "  ") == find(workspace, "，。") == []

    def test_one_kind_alone(self, workspace, people):
        assert {each.entity for each in find(workspace, "abc", 9, ("contact",))} == {"contact"}

    def test_what_is_in_the_bin_is_not_found(self, workspace, people):
        records.remove(workspace, Account, [people["ABC有限公司"]])
        assert people["ABC有限公司"] not in [each.id for each in find(workspace, "abc", 50)]


class TestTags:
    def test_they_are_found_by_pinyin_with_what_carries_them(self, workspace, people):
        before = len(tagged.find(workspace, ""))
        records.change(workspace, Contact, people["张三"], "tags", "量子展会")
        records.change(workspace, Account, people["ABC有限公司"], "tags", "量子展会")
        [found] = tagged.find(workspace, "lzzh")
        assert (found.name, found.accounts, found.contacts, found.spans) == ("量子展会", 1, 1, ((0, 4),))
        assert len(tagged.find(workspace, "")) == before + 1
        records.remove(workspace, Contact, [people["张三"]])
        assert tagged.find(workspace, "量子")[0][2:4] == (1, 0)
        assert tagged.find(workspace, "没有这个") == []
