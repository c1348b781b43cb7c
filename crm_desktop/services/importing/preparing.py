"""Working out what an import is going to do, without writing anything."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_desktop.errors import FileProblem, Invalid
from crm_desktop.i18n import _, ngettext
from crm_desktop.jobs import Job, Progress, all_stays
from crm_desktop.model import ENTITIES, ChangeSet
from crm_desktop.model.tag import TagsKind
from crm_desktop.services.importing import currencies, trace
from crm_desktop.services.importing import known as loading
from crm_desktop.services.importing import options as choices
from crm_desktop.services.importing.arrangement import arranged
from crm_desktop.services.importing.asked import Asked
from crm_desktop.services.importing.book import book_of
from crm_desktop.services.importing.constants import Constants
from crm_desktop.services.importing.current import Current
from crm_desktop.services.importing.data_rows import DataRows, NumberedRows
from crm_desktop.services.importing.date_order import DateOrder, order_in
from crm_desktop.services.importing.doubts import side_by_side
from crm_desktop.services.importing.findings import Missing
from crm_desktop.services.importing.known import Known, Names, Reach
from crm_desktop.services.importing.line import Line
from crm_desktop.services.importing.matching import Match, Matcher
from crm_desktop.services.importing.merging import PRIMARY, Merger
from crm_desktop.services.importing.options import Options
from crm_desktop.services.importing.own_columns import OwnColumns, read_columns
from crm_desktop.services.importing.parts import CHANNELS, LEAVES, PARTS
from crm_desktop.services.importing.plan import Counts, LeftOut, Outcome, Plan, PlanRow
from crm_desktop.services.importing.readers import Readers
from crm_desktop.services.importing.reading import Reader
from crm_desktop.services.importing.recall import Recall
from crm_desktop.services.importing.returning import Returning
from crm_desktop.services.importing.sheet_layout import Layout, layout
from crm_desktop.services.importing.source import Source
from crm_desktop.services.importing.targets import CURRENCY, PARTIES, by_code, mapping_problems
from crm_desktop.services.importing.vocabulary import known_values
from crm_desktop.store import queries
from crm_desktop.store.cache import little_cache
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.sheet import Row, Sheet, column_letters

EVERY = 500
STAGES = 3
"""Reading, matching and merging each go through all rows."""
TAGS = {"account.tags", "contact.tags"}


def prepare(workspace: Workspace, sheet: Sheet, options: Options, source: Source | None = None) -> Job[Plan]:
    """What an import would do. Raises FileProblem for a sheet without header or rows, Invalid for a bad mapping."""
    options.check()
    found, options, rows = _mapped(workspace, sheet, options)
    with all_stays(), workspace.read() as session, little_cache(session.connection()):
        return (yield from _Preparing(session, sheet, found, options, source).plan_of(rows))


def newest(session: Session) -> int:
    """The newest change set: as long as it stays the newest, nothing was written."""
    return session.scalar(select(func.max(ChangeSet.id))) or 0


def _mapped(workspace: Workspace, sheet: Sheet, options: Options) -> tuple[Layout, Options, DataRows]:
    found = layout(workspace, sheet, options.header_row)
    if not options.columns:
        if not found.header_row:
            message = _("No row of “{name}” looks like a header. Add one with words such as Company, Name and Mobile.")
            raise FileProblem(message.format(name=sheet.name))
        options = replace(options, columns=found.targets, values={**found.values, **options.values})
    problems = mapping_problems(options.columns, found.headers)
    if len(options.columns) > len(found.columns):
        problems.append(_("The mapping names more columns than “{name}” has.").format(name=sheet.name))
    if problems:
        raise Invalid({"columns": "\n".join(problems)})
    rows = found.data(sheet)
    if not (rows or rows.totals):
        message = _("“{name}” has a header but no rows below it. Choose another sheet or another file.")
        raise FileProblem(message.format(name=sheet.name))
    return found, replace(options, header_row=found.header_row), rows


def _is_apart(code: str | None) -> bool:
    """Whether a column is not read by itself."""
    return code is not None and (code == PARTIES or code.endswith(CURRENCY))


class _Preparing:
    """One sheet on its way to a plan."""

    def __init__(self, session: Session, sheet: Sheet, found: Layout, options: Options, source: Source | None) -> None:
        self._session = session
        self._sheet = sheet
        self._layout = found
        self._options = options
        self._source = source
        self._names = Names()
        self._columns: Sequence[str | None] = ()

    def plan_of(self, rows: DataRows) -> Job[Plan]:
        """The plan for the rows below the header."""
        session, options = self._session, self._options
        left = [LeftOut(number, _("This row adds up others.")) for number in rows.totals]
        self._columns, made = read_columns(options.columns, rows)
        book = book_of(queries.users(session), {each.code: each.field for each in made})
        returning = Returning(options, self._layout.headers)
        returning.book = book
        plan = Plan(self._sheet, self._layout, options, newest(session), book, self._source, left=tuple(left))
        plan.new_fields, plan.dates = made, self._dates(self._columns, rows)
        readers = self._readers(plan)
        constants = Constants(options, readers.reader)
        plan.notes = (*self._notes(plan.dates), *constants.notes)
        lines: list[Line] = []
        asked = Asked()
        yield from self._read(lines, returning.changed_only(session, rows), readers, returning, asked)
        readers.reader.settle_checks()
        del readers
        known = loading.load(session, asked, self._names, [each for each in options.match if each in CHANNELS])
        returning.known = known
        plan.book = book = replace(book, accounts=known.accounts)
        current = Current(session, options, book, asked, constants.values)
        del asked
        current.load_people(known)
        matches: list[Match] = []
        yield from self._match(lines, matches, returning, current)
        current.load_others(known, matches)
        merger = Merger(known, options, book, self._names, current.values, returning)
        merger.constants, merger.spoken = constants.values, constants.spoken(lines, matches)
        merger.gather(lines, matches)
        self._load_links(merger, matches)
        known.by_key = Reach()  # only comparing needs them, and they take much room
        plan.doubts = side_by_side(session, [each.doubt for each in matches if each.doubt], lines, book)
        yield from self._merge(plan, lines, matches, merger)
        plan.conflicts = returning.conflicts
        return plan

    # Reading

    def _readers(self, plan: Plan) -> Readers:
        """What reads the rows of the sheet."""
        headers, used = self._layout.headers, plan.dates.used
        arrangement = arranged([None if _is_apart(each) else each for each in self._columns], headers)
        orders = dict.fromkeys(range(len(arrangement.columns)), used) if used else {}
        tags = known_values(self._session, TagsKind()) if TAGS.intersection(self._columns) else ()
        reader = Reader(arrangement.columns, arrangement.headers, plan.book.users, orders, self._options, tags)
        reader.shared = arrangement.shared
        own = OwnColumns(plan.new_fields, headers)
        reader.form.places |= own.places
        for entity, name in [*own.places, *((leaf.entity, name) for leaf in LEAVES for name in leaf.blank)]:
            reader.form.room_for(entity, name)
        plan.checks = reader.checks | own.checks
        parties = [place for place, each in enumerate(self._columns) if each == PARTIES]
        return Readers(arrangement, reader, own, parties, currencies.pairs(self._columns))

    def _dates(self, columns: Sequence[str | None], rows: DataRows) -> DateOrder:
        kinds = []
        for place, code in enumerate(columns):
            target = by_code().get(code or "")
            if target and target.field:
                kinds.append((place, target.field.kind))
        return order_in(kinds, rows, self._options.date_order)

    def _notes(self, dates: DateOrder) -> Iterator[str]:
        yield from self._sheet.notes
        yield from self._layout.notes
        if self._source and self._source.sha256:
            yield from trace.told_before(self._session, self._source.sha256)
        if dates.sentence:
            yield dates.sentence

    def _read(
        self, lines: list[Line], rows: NumberedRows, readers: Readers, returning: Returning, asked: Asked
    ) -> Iterator[Progress]:
        """What the rows say, noted in `lines`, and what they refer to, in `asked`."""
        remarks, total = _remarks(self._sheet, self._layout), STAGES * len(rows)
        headers = {each.header for each in self._layout.columns}
        for start, numbers, page in _pages(rows):
            yield Progress(start, total, _("Reading"))
            found = readers.page(numbers, page)
            readers.reader.count(found.tallies)
            for line in found.starts if remarks or returning.rows else ():
                if line.number in remarks:
                    line.warn(*remarks[line.number])
                returning.settle(line)
            for line, row in zip(found.starts, page, strict=True):
                if row[0] in headers and _repeats(row, self._layout):
                    line.refuse(_("This row repeats the header."))
            asked.join(found.asked)
            asked.add_references(found.lines)
            lines += found.lines
        for entity, names in readers.reader.form.shape.items():
            asked.fields[entity].update(names)

    # Comparing

    def _match(
        self, lines: list[Line], matches: list[Match], returning: Returning, current: Current
    ) -> Iterator[Progress]:
        """What each row is about, with the rows in the order in which they were compared."""
        known, options, book = returning.known, self._options, current.book
        matcher = Matcher(known, options, self._names, book, Recall(known, options, book, current.values))
        waiting, total = list(lines), len(lines)
        lines.clear()
        for line in matcher.in_order(waiting):
            if line.number in returning.gone:
                line.warn(_("This record was deleted here since the export, so the row is left out."))
                matches.append(Match(left_out=True))
            else:
                matches.append(Match() if line.problems else matcher.match(line))
                line.rest()
            lines.append(line)
            if len(lines) % EVERY == 0:
                yield Progress(total + len(lines), STAGES * total, _("Comparing"))
        self._match_again(lines, matches, matcher, returning)

    def _match_again(self, lines: Sequence[Line], matches: list[Match], matcher: Matcher, returning: Returning) -> None:
        """Have rows about nobody who is known find whom later rows made known, until no more do."""
        is_going_on = self._options.mode == choices.UPDATE
        while is_going_on:
            is_going_on = False
            for at, line in enumerate(lines):
                if matches[at].left_out and line.number not in returning.gone:
                    matches[at] = matcher.match(line)
                    line.rest()
                    is_going_on = is_going_on or not matches[at].left_out

    def _load_links(self, merger: Merger, matches: Sequence[Match]) -> None:
        """What the data file knows of the links that the sheet tells: parents, primary contacts."""
        session, known = self._session, merger.known
        if "account.parent" in self._columns:
            merger.parents.there = loading.parents(session)
            above = set(merger.parents.there.values()) - set(known.accounts)
            merger.parents.names = queries.names(session, ENTITIES["account"], above)
        if PRIMARY in self._columns or PRIMARY in self._options.constants:
            accounts = {each.account for each in matches if each.account is not None}
            merger.primaries.load(session, known.role_values.keys("affiliation"), accounts)

    # Putting together

    def _merge(self, plan: Plan, lines: list[Line], matches: list[Match], merger: Merger) -> Iterator[Progress]:
        """What becomes of each row; each is let go as soon as its records hold what it says."""
        only_new = self._options.mode == choices.CREATE
        rows: dict[int, PlanRow] = {}
        missing = Missing(merger.book)
        total = len(lines)
        waiting = deque(zip(lines, matches, strict=True))
        lines.clear()
        matches.clear()
        while waiting:
            line, match = waiting.popleft()
            row = _planned(merger, line, match, only_new=only_new)
            if line.number in rows:
                _join(rows[line.number], row)
            else:
                rows[line.number] = row
            if len(waiting) % EVERY == 0:
                missing.note(merger.drafts.rest())
                yield Progress(STAGES * total - len(waiting), STAGES * total, _("Putting together"))
        plan.rows = [rows[number] for number in sorted(rows)]
        self._close(plan, merger, missing)

    def _close(self, plan: Plan, merger: Merger, missing: Missing) -> None:
        """Keep the drafts that are written, and count."""
        if nowhere := merger.settle_superiors():
            plan.notes = (*plan.notes, _superiors_missing(nowhere))
        plan.foreign = merger.known.foreign
        plan.wanted = plan.foreign.wanted()
        plan.drafts = merger.drafts
        missing.note(plan.drafts.rest())
        for row in plan.rows:
            row.missing = missing.of(row.makes)
        plan.counts = _counted(plan)
        if not (plan.counts.create or plan.counts.update):
            plan.new_fields = ()


def _pages(rows: NumberedRows) -> Iterator[tuple[int, tuple[int, ...], tuple[Row, ...]]]:
    """Rows in pages: how many went before, their numbers, and the rows."""
    waiting, start = iter(rows), 0
    while page := list(islice(waiting, EVERY)):
        numbers, cells = zip(*page, strict=True)
        yield start, numbers, cells
        start += len(page)


def _remarks(sheet: Sheet, found: Layout) -> Mapping[int, list[str]]:
    """What the reader of the file has to say about cells, by the number of their row."""
    told: dict[int, list[str]] = {}
    for (number, place), text in sheet.remarks.items():
        header = found.headers[place] if place < len(found.headers) else column_letters(place)
        told.setdefault(number, []).append(_("“{column}”: {sentence}").format(column=header, sentence=text))
    return told


def _repeats(row: Row, found: Layout) -> bool:
    words = [str(cell) for cell in row if cell is not None]
    return len(words) > 1 and words == [each.header for each in found.columns if each.header in words]


def _planned(merger: Merger, line: Line, match: Match, *, only_new: bool) -> PlanRow:
    title = line.title or _title(merger.known, match)
    row = PlanRow(line.number, Outcome.LEFT_OUT, title, merger.book, merger.drafts)
    if line.problems:
        row.outcome, row.problems = Outcome.PROBLEM, _once(line.problems)
    elif not match.left_out:
        row.makes, row.other_steps = merger.merge(line, match)
        if match.new_account or match.new_contact:
            row.outcome = Outcome.CREATE
        elif row.makes or row.other_steps:
            row.outcome = Outcome.UPDATE
        elif not only_new:
            row.outcome = Outcome.SAME
        row.account, row.contact, row.same_as = match.account, match.contact, match.same_as
        if row.contact is None and match.others:
            row.contact = match.others[0]
    if line.warnings:
        row.warnings = _once(line.warnings)
    return row


def _join(row: PlanRow, other: PlanRow) -> None:
    """Put together what a row says of several people."""
    row.makes, row.other_steps = (*row.makes, *other.makes), (*row.other_steps, *other.other_steps)
    row.warnings = _once([*row.warnings, *other.warnings])
    for each in (Outcome.CREATE, Outcome.UPDATE, Outcome.SAME):
        if each in (row.outcome, other.outcome):
            row.outcome = each
            break


def _title(known: Known, match: Match) -> str:
    names = known.contacts.get(match.contact or 0), known.accounts.get(match.account or 0)
    return " · ".join(each for each in names if each)


def _superiors_missing(count: int) -> str:
    return ngettext(
        "{count} person reports to somebody who is not in the file; that was left out.",
        "{count} people report to somebody who is not in the file; that was left out.",
        count,
    )


def _once(sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def _counted(plan: Plan) -> Counts:
    counts = Counts()
    for row in plan.rows:
        name = row.outcome.value
        setattr(counts, name, getattr(counts, name) + 1)
    for part in PARTS:
        setattr(counts, part.counted_as, len(plan.drafts.numbers(part.entity)))
    return counts
