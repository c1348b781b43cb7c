"""Finding the header of a sheet and what its columns mean."""

import pytest

from crm_desktop.errors import FileProblem, Invalid
from crm_desktop.jobs import finish
from crm_desktop.services import custom_fields
from crm_desktop.services.importing import Options, layout, mapping_problems, prepare, remember, targets
from crm_desktop.text.sheet import sheet_of

PEOPLE = [["ABC有限公司", "张三", "13800138000"], ["大商零售有限公司", "李四", "13900139000"]]


def targets_of(workspace, *rows, **options):
    return layout(workspace, sheet_of("名单", rows), **options).targets


def test_a_header_in_chinese_and_one_in_english(workspace):
    assert targets_of(
        workspace, ["公司名称", "姓名", "职务", "手机", "邮箱", "微信", "地址", "级别", "行业", "标签"], []
    ) == (
        "account.name",
        "contact.full_name",
        "affiliation.title",
        "contact.mobile",
        "contact.email",
        "contact.wechat",
        "account.address",
        "account.level",
        "account.industry",
        "contact.tags",
    )
    assert targets_of(workspace, ["Company", "Name", "Job Title", "Mobile", "E-mail", "Source", "Owner"], []) == (
        "account.name",
        "contact.full_name",
        "affiliation.title",
        "contact.mobile",
        "contact.email",
        "account.lead_source",
        "account.owner_id",
    )


def test_every_target_has_a_label_and_a_group(language):
    codes = [each.code for each in targets()]
    assert len(set(codes)) == len(codes)
    assert {"account.name", "contact.mobile", "affiliation.title", "activity.summary", "record.id"} <= set(codes)
    assert "contact.title" not in codes, "a title belongs to the role"
    assert "account.created_at" not in codes, "what cannot be edited cannot be imported"
    assert all(each.label and each.group for each in targets())


def test_title_lines_above_the_header_are_passed_over(workspace):
    found = layout(workspace, sheet_of("名单", [["2025年展会参展商名单"], [], ["公司", "姓名", "手机"], *PEOPLE]))
    assert (found.header_row, found.header_rows) == (3, 1)
    assert [number for number, _row in found.data(sheet_of("x", [["t"], [], ["公司", "姓名", "手机"], *PEOPLE]))] == [
        4,
        5,
    ]


def test_groups_above_the_words_become_part_of_them(workspace):
    rows = [
        ["公司信息", None, "联系人信息", None],
        ["名称", "电话", "姓名", "手机"],
        ["ABC有限公司", "010-12345678", "张三", "13800138000"],
    ]
    found = layout(workspace, sheet_of("名单", rows))
    assert (found.header_row, found.header_rows) == (1, 2)
    assert found.targets == ("account.name", "account.phone", "contact.full_name", "contact.mobile")
    assert found.columns[1].header == "公司信息 电话"


@pytest.mark.parametrize(
    "words",
    [
        ["名称", "电话", "姓名", "手机"],
        ["公司名称*", "客户级别", "姓名", "手机（必填）"],
        ["公司名称", "颜色偏好", "姓名", "座位"],
    ],
)
def test_the_row_that_was_found_may_be_chosen_too(workspace, words):
    """The page shows the row that was found and hands it back: that must not turn a line of the header into data."""
    rows = [["展会名单"], ["公司信息", None, "联系人信息", None], words, ["ABC有限公司", "B", "张三", "13800138000"]]
    sheet = sheet_of("名单", rows)
    found = layout(workspace, sheet)
    assert layout(workspace, sheet, found.header_row) == found
    assert (found.header_row, found.header_rows) == (2, 2)


def test_a_second_line_in_another_language_is_no_data(workspace):
    rows = [["公司名称", "姓名", "手机"], ["Company", "Name", "Mobile"], *PEOPLE]
    plan = finish(prepare(workspace, sheet_of("名单", rows), Options()))
    assert plan.layout.header_rows == 2
    assert plan.counts.create == plan.counts.rows == 2


def test_a_first_row_that_sounds_like_a_header_is_still_data(workspace):
    rows = [["公司", "姓名", "手机"], ["公司0", "张零", None], ["手机", "李经理", "13800138000"], *PEOPLE]
    assert finish(prepare(workspace, sheet_of("名单", rows), Options())).counts.create == 4


def test_a_sheet_without_header_is_refused_until_somebody_has_looked(workspace):
    sheet = sheet_of("名单", PEOPLE)
    found = layout(workspace, sheet)
    assert found.header_row == 0
    assert found.notes
    assert found.columns[2].target == "contact.mobile", "columns are judged by their values"
    assert found.columns[2].certainty <= 0.6
    with pytest.raises(FileProblem, match="header"):
        finish(prepare(workspace, sheet, Options()))
    columns = ("account.name", "contact.full_name", "contact.mobile")
    assert finish(prepare(workspace, sheet, Options(columns=columns, header_row=0))).counts.create == 2


def test_the_row_of_the_header_can_be_chosen(workspace):
    rows = [["公司", "姓名", "手机"], ["公司", "姓名", "手机"], *PEOPLE]
    assert layout(workspace, sheet_of("名单", rows), 2).header_row == 2
    with pytest.raises(FileProblem, match="Row 9"):
        layout(workspace, sheet_of("名单", rows), 9)


def test_a_header_without_rows_is_refused(workspace):
    with pytest.raises(FileProblem, match="no rows below"):
        finish(prepare(workspace, sheet_of("名单", [["公司", "姓名", "手机"]]), Options()))


def test_a_row_that_repeats_the_header_is_a_problem(workspace):
    header = ["公司", "姓名", "手机"]
    plan = finish(prepare(workspace, sheet_of("名单", [header, PEOPLE[0], header, PEOPLE[1]]), Options()))
    assert (plan.counts.create, plan.counts.problem) == (2, 1)


