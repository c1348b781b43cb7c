"""Our own JSON: everything in one file that other programs can read, and that comes back through the import.

The form: an object with `crm_desktop` (the number of the form), `meta`, `columns`, and for each part a list of records,
one on a line. A record holds `record` (our identity), `id`, ids of other records, and values by the code of their
field; a contact has `affiliations`, a list of the same kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.errors import FileProblem
from crm_desktop.exchange.writing import EVERY, Written, whole_file
from crm_desktop.i18n import N_, _
from crm_desktop.jobs import Job, Progress
from crm_desktop.text.bundle import FORM, NAME, PARTS, PLACES, Bundle
from crm_desktop.text.sheet import Cell, Row, Sheet

LARGEST_FILE = 300 * 2**20
TITLES = {"accounts": N_("Accounts"), "contacts": N_("Contacts"), "activities": N_("Activities")}
RECORD, RECORD_LABEL = "record", N_("Record id")
REFERENCES = {"parent_id": "parent", "reports_to_id": "reports_to", "person_account_id": "person_of"}
"""What the column of our identities calls the other records that a record refers to, by member."""
PEOPLE, WITH = "contact_ids", "with"
SAME_PERSON = ("contact.full_name", "contact.mobile", "contact.email", "contact.wechat")
"""What a row for a further company repeats, so that it is known whom it is about."""
_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def write(path: Path, bundle: Bundle) -> Job[Written]:
    """Write records line by line, so that any number of them fits in memory."""
    done = 0
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"{NAME}":{FORM},\n"meta":{_dumps(bundle.meta)},\n')
        columns = {
            name: {code: asdict(each) for code, each in fields.items()} for name, fields in bundle.columns.items()
        }
        file.write(f'"columns":{_dumps(columns)}')
        for name, records in bundle.parts.items():
            file.write(f",\n{_dumps(name)}:[")
            for place, record in enumerate(records):
                file.write(f"{',' if place else ''}\n{_safe(_dumps(record))}")
                done += 1
                if done % EVERY == 0:
                    yield Progress(done, bundle.total)
            file.write("\n]")
        file.write("\n}\n")
    return Written(path, done)


def _safe(text: str) -> str:
    """A line without halves of characters, which UTF-8 cannot hold; JSON can spell them out."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def sheet_names(path: Path) -> list[str]:
    """The lists in a file that hold something; raises FileProblem for a file that is none of ours."""
    found = _opened(path)
    return [_(TITLES[name]) for name in PARTS if found.get(name)]


def read(path: Path, sheet: str = "", _encoding: str = "") -> Sheet:
    """One of the lists as a sheet, the first that holds any when none is named; raises FileProblem."""
    found = _opened(path)
    there = [name for name in PARTS if found.get(name)]
    chosen = [name for name in there if sheet in ("", name, TITLES[name], _(TITLES[name]))]
    if not there:
        raise FileProblem(_("“{name}” is empty. Choose a file with a list in it.").format(name=path.name))
    if not chosen:
        message = _("“{name}” has no sheet “{sheet}”. It has: {sheets}.")
        titles = ", ".join(_(TITLES[name]) for name in there)
        raise FileProblem(message.format(name=path.name, sheet=sheet, sheets=titles))
    return _as_sheet(path, chosen[0], found)


def _as_sheet(path: Path, name: str, found: Mapping[str, Any]) -> Sheet:
    records, columns = found[name], found["columns"].get(name)
    if not isinstance(columns, dict) or not isinstance(records, list):
        raise FileProblem(_not_ours(path))
    used = {code for record in records if isinstance(record, dict) for line in _lines(record) for code in line}
    chosen = [code for code in columns if code in used]
    described = [columns[code] if isinstance(columns[code], dict) else {} for code in chosen]
    labels = [str(each.get("label") or code) for each, code in zip(described, chosen, strict=True)]
    marks = [str(each.get("between") or "; ") for each in described]
    rows: list[Row] = [(*labels, _(RECORD_LABEL))]
    numbers = [1]
    for number, record in enumerate(records, start=2):
        if not isinstance(record, dict):
            message = _("“{name}”, {sheet}, record {number}: this is no record.")
            raise FileProblem(message.format(name=path.name, sheet=_(TITLES[name]), number=number - 1))
        for line in _lines(record):
            cells = (_cell(line.get(code), mark) for code, mark in zip(chosen, marks, strict=True))
            rows.append((*cells, _record(line)))
            numbers.append(number)
    return Sheet(_(TITLES[name]), rows, numbers)


def _lines(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A record as rows of a sheet: one for each company of a contact, of which the first says everything."""
    places = record.get(PLACES)
    places = [each for each in places if isinstance(each, dict)] if isinstance(places, list) else []
    yield {**record, **places[0]} if places else record
    same = {code: record[code] for code in SAME_PERSON if code in record}
    for place in places[1:]:
        yield {**same, **place}


def _record(line: Mapping[str, Any]) -> Cell:
    """Our identities of a row and of what it refers to, as one cell."""
    found = [str(line[RECORD])] if line.get(RECORD) else []
    if found:
        found += [f"{name}:{line[member]}" for member, name in REFERENCES.items() if line.get(member)]
        people = line.get(PEOPLE)
        if isinstance(people, list) and people:
            found.append(f"{WITH}:{'+'.join(map(str, people))}")
    return "/".join(found) or None


def _cell(value: Any, between: str) -> Cell:
    if isinstance(value, list):
        return between.join(str(each) for each in value) or None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return _dumps(value)


def _opened(path: Path) -> Mapping[str, Any]:
    """What the file holds, known to be of our form."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileProblem(_("“{name}” is too large. Split it into smaller files.").format(name=path.name))
        found = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise FileProblem(_("There is no file “{name}”. Check where it is.").format(name=path.name)) from error
    except OSError as error:
        message = _("“{name}” cannot be opened. Close it in other programs, or check that you may read it.")
        raise FileProblem(message.format(name=path.name)) from error
    except json.JSONDecodeError as error:
        message = _("“{name}” is damaged at line {line}, character {column}. Export it again.")
        raise FileProblem(message.format(name=path.name, line=error.lineno, column=error.colno)) from error
    except (ValueError, RecursionError) as error:
        raise FileProblem(_not_ours(path)) from error
    if not isinstance(found, dict) or not isinstance(found.get("columns"), dict) or NAME not in found:
        raise FileProblem(_not_ours(path))
    if found[NAME] != FORM:
        message = _("“{name}” was written by a newer version of this program. Update the program and try again.")
        raise FileProblem(message.format(name=path.name))
    return found


def _not_ours(path: Path) -> str:
    return _("“{name}” was not written by this program. Choose a file that “Export” made.").format(name=path.name)
