"""All a developer needs: `python3 dev.py run`, `test`, `check`, `catalog` or `shots`.

The first command makes `.venv`, with the packages pinned in the requirement files, and on Debian and Ubuntu (as root)
the system libraries that Qt needs. Standard library only, so that it starts on a machine that has nothing but Python.
"""

import argparse
import ast
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from babel.messages import Catalog

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
LOCALE = ROOT / "resources" / "locale"
RUN, ALL = "requirements.txt", "requirements-dev.txt"
OLDEST = (3, 11)
LINUX = sys.platform.startswith("linux")

QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
CHINESE_FONTS = "fonts-noto-cjk"

KEYWORDS = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "pgettext": (0, 1), "field": (0,), "many": (0,)}
"""The functions that take a text for people, and which of their arguments it is."""
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"

"""


class Trouble(Exception):
    """What stands in the way, as a sentence for the person at the keyboard."""


def main() -> int:
    """Carry out one verb."""
    if sys.version_info[:2] < OLDEST:
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    verbs = "\n".join(f"  {name:8} {verb.__doc__}" for name, verb in VERBS.items())
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, epilog=verbs, formatter_class=raw)
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on to the app or to pytest")
    chosen = parser.parse_args()
    try:
        return VERBS[chosen.verb](chosen.rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# The verbs


def run(rest: list[str]) -> int:
    """Start the program; where there is no display, draw a tour of it instead."""
    python = prepare(RUN)
    in_venv(python, "compile_catalogs")
    if rest or has_display():
        return call(python, "-m", "crm_desktop", *rest)
    folder = ROOT / "tour"
    print(
        f"There is no display here: drawing the pages instead of opening the window (pictures: {folder}).", flush=True
    )
    return call(python, "-m", "crm_desktop", "tour", str(folder))


def test(rest: list[str]) -> int:
    """Run the tests on every core; anything that pytest takes may follow, such as `-n 0` for one core."""
    spread = [] if any(each.startswith("-n") for each in rest) else ["-n", str(os.cpu_count() or 1)]
    return call(prepare(ALL), "-m", "pytest", *spread, *rest)


def check(_rest: list[str]) -> int:
    """Hold the code to the rules: lint, format, types, layers, translations."""
    python = prepare(ALL)
    tools = python.parent
    failed = [
        " ".join(each)
        for each in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"])
        if call(tools / each[0], *each[1:])
    ]
    if in_venv(python, "tell_catalog_faults"):
        failed.append("translations (see: python3 dev.py catalog)")
    print(f"Not right yet: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def catalog(_rest: list[str]) -> int:
    """Bring the translations up to date with the code, and tell which texts have none."""
    return in_venv(prepare(ALL), "update_catalogs")


def shots(rest: list[str]) -> int:
    """Draw every page to build/shots, or to the folder given."""
    python = prepare(RUN)
    in_venv(python, "compile_catalogs")
    return call(python, "-m", "crm_desktop", "shots", *(rest or [str(ROOT / "build" / "shots")]))


VERBS = {each.__name__: each for each in (run, test, check, catalog, shots)}


def call(program: Path, *arguments: str) -> int:
    """Run a program in the project's folder and give its exit code."""
    return subprocess.run([program, *arguments], cwd=ROOT, env=environment(), check=False).returncode


def in_venv(python: Path, function: str) -> int:
    """Call a function of this file where Babel is installed."""
    return call(python, "-c", f"import sys, dev; sys.exit(dev.{function}())")


def has_display() -> bool:
    """Whether a window can be shown; only Linux and its relatives may be without."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def environment() -> dict[str, str]:
    """The environment for everything started from here; compiled modules are kept, out of the tree of sources.

    The tests start hundreds of processes, each of which would compile the program anew.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    usual = {"PYTHONPYCACHEPREFIX": str(VENV / "pycache")} | ({} if has_display() else {"QT_QPA_PLATFORM": "offscreen"})
    return usual | inherited


# Making the machine ready