def test_a_mapping_is_remembered_by_the_header(workspace):
    sheet = sheet_of("名单", [["公司", "谁", "手机"], *PEOPLE])
    found = layout(workspace, sheet)
    remember(workspace, found, Options(columns=("account.name", "contact.full_name", None)))
    again = layout(workspace, sheet_of("another", [["公司 ", "谁", "手机"], ["甲公司", "王五", "1"]]))
    assert again.targets == ("account.name", "contact.full_name", None)
    assert {each.origin for each in again.columns} == {"remembered"}
    other = layout(workspace, sheet_of("other", [["公司", "谁", "手机", "邮箱"], ["甲公司", "王五", "1", "a@b.cn"]]))
    assert other.columns[0].origin == "header"


@pytest.mark.parametrize(
    "columns", [("account.name", "account.name"), ("contact.birthday", "contact.gender"), ("account.name", "no.such")]
)
def test_a_mapping_that_cannot_be_is_told(workspace, columns, language):
    assert len(mapping_problems(columns)) == 1
    with pytest.raises(Invalid):
        finish(prepare(workspace, sheet_of("名单", [["A", "B"], ["x", "y"]]), Options(columns=columns, header_row=1)))


def test_the_columns_of_one_target_are_named(language):
    [sentence] = mapping_problems(["account.name", None, "account.name"], ["公司", "", "单位"])
    assert "A “公司”" in sentence
    assert "C “单位”" in sentence
    assert mapping_problems(["account.name", "contact.mobile", "contact.mobile", "account.tags"]) == []


def test_options_survive_as_json():
    import json

    options = Options(
        ("account.name", None), 3, ("mobile",), "update", True, {"5": "same:12", "6:2": "new"}, ("展会",), "展会"
    )
    assert Options.from_json(json.loads(json.dumps(options.to_json()))) == options
    for wrong in ({"mode": "delete"}, {"match": ["shoe size"]}, {"colour": "red"}):
        with pytest.raises(Invalid):
            Options.from_json(wrong)


def test_a_header_of_three_lines(workspace):
    rows = [
        ["公司信息", None, "联系人1", None, "联系人2", None],
        ["名称", "地址", "姓名", "手机", "姓名", "手机"],
        ["Company", "Address", "Name", "Mobile", "Name", "Mobile"],
        ["ABC有限公司", "上海市浦东新区", "张三", "13800138000", "李四", "13900139000"],
    ]
    found = layout(workspace, sheet_of("名单", rows))
    assert (found.header_row, found.header_rows) == (1, 3)
    assert found.targets == (
        "account.name",
        "account.address",
        "contact.full_name",
        "contact.mobile",
        "person2.full_name",
        "person2.mobile",
    )
    assert len(found.data(sheet_of("名单", rows))) == 1


def test_the_questions_of_a_form_are_a_header(workspace):
    header = [
        "提交时间",
        "您的姓名是？",
        "您的手机号码？",
        "您所在的公司名称是什么？",
        "您对我们今年在上海展出的新产品有什么意见和建议吗？",
        "您还想了解什么？",
    ]
    found = layout(
        workspace, sheet_of("表单", [header, ["2025-03-08 10:00", "张三", "13800138000", "示例公司", "很好", None]])
    )
    assert found.header_row == 1
    assert found.targets == (None, "contact.full_name", "contact.mobile", "account.name", None, None)


def test_record_numbers_of_another_program_are_not_ours(workspace):
    rows = [["Record ID", "First Name", "Last Name", "Email"], ["1051", "Anna", "Schneider", "anna@example.com"]]
    assert targets_of(workspace, *rows)[0] is None
    rows[1][0] = "contact:7"
    assert targets_of(workspace, *rows)[0] == "record.id"


def test_a_label_of_ours_is_no_better_than_a_word_of_another_program(workspace):
    header = ["First Name", "Last Name", "Photo", "Location", "Priority", "Sensitivity", "Attitude"]
    assert targets_of(workspace, header, [])[2:] == (None, None, None, None, "affiliation.attitude")


def test_the_order_of_dates_is_found_out(workspace):
    def order(*texts):
        return layout(
            workspace, sheet_of("名单", [["姓名", "生日"], *([f"某人{text}", text] for text in texts)])
        ).date_order

    assert order("03/04/1990", "13/02/1990") == "dmy"
    assert order("03/04/1990", "02/13/1990") == "mdy"
    assert order("03/04/1990") == ""
    assert order("13/02/1990", "02/13/1990") == ""


def test_people_of_a_row_have_their_own_targets(language):
    found = {each.code: each for each in targets()}
    assert found["person2.mobile"].label == found["contact.mobile"].label
    assert found["person2.mobile"].group != found["contact.mobile"].group
    assert found["person2.mobile"].several
    assert (
        mapping_problems(["account.name", "person2.mobile", "person2.mobile", "account.street", "account.street"]) == []
    )
    assert len(mapping_problems(["account.name", "person2.full_name", "person2.full_name"])) == 1


def test_a_field_that_an_earlier_file_made_is_remembered(workspace):
    sheet = sheet_of("名单", [["公司", "姓名", "特殊要求"], ["ABC有限公司", "张三", "加急"]])
    found = layout(workspace, sheet)
    remember(workspace, found, Options(columns=("account.name", "contact.full_name", "new:account:text:特殊要求")))
    assert layout(workspace, sheet).targets[2] is None, "nobody made it yet"
    made = custom_fields.add(workspace, "account", "text", "特殊要求")
    assert layout(workspace, sheet).targets[2] == made.code
