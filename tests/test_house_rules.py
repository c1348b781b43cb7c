"""Rules of the house that no linter knows."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from dev import ROOT, calls_with_text, catalog_faults, catalogs, read_catalog, texts_in_code
from tests.shape import SQL, catches_all

PROGRAM = ROOT / "crm_desktop"
MADE_BY_TOOLS = {"build", "dist", "tour", "__pycache__"}
PLAIN_FILES = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".po",
    ".json",
    ".svg",
    ".sh",
    ".spec",
    ".yaml",
    ".yml",
    ".nsi",
    ".csv",
    ".vcf",
    ".ini",
    "",
}
LAYERS_THAT_ONLY_ASK = ("services", "ui", "exchange", "cli", "app.py")

GLOSSARY = {
    "Account": "客户",
    "Accounts": "客户",
    "Contact": "联系人",
    "Contacts": "联系人",
    "Activity": "跟进记录",
    "Activities": "跟进记录",
    "Timeline": "时间线",
    "Task": "任务",
    "Tasks": "任务",
    "Today": "今天",
    "Quick add": "快速录入",
    "Owner": "负责人",
    "Job title": "职位",
    "Department": "部门",
    "Reports to": "汇报给",
    "Mobile": "手机",
    "Fax": "传真",
    "Tags": "标签",
    "Industry": "行业",
    "Website": "网址",
    "Birthday": "生日",
    "Undo": "撤销",
    "Redo": "重做",
    "Import": "导入",
    "Export": "导出",
    "Search": "搜索",
    "Merge": "合并",
    "Bin": "回收站",
    "Settings": "设置",
    "Language": "语言",
    "Command palette": "命令面板",
    "Sample data": "示例数据",
    "Worksheet": "工作表",
}
"""English → 简体, as the glossary has them."""
NOT_OUR_WORDS = {
    "你": "您",
    "联络人": "联系人",
    "撤消": "撤销",
    "帐户": "客户",
    "账户": "客户",
    "搜寻": "搜索",
    "资料夹": "文件夹",
}
"""Words that must not be in a translation → what stands instead."""


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def every_node(path):
    return tuple(ast.walk(parsed(path)))


def program_files(*parts):
    """The program's modules, or those below some of its folders."""
    folders = [PROGRAM / part for part in parts] or [PROGRAM]
    return [
        path for each in folders for path in ([each] if each.suffix else sorted(each.rglob("*.py"))) if path.exists()
    ]


def nodes(kind, *parts):
    """Every node of a kind with where it stands."""
    for path in program_files(*parts):
        for node in every_node(path):
            if isinstance(node, kind):
                yield node, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def texts(*parts):
    """Every string in the code that is not a docstring."""
    docstrings = {id(node.value) for node, _ in nodes(ast.Expr, *parts)}
    return [
        (each.value, at)
        for each, at in nodes(ast.Constant, *parts)
        if isinstance(each.value, str) and id(each) not in docstrings
    ]


def names(*parts):
    """Every name that is used, as a variable, an attribute or an import."""
    yield from ((node.id, at) for node, at in nodes(ast.Name, *parts))
    yield from ((node.attr, at) for node, at in nodes(ast.Attribute, *parts))
    yield from (
        (each.name.rpartition(".")[2], at)
        for node, at in nodes((ast.Import, ast.ImportFrom), *parts)
        for each in node.names
    )


def name_of(node):
    """The last name of what is called or looked into: `GlobalColor` of `Qt.GlobalColor`."""
    return getattr(node, "attr", getattr(node, "id", ""))


@cache
def own_files():
    """Every text file of the project that people write."""
    tops = [
        each
        for each in ROOT.iterdir()
        if each.name not in MADE_BY_TOOLS and (each.name[0] != "." or each.name in (".ci", ".gitignore"))
    ]
    files = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*")) if path.is_file()]
    return [
        path for path in files if path.suffix in PLAIN_FILES and not MADE_BY_TOOLS & set(path.relative_to(ROOT).parts)
    ]


# Looks


def test_colours_live_in_the_theme():
    theme = f"{(PROGRAM / 'ui' / 'theme.py').relative_to(ROOT)}:"
    written = [at for text, at in texts() if re.search(r"#([0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", text)]
    calls = [(node, at) for node, at in nodes(ast.Call) if name_of(node.func) == "QColor"]
    made = [at for node, at in calls if any(isinstance(each, ast.Constant) for each in node.args)]
    colours = [(node, at) for node, at in nodes(ast.Attribute) if name_of(node.value) == "GlobalColor"]
    named = [at for node, at in colours if node.attr != "transparent"]
    assert [at for at in written + made + named if not at.startswith(theme)] == []


def test_no_message_box_interrupts():
    assert [at for name, at in names() if name == "QMessageBox"] == []


def test_the_context_of_a_shortcut_is_set():
    """PySide does not take it up as an argument, and the key is taken from the whole window."""
    calls = [(node, at) for node, at in nodes(ast.Call) if ast.unparse(node.func).endswith("QShortcut")]
    assert [at for node, at in calls if any(each.arg == "context" for each in node.keywords)] == []


def test_data_is_never_read_as_html():
    rich = {
        "setHtml",
        "insertHtml",
        "appendHtml",
        "setMarkdown",
        "insertMarkdown",
        "RichText",
        "AutoText",
        "MarkdownText",
    }
    assert [at for name, at in names("ui") if name in rich] == []


