"""The values of a column whose field knows only some, such as a pick list: what is said once about the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_desktop.i18n import _
from crm_desktop.model import Tag, picks
from crm_desktop.model.kinds import Choice, Choices, Kind, LinkTo, YesNo, as_text, split_words
from crm_desktop.model.tag import TagsKind
from crm_desktop.services.importing.likely_value import likely_value
from crm_desktop.services.importing.parts import LEAVES
from crm_desktop.services.importing.targets import by_code
from crm_desktop.store import queries
from crm_desktop.store.workspace import Workspace
from crm_desktop.text.findings import Finding, Reading, Severity, info
from crm_desktop.text.folding import clean, fold

LEFT_OUT: Final = object()
"""Stands for a value that is not imported because the user said so."""
NOTHING = ""
"""The meaning of a value that is to be left out."""
YES, NO = "yes", "no"
MOST_TOLD = 200
"""So many different values of a column are told; those that nobody said anything of come first."""
Meanings = Mapping[str, str]
Offer = tuple[str, str]
"""A value that a field knows, as choices name it and in words."""
Read = Callable[[Any], Reading[Any]]


@dataclass(slots=True)
class UnknownValue:
    """A value that a field does not know: in how many rows it stands, what was said about it, what it may be."""

    text: str
    count: int = 0
    meaning: str | None = None
    """What it means, empty when it is left out, the value itself when it is kept; None when nothing was said."""
    guess: str = ""


def offers(workspace: Workspace, code: str) -> list[Offer]:
    """What the values of a column may mean that goes to a target."""
    field = by_code()[code].field
    assert field is not None
    with workspace.read() as session:
        return [(each, shown(code, each)) for each in known_values(session, field.kind)]


def words_for_keeping(code: str) -> str:
    """What becomes of a value that is kept although the field does not know it."""
    field = by_code()[code].field
    if field and isinstance(field.kind, TagsKind):
        return _("Keep as a new tag")
    if field and isinstance(field.kind, Choice | Choices):
        return _("Keep as it is, and mark it")
    is_author = any(code == f"{leaf.entity}.{leaf.author}" for leaf in LEAVES)
    return _("Keep as the author") if is_author else _("Keep in the notes")


def shown(code: str, meaning: str) -> str:
    """A meaning in words."""
    target = by_code().get(code)
    kind = target.field.kind if target and target.field else None
    if isinstance(kind, Choice | Choices):
        return picks.label(kind.list_code, meaning)
    return YesNo().show(meaning == YES) if isinstance(kind, YesNo) else meaning


def known_values(session: Session, kind: Kind) -> list[str]:
    """The values that a kind knows, as choices name them: codes, names of tags and of people here, yes and no."""
    if isinstance(kind, Choice | Choices):
        return [each.code for each in picks.of(kind.list_code) if each.is_active]
    if isinstance(kind, TagsKind):
        return list(session.scalars(select(Tag.name).where(Tag.deleted_at.is_(None)).order_by(Tag.name_key)))
    return [YES, NO] if isinstance(kind, YesNo) else list(queries.users(session).values())


class Vocabulary:
    """Reads the cells of one column by what was said of its values, and counts those that are unknown."""

    def __init__(self, kind: Kind, read: Read, names: Iterable[str], meanings: Meanings) -> None:
        self._kind = kind
        self._read = read
        self._names = list(names)
        self._folded = {folded(each) for each in self._names}
        self._meanings = {folded(word): clean(meaning) for word, meaning in meanings.items()}
        """What was said, by folded value."""
        self._unknown: dict[str, UnknownValue] = {}
        self._found: dict[str, Sequence[UnknownValue]] = {}
        self._knows: dict[str, bool] = {}

    def read(self, cell: Any) -> Reading[Any]:
        """What a cell means; each value that was said to mean another one is told."""
        words = self._words(cell)
        if not any(folded(each) in self._meanings for each in words):
            return self._read(cell)
        meant: list[str] = []
        findings: list[Finding] = []
        for word in words:
            meaning = self._meaning(word)
            if meaning is not None:
                findings.append(info(self._sentence(word, meaning)))
            if meaning != NOTHING:
                meant.append(meaning or word)
                findings += () if meaning == word else self._read(meaning or word).findings
        return Reading(self._read("\n".join(meant)).value if meant else LEFT_OUT, tuple(findings))

    def count(self, cell: Any, times: int) -> None:
        """Count the values of a cell, which comes so many times, that the field does not know by itself."""
        text = as_text(cell)
        found = self._found.get(text)
        if found is None:
            words = {folded(each): each for each in self._words(cell) if not self._is_known(each)}
            found = self._found[text] = [self._noted(*each) for each in words.items()]
        for each in found:
            each.count += times

    def told(self) -> tuple[int, list[UnknownValue]]:
        """How many unknown values nobody said anything of, and these before all others, each with a guess."""
        undecided = sum(each.meaning is None for each in self._unknown.values())
        listed = sorted(self._unknown.values(), key=lambda each: (each.meaning is not None, -each.count))[:MOST_TOLD]
        for each in listed:
            each.guess = likely_value(self._kind, each.text, self._names)
        return undecided, listed

    def _words(self, cell: Any) -> list[str]:
        text = as_text(cell)
        if isinstance(self._kind, Choices | TagsKind):
            return split_words(text)
        return [word] if (word := clean(text)) else []

    def _meaning(self, word: str) -> str | None:
        """What was said of a value: the value itself when it is kept, in whatever spelling that was said."""
        meaning = self._meanings.get(folded(word))
        return word if meaning and folded(meaning) == folded(word) else meaning

    def _noted(self, key: str, word: str) -> UnknownValue:
        return self._unknown.setdefault(key, UnknownValue(word, meaning=self._meaning(word)))

    def _is_known(self, word: str) -> bool:
        key = folded(word)
        if key not in self._knows:
            if isinstance(self._kind, TagsKind | LinkTo):
                self._knows[key] = key in self._folded
            else:
                worst = self._read(word).worst
                self._knows[key] = worst is None or worst == Severity.INFO
        return self._knows[key]

    def _sentence(self, word: str, meaning: str) -> str:
        if meaning == NOTHING:
            return _("“{text}” is left out, as you chose.").format(text=word)
        if meaning == word:
            return _("“{text}” is kept as it is, as you chose.").format(text=word)
        found = self._read(meaning).value
        words = meaning if isinstance(self._kind, LinkTo) else self._kind.show(found) or meaning
        return _("“{text}” → “{meaning}”, as you chose.").format(text=word, meaning=words)


def folded(word: str) -> str:
    """A value as it is compared; signs such as ★★ have nothing to fold and stay as they are."""
    return fold(word) or clean(word)
