"""The folder watch: what is dropped there is imported, and a report is written beside it."""

import json
import os
from contextlib import closing

import pytest
from openpyxl import load_workbook

from crm_desktop.cli import run, watching
from crm_desktop.store import opening
from crm_desktop.store.driver import connect

LIST = "公司名称,姓名,手机\nABC有限公司,张三,13800138000\n示例机械厂,李四,13800138001\n"
BROKEN = "公司名称,姓名,手机\nABC有限公司,张三,13800138000\n" + "很长" * 101 + ",王五,13800138002\n"


@pytest.fixture
def dropped(tmp_path):
    place = tmp_path / "dropped"
    place.mkdir()
    return place


@pytest.fixture
def watch(workspace, folder, dropped, capsys):
    workspace.close()

    def watch(*more):
        code = run(["import", "--watch", str(dropped), "--once", *more, "--data", str(folder.path), "--lang", "en"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return watch


def people(folder, tmp_path, capsys):
    run(["dump", str(tmp_path / "now.json"), "--data", str(folder.path)])
    capsys.readouterr()
    return [each["full_name"] for each in json.loads((tmp_path / "now.json").read_text(encoding="utf-8"))["contact"]]


def test_a_dropped_file_is_imported_and_a_report_lies_beside_it(watch, dropped, folder, tmp_path, capsys):
    (dropped / "list.csv").write_text(LIST, encoding="utf-8")
    code, out, err = watch()
    assert (code, err) == (0, "")
    assert "list.csv" in out
    report = (dropped / "list.csv.report.txt").read_text(encoding="utf-8-sig")
    assert "2 rows make new records" in report
    assert "crm-desktop undo" in report, "the report says how to take it back"
    assert people(folder, tmp_path, capsys) == ["张三", "李四"]


def test_a_file_with_a_report_is_not_imported_again_until_it_changes(watch, dropped):
    file = dropped / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    watch()
    assert watch()[1] == ""
    file.write_text(LIST + "ABC有限公司,王五,13800138002\n", encoding="utf-8")
    later = (dropped / "list.csv.report.txt").stat().st_mtime + 5
    os.utime(file, (later, later))
    code, out, _err = watch("--json")
    assert code == 0
    assert json.loads(out)["counts"]["create"] == 1


def test_rows_with_problems_come_back_beside_the_file(watch, dropped):
    (dropped / "list.csv").write_text(BROKEN, encoding="utf-8")
    code, _out, _err = watch()
    assert code == 1
    rows = list(load_workbook(dropped / "list.csv.problems.xlsx").worksheets[0].values)
    assert rows[1][1] == "王五"
    assert "list.csv.problems.xlsx" in (dropped / "list.csv.report.txt").read_text(encoding="utf-8-sig")
    assert watch()[1] == "", "what we wrote ourselves is not imported"


def test_a_file_that_cannot_be_read_gets_a_report_and_the_others_are_imported(watch, dropped, folder, tmp_path, capsys):
    (dropped / "broken.xlsx").write_bytes(b"no workbook")
    (dropped / "good.csv").write_text(LIST, encoding="utf-8")
    (dropped / "~$good.xlsx").write_bytes(b"lock")
    (dropped / "picture.png").write_bytes(b"")
    code, _out, err = watch()
    assert code == 1
    assert "broken.xlsx" in err
    assert "broken.xlsx" in (dropped / "broken.xlsx.report.txt").read_text(encoding="utf-8-sig")
    reports = sorted(each.name for each in dropped.glob("*.report.txt"))
    assert reports == ["broken.xlsx.report.txt", "good.csv.report.txt"]
    assert people(folder, tmp_path, capsys) == ["张三", "李四"]


def test_a_file_is_taken_only_when_it_has_stopped_growing(dropped, monkeypatch, workspace, folder, capsys):
    workspace.close()
    file = dropped / "list.csv"
    file.write_text(LIST[:20], encoding="utf-8")
    looks = []

    def pause(_seconds):
        looks.append(file.stat().st_size)
        if len(looks) == 1:
            file.write_text(LIST, encoding="utf-8")
        if (dropped / "list.csv.report.txt").exists():
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", pause)
    code = run(["import", "--watch", str(dropped), "--data", str(folder.path), "--lang", "en"])
    assert code == 0
    assert "2 rows make new records" in (dropped / "list.csv.report.txt").read_text(encoding="utf-8-sig")
    assert "Watching" in capsys.readouterr().out


def test_a_file_that_changes_or_goes_while_another_one_is_imported(
    dropped, monkeypatch, watch, folder, tmp_path, capsys
):
    for name in ("a.csv", "b.csv"):
        (dropped / name).write_text(LIST, encoding="utf-8")
    bring_in_file = watching.bring_in_file

    def meanwhile(args, file):
        done = bring_in_file(args, file)
        file.write_text(LIST + "ABC有限公司,王五,13800138002\n", encoding="utf-8")
        (dropped / "b.csv").unlink(missing_ok=True)
        return done

    monkeypatch.setattr(watching, "bring_in_file", meanwhile)
    code, out, err = watch()
    assert (code, err) == (0, "")
    assert "b.csv" not in out
    monkeypatch.setattr(watching, "bring_in_file", bring_in_file)
    assert "a.csv" in watch()[1], "what was written meanwhile is imported, too"
    assert people(folder, tmp_path, capsys) == ["张三", "李四", "王五"]


def test_a_file_waits_while_another_program_writes(watch, dropped, folder, monkeypatch, tmp_path, capsys):
    (dropped / "list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.setattr(opening.open_workspace, "__defaults__", (0,))
    with closing(connect(folder.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, _out, err = watch()
        assert (code, list(dropped.glob("*.report.txt"))) == (1, [])
        assert "list.csv" in err
        other.execute("ROLLBACK")
    assert watch()[0] == 0
    assert people(folder, tmp_path, capsys) == ["张三", "李四"]


def test_what_does_not_go_together_is_said(watch, dropped, tmp_path):
    assert watch("--dry-run")[0] == 1
    code = run(["import", "--watch", str(tmp_path / "nowhere"), "--once", "--lang", "en"])
    assert code == 1
