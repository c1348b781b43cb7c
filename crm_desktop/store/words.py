"""What records can be found by, as the index and the exact rule of the search take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from crm_desktop.store.sources import texts_of
from crm_desktop.text.ranks import rank_tokens
from crm_desktop.text.tokens import mail_tokens, matches, name_tokens, phone_tokens, text_tokens


@dataclass(slots=True)
class Words:
    """What a record can be found by."""

    people: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)

    def tokens(self) -> str:
        """All tokens of the record, ready for FTS5."""
        found: list[str] = []
        for name in self.people:
            found += name_tokens(name, surname=True) + rank_tokens(name, surname=True)
        for name in self.companies:
            found += name_tokens(name, surname=False) + rank_tokens(name, surname=False)
        for text in self.texts:
            found += text_tokens(text)
        for mail in self.mails:
            found += mail_tokens(mail)
        for number in self.digits:
            found += phone_tokens(number)
        return " ".join(set(found))

    def match(self, query: str) -> bool:
        """Whether the record really holds what was asked for."""
        return matches(query, self.texts, self.people, self.digits, self.companies, self.mails)


def words_of(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, Words]:
    """What the living ones among these records can be found by."""
    living, texts = texts_of(connection, entity, ids)
    found = {key: Words() for key in living}
    for key, _field, way, text, _number in texts:
        getattr(found[key], way).append(text)
    return found