def test_every_label_shows_plain_text():
    """A QLabel guesses whether its text is HTML; who makes one says in the same function or class that it is not."""
    makes = {}
    for path in program_files("ui"):
        for room in ast.walk(parsed(path)):
            if isinstance(room, ast.FunctionDef | ast.ClassDef):
                plain = "PlainText" in ast.unparse(room)
                for node in ast.walk(room):
                    is_label = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("QLabel")
                    derives = (
                        node is room
                        and isinstance(room, ast.ClassDef)
                        and any("QLabel" in ast.unparse(each) for each in room.bases)
                    )
                    if is_label or derives:
                        at = f"{path.relative_to(ROOT)}:{node.lineno}"
                        makes[at] = makes.get(at, False) or plain
    assert [at for at, plain in makes.items() if not plain] == []


# Words


def test_a_text_is_translated_before_it_is_filled_in():
    """_(f"…"), _("…" + x), _("…".format(x)) and _("…" if x else "…") are never found in a catalog."""
    unknowable = (ast.JoinedStr, ast.BinOp, ast.IfExp, ast.BoolOp)
    wrong = []
    for path in program_files():
        for call, name, arguments in calls_with_text(parsed(path)):
            for each in arguments:
                is_filled = (
                    isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "format"
                )
                must_be_literal = name != "_" and "i18n" not in path.name
                if (
                    isinstance(each, unknowable)
                    or is_filled
                    or (must_be_literal and not isinstance(each, ast.Constant))
                ):
                    wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert wrong == []


def test_every_text_is_translated_with_its_places():
    assert catalogs()
    assert catalog_faults() == []


def test_the_english_is_typeset():
    """Curly quotes, one sign for an ellipsis, and nobody is shouted at."""
    known = [form for each in texts_in_code() for form in ([each.id] if isinstance(each.id, str) else each.id)]
    assert [text for text in known if re.search(r'"|\.\.\.|!', text)] == []


@pytest.fixture(scope="module")
def chinese():
    """Every translation, with its English."""
    [path] = [each for each in catalogs() if each.parts[-3] == "zh_CN"]
    both = [(each.id, each.string) for each in read_catalog(path) if each.id]
    return [
        (english if isinstance(english, str) else english[0], said if isinstance(said, str) else said[0])
        for english, said in both
    ]


def test_the_words_of_the_glossary_are_used(chinese):
    used = {english: said for english, said in chinese if english in GLOSSARY}
    assert len(used) >= 12
    assert used == {english: GLOSSARY[english] for english in used}


def test_translations_speak_our_way(chinese):
    assert [
        said for _, said in chinese if any(word in said for word in NOT_OUR_WORDS) or "!" in said or "！" in said
    ] == []


# Data


def test_only_the_store_writes():
    """Everything else changes records inside `workspace.write`, so that it can be undone."""
    statements = [
        at
        for text, at in texts(*LAYERS_THAT_ONLY_ASK)
        if SQL.match(text) and not text.lstrip().lower().startswith("select")
    ]
    commits = [
        at
        for node, at in nodes(ast.Attribute, *LAYERS_THAT_ONLY_ASK)
        if re.search(
            r"(session|connection|cursor|engine)\.(commit|begin|execute(many|script)|exec_driver_sql)$",
            ast.unparse(node),
        )
    ]
    verbs = [
        at
        for node, at in nodes(ast.ImportFrom, *LAYERS_THAT_ONLY_ASK)
        if (node.module or "").startswith("sqlalchemy")
        and {each.name for each in node.names} & {"insert", "update", "delete", "text"}
    ]
    made = [
        at
        for node, at in nodes(ast.Call, *LAYERS_THAT_ONLY_ASK)
        if re.fullmatch(r"(sa|sqlalchemy)\.(insert|update|delete|text)", ast.unparse(node.func))
    ]
    assert statements + commits + verbs + made == []


def test_nothing_in_the_program_can_go_online():
    ways = {
        "urllib.request",
        "urllib3",
        "http",
        "requests",
        "httpx",
        "aiohttp",
        "ftplib",
        "smtplib",
        "imaplib",
        "socketserver",
    }
    qt = {"QTcpSocket", "QTcpServer", "QUdpSocket", "QNetworkAccessManager", "QWebSocket"}
    plain = [(each.name, at) for node, at in nodes(ast.Import) for each in node.names]
    parts = [(f"{node.module}.{each.name}", at) for node, at in nodes(ast.ImportFrom) for each in node.names]
    imported = [at for name, at in plain + parts if any(f"{name}.".startswith(f"{way}.") for way in ways)]
    assert imported + [at for name, at in names() if name in qt] == []


def test_no_error_is_caught_whole():
    """Where everything must be caught (a worker, the last hook), the line says why with `noqa: BLE001`."""
    broad = [at for node, at in nodes(ast.ExceptHandler) if node.type is None or catches_all(node.type)]
    assert [at for at in broad if "BLE001" not in line_at(at)] == []


def line_at(place):
    path, _, line = place.rpartition(":")
    return (ROOT / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]


# The project


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [str(path.relative_to(ROOT)) for path in own_files() if marks.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_names_a_machine_or_a_registry():
    hosts = "|".join(
        (
            "py" + r"pi\.org",
            r"files\.python" + "hosted",
            r"registry\.np" + "mjs",
            r"deb\.deb" + "ian",
            r"proxy\.go" + "lang",
        )
    )
    places = re.compile(rf"(?<![\w.*~-])/(root|work|tmp|home/\w+)/\w|{hosts}")
    assert [
        str(path.relative_to(ROOT)) for path in own_files() if places.search(path.read_text(encoding="utf-8"))
    ] == []


def test_pins_are_exact():
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in Path(ROOT, name).read_text().splitlines()
    ]
    pins = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", line)] == []
