"""Measures the shape of a Python package: what is too long, what imports in a circle, what mixes Qt and SQL.

    python tests/shape.py crm_desktop

Files are read, not imported; every offender is named.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST_FUNCTION = 50
LONGEST_FILE = 500
QT = ("PySide6", "shiboken6", "qtpy", "qtawesome")
DATABASE = ("sqlalchemy", "sqlcipher3", "sqlite3", "alembic")
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Module:
    """One file of the package, parsed."""

    path: Path
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, str(self.path))

    @cached_property
    def imports(self) -> set[str]:
        """Every dotted name it imports, at the top or inside a function, but not for the type checker alone."""
        typing_only = {id(inner) for node in ast.walk(self.tree) if is_for_typing(node) for inner in ast.walk(node)}
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if id(node) in typing_only:
                continue
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = self.absolute(node)
                found |= {f"{base}.{each.name}" for each in node.names}
        return found

    def absolute(self, node: ast.ImportFrom) -> str:
        """The module that `from … import` names, with leading dots resolved."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        package = package[: len(package) - node.level + (self.path.stem == "__init__")]
        return ".".join([*package, node.module] if node.module else package)

    def uses(self, libraries: tuple[str, ...]) -> bool:
        """Whether it imports one of these libraries."""
        return any(name.split(".")[0] in libraries for name in self.imports)

    @property
    def has_sql(self) -> bool:
        """Whether a text in it is an SQL statement."""
        texts = (node.value for node in ast.walk(self.tree) if isinstance(node, ast.Constant))
        return any(isinstance(text, str) and SQL.match(text) for text in texts)


def is_for_typing(node: ast.AST) -> bool:
    """Whether this is an `if TYPE_CHECKING:` block."""
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def read(package: Path) -> list[Module]:
    """Every module of a package but the migrations: those are written by Alembic and never edited afterwards."""
    modules = []
    for path in sorted(package.rglob("*.py")):
        if path.parent.parts[-2:] == ("migrations", "versions"):
            continue
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules.append(Module(path, name, path.read_text(encoding="utf-8")))
    return modules


def long_functions(modules: list[Module]) -> Iterator[str]:
    """Functions over the limit, docstring and decorators included."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                lines = (node.end_lineno or first) - first + 1
                if lines > LONGEST_FUNCTION:
                    yield f"{module.name}.{node.name}: {lines} lines"


def long_files(modules: list[Module]) -> Iterator[str]:
    """Files over the limit."""
    for module in modules:
        lines = len(module.text.splitlines())
        if lines > LONGEST_FILE:
            yield f"{module.name}: {lines} lines"


def import_graph(modules: list[Module]) -> dict[str, set[str]]:
    """Who imports whom inside the package; a name imported from a module counts as that module."""
    names = {module.name for module in modules}

    def known(dotted: str) -> str:
        while dotted and dotted not in names:
            dotted = dotted.rpartition(".")[0]
        return dotted

    return {module.name: {known(each) for each in module.imports} - {"", module.name} for module in modules}


def cycles(modules: list[Module]) -> Iterator[str]:
    """Groups of modules that import one another, by whatever way round; an import in a function hides none."""
    graph = import_graph(modules)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            fresh = graph[waiting.pop()] - seen
            seen |= fresh
            waiting.extend(fresh)
        return seen

    reach = {name: reached(name) for name in graph}
    groups = {
        frozenset(other for other in reach[name] if name in reach[other]) for name in graph if name in reach[name]
    }
    yield from sorted(" and ".join(sorted(group)) for group in groups)


def mixed(modules: list[Module]) -> Iterator[str]:
    """Modules that know both Qt and the database."""
    for module in modules:
        if module.uses(QT) and (module.uses(DATABASE) or module.has_sql):
            yield module.name


def silent_excepts(modules: list[Module]) -> Iterator[str]:
    """Places where any error at all is caught and nothing is done about it."""
    for module in modules:
        yield from (f"{module.name}, line {line}" for node in ast.walk(module.tree) if (line := swallows_all(node)))


def swallows_all(node: ast.AST) -> int:
    """The line where every error is dropped, or 0."""
    if isinstance(node, ast.ExceptHandler):
        silent = all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
        return node.lineno if silent and (node.type is None or catches_all(node.type)) else 0
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
        return node.lineno if any(map(catches_all, node.args)) else 0
    return 0


def catches_all(kind: ast.expr) -> bool:
    """Whether the errors named are all there are."""
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(ast.unparse(each) in ("Exception", "BaseException") for each in kinds)


RULES = {
    f"no function over {LONGEST_FUNCTION} lines": long_functions,
    f"no file over {LONGEST_FILE} lines": long_files,
    "no import cycle": cycles,
    "no module with both Qt and SQL": mixed,
    "no silent broad except": silent_excepts,
}


if __name__ == "__main__":
    measured = [module for folder in sys.argv[1:] for module in read(Path(folder).resolve())]
    offenders = [f"{rule}: {offender}" for rule, find in RULES.items() for offender in find(measured)]
    sys.exit("\n".join(offenders) or 0)
