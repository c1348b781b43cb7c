"""The code stays in small rooms with one-way doors; and the measuring tool finds what it is there to find."""

from pathlib import Path

from tests import shape

PACKAGE = Path(__file__).parent.parent / "crm_desktop"


def test_the_program_is_in_shape():
    modules = shape.read(PACKAGE)
    assert {name: found for name, rule in shape.RULES.items() if (found := list(rule(modules)))} == {}


def package(folder, **files):
    """A package `sample` with these modules."""
    (folder / "sample").mkdir()
    for name, text in {"__init__": "", **files}.items():
        (folder / "sample" / f"{name}.py").write_text(text, encoding="utf-8")
    return shape.read(folder / "sample")


def test_length_is_counted_with_everything_that_belongs_to_it(tmp_path):
    body = "    pass\n" * 49
    modules = package(tmp_path, a=f"def fits():\n{body}", b=f"@x\ndef long():\n{body}", c="#\n" * 500, d="#\n" * 501)
    assert list(shape.long_functions(modules)) == ["sample.b.long: 51 lines"]
    assert list(shape.long_files(modules)) == ["sample.d: 501 lines"]


def test_a_cycle_is_found_even_when_an_import_hides_in_a_function(tmp_path):
    modules = package(
        tmp_path,
        a="from sample.b import x",
        b="def f():\n    from . import c",
        c="import sample.a",
        d="from sample import a",
    )
    assert list(shape.cycles(modules)) == ["sample.a and sample.b and sample.c"]


def test_an_import_for_the_type_checker_alone_makes_no_cycle(tmp_path):
    modules = package(tmp_path, a="if TYPE_CHECKING:\n    from sample.b import B", b="from sample.a import A")
    assert list(shape.cycles(modules)) == []


def test_qt_and_sql_are_kept_apart(tmp_path):
    modules = package(
        tmp_path,
        window="from PySide6.QtWidgets import QWidget",
        query="import sqlalchemy as sa",
        both="import sqlalchemy.orm\ndef f():\n    from PySide6 import QtCore",
        told="import PySide6\nx = 'delete from account where id = 1'",
    )
    assert list(shape.mixed(modules)) == ["sample.both", "sample.told"]


def test_an_error_swallowed_whole_is_found(tmp_path):
    modules = package(
        tmp_path,
        bare="try:\n    f()\nexcept:\n    pass",
        broad="for x in y:\n    try:\n        f()\n    except (OSError, Exception):\n        continue",
        suppressed="with contextlib.suppress(Exception):\n    f()",
        narrow="try:\n    f()\nexcept OSError:\n    pass",
        told="try:\n    f()\nexcept Exception:\n    log(f)",
    )
    assert list(shape.silent_excepts(modules)) == [
        "sample.bare, line 3",
        "sample.broad, line 4",
        "sample.suppressed, line 1",
    ]
