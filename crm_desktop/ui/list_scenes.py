"""The lists in states worth looking at, for `shots`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_desktop.model.filters import ALL, ANY, Group, Test
from crm_desktop.ui.lists.page import ListPage

if TYPE_CHECKING:
    from crm_desktop.ui.studio import Studio

COLUMNS = ("full_name", "title", "account", "mobile", "last_activity_at", "next_step", "tags", "email")
TICKED = (0, 2, 4, 6, 7, 8)
QUIET = Group(
    ALL,
    (
        Test("title", "contains", ("经理",)),
        Group(ANY, (Test("activity.last", "older", ("30",)), Test("account.industry", "any_of", ("manufacturing",)))),
    ),
)
"""Managers whom nobody has called for a month, or who work in manufacturing."""


def page_of_lists(studio: Studio) -> ListPage:
    """The page of contacts with the columns of the design."""
    studio.window.show_page("contacts")
    page = studio.window.page("contacts")
    assert isinstance(page, ListPage)
    page.table().show_columns(list(COLUMNS))
    _settle(studio, page)
    return page


def _settle(studio: Studio, page: ListPage) -> None:
    studio.wait_for(lambda: not page.table().records.is_reading())


def _filter(studio: Studio) -> None:
    page = page_of_lists(studio)
    page.pane().set_filter(QUIET)
    page.pane().open_builder()
    _settle(studio, page)


def _bulk(studio: Studio) -> None:
    page = page_of_lists(studio)
    table = page.table()
    table.setFocus()
    for row in TICKED[: len(table.records.keys)]:
        table.tick(row)


def _leave(studio: Studio) -> None:
    """Show everything again, with nothing chosen."""
    page = page_of_lists(studio)
    page.pane().close_builder()
    page.pane().show_all()
    page.table().clearSelection()
    _settle(studio, page)


SCENES: dict[str, Callable[[Studio], object]] = {"list": page_of_lists, "list-filter": _filter, "list-bulk": _bulk}
LEAVE: dict[str, Callable[[Studio], object]] = dict.fromkeys(SCENES, _leave)