def prepare(wanted: str) -> Path:
    """Install what a requirement file asks for, unless it is there already, and give the Python that has it."""
    install_system_packages()
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_for, _, level = STAMP.read_text(encoding="utf-8").partition(" ") if STAMP.exists() else ("", "", "")
    current = made_for == fingerprint() and python.exists()
    if current and level in (wanted, ALL):
        return python
    if not current and Path(sys.prefix) != VENV:
        print(f"Making {VENV.name} with Python {sys.version.split()[0]}", flush=True)
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    STAMP.unlink(missing_ok=True)
    install(python, wanted)
    STAMP.write_text(f"{fingerprint()} {wanted}", encoding="utf-8")
    return python


def fingerprint() -> str:
    """Stands for the pinned packages and the Python that they were installed for."""
    parts = [(ROOT / name).read_bytes() for name in (RUN, ALL)]
    return hashlib.sha256(b"\0".join([*parts, str(sys.version_info[:2]).encode()])).hexdigest()


def install(python: Path, wanted: str) -> None:
    """Install a requirement file with pip, which says little unless something goes wrong."""
    print(f"Installing the packages of {wanted}; the first time this takes a minute or two", flush=True)
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
        str(ROOT / wanted),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise Trouble(
            "The packages could not be installed. Check that this computer is online (behind a proxy: set HTTPS_PROXY) "
            f"and run the same command again. pip said: {last[0]}"
        )


def install_system_packages() -> None:
    """Install what Python and Qt lack on Debian and Ubuntu; elsewhere, or without the right to, say what to do."""
    needed = [] if importlib.util.find_spec("ensurepip") else [f"python3.{sys.version_info.minor}-venv"]
    libraries = missing_libraries() if LINUX else {}
    fonts = [] if not LINUX or has_chinese_font() else [CHINESE_FONTS]
    packages = [*needed, *libraries.values(), *fonts]
    if not packages:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        install_with_apt(packages)
    elif needed or libraries:
        raise Trouble(how_to_install(packages, [*(["ensurepip"] if needed else []), *libraries]))
    else:
        print("No Chinese font was found: Chinese text will show as boxes. " + how_to_install(packages, []))


def how_to_install(packages: list[str], libraries: list[str]) -> str:
    """The command that mends it, or where there is no apt-get, what to look for."""
    if shutil.which("apt-get"):
        as_root = "sudo sh -c" if shutil.which("sudo") else "su -c"
        command = f"apt-get update && apt-get install {' '.join(packages)}"
        return f"Some system packages are missing. Please run: {as_root} '{command}'"
    return f"Please install, with this system's package manager: {', '.join(libraries or packages)}"


def missing_libraries() -> dict[str, str]:
    """The libraries that Qt would not find, each with its Debian package; found out by loading them."""
    wanted = QT_LIBRARIES | (WINDOW_LIBRARIES if has_display() else {})
    return {library: package for library, package in wanted.items() if not loads(library)}


def loads(library: str) -> bool:
    """Whether the system's loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether any of the usual fonts with Chinese letters is installed, told by file names."""
    known = re.compile(
        r"cjk|notosans(sc|hans)|sourcehan|wqy|wenquan|droidsansfallback|uming|ukai|simsun", re.IGNORECASE
    )
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
    return any(
        known.search(name) for each in folders for *_, names in os.walk(Path(each).expanduser()) for name in names
    )


def install_with_apt(packages: list[str]) -> None:
    """Install Debian packages."""
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], env=quiet, capture_output=True, check=False)
    install = [*apt, "install", "--no-install-recommends", *packages]
    done = subprocess.run(install, env=quiet, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise Trouble(f"System packages could not be installed. Is this computer online? apt-get said: {last[0]}")
    importlib.invalidate_caches()


# Translations. Their texts are found with `ast`: Babel's own extractor misses a call inside a call and `group=`.


def compile_catalogs() -> None:
    """Make the .mo file of every .po file that is newer."""
    from babel.messages import mofile

    for path in catalogs():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns <= path.stat().st_mtime_ns:
            with whole(compiled) as target:
                mofile.write_mo(target, read_catalog(path))


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name only when it is finished, so that nobody reads half of it."""
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as target:
        yield target
    part.replace(path)


def catalogs() -> list[Path]:
    """The .po file of each language."""
    return sorted(LOCALE.rglob("*.po"))


def calls_with_text(tree: ast.AST) -> Iterator[tuple[ast.Call, str, list[ast.expr]]]:
    """Each call that takes a text for people, the function's name, and the arguments that are texts."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        if name in KEYWORDS and (isinstance(node.func, ast.Name) or name not in ("field", "many")):
            groups = [each.value for each in node.keywords if each.arg == "group" and name in ("field", "many")]
            yield node, name, [*(node.args[place] for place in KEYWORDS[name] if place < len(node.args)), *groups]


def texts_in_code() -> "Catalog":
    """Every text of the program that wants a translation."""
    from babel.messages import Catalog

    found = Catalog()
    for path in sorted((ROOT / "crm_desktop").rglob("*.py")):
        for _, name, arguments in calls_with_text(ast.parse(path.read_text(encoding="utf-8"))):
            texts = [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name == "pgettext" and len(texts) > 1:
                found.add(texts[1], context=texts[0])
            elif name == "ngettext" and len(texts) > 1:
                found.add((texts[0], texts[1]))
            elif name not in ("pgettext", "ngettext"):
                for text in filter(None, texts):
                    found.add(text)
    return found


def read_catalog(path: Path) -> "Catalog":
    """The translations of one language."""
    from babel.messages import pofile

    with path.open("rb") as source:
        return pofile.read_po(source)


def update_catalogs() -> int:
    """Add new texts to every catalog and take out those no longer used; written so that the order never changes."""
    from babel.messages import Catalog, pofile

    found = texts_in_code()
    for path in catalogs() or [LOCALE / "zh_CN" / "LC_MESSAGES" / "crm.po"]:
        old = read_catalog(path) if path.exists() else Catalog(locale=path.parts[-3])
        merged = Catalog(locale=path.parts[-3], fuzzy=False)
        for each in found:
            if each.id:
                known = old.get(each.id, each.context)
                merged[each.id] = known if known and known.id == each.id else each
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path) as target:
            target.write(HEADER.format(language=path.parts[-3], plural=merged.plural_forms).encode())
            pofile.write_po(target, merged, width=0, no_location=True, omit_header=True, sort_output=True)
        print(f"{path.parts[-3]}: {len(merged)} texts")
    return tell_catalog_faults()


def tell_catalog_faults() -> int:
    """Print what the translations lack; the exit code is 1 when there is something."""
    faults = catalog_faults()
    print("\n".join(faults) or f"Translations are complete: {len(texts_in_code())} texts.")
    return 1 if faults else 0


def catalog_faults() -> list[str]:
    """What is wrong with the translations: texts missing, left over, empty, uncertain, or with other {places}."""
    found = {(each.context, each.id) for each in texts_in_code() if each.id}
    faults = []
    for path in catalogs():
        known = {(each.context, each.id): each for each in read_catalog(path) if each.id}
        wrong = dict.fromkeys(found - known.keys(), "not in the catalog")
        wrong |= dict.fromkeys(known.keys() - found, "no longer used")
        wrong |= {key: fault_of(each) for key, each in known.items() if key in found and fault_of(each)}
        faults += [
            f"{path.parts[-3]}: {fault}: {text if isinstance(text, str) else text[0]}"
            for (_, text), fault in wrong.items()
        ]
    return sorted(faults)


def fault_of(message: Any) -> str:
    """What is wrong with one translation, or nothing."""
    if message.fuzzy:
        return "marked as uncertain"
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(forms):
        return "not translated"
    source = message.id if isinstance(message.id, str) else message.id[-1]
    return "" if places(source) == places(forms[-1]) else "has other {places} than the English"


def places(text: str) -> set[str]:
    """The names of the {places} in a text that values are filled into."""
    return set(re.findall(r"{(\w*)", text))


if __name__ == "__main__":
    sys.exit(main())
