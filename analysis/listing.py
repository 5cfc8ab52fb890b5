"""Tables of structures as templates want them: their first rows, then page by page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from analysis import links
from analysis.addresses import address
from analysis.report import Block, Detail, Report
from analysis.structures import Column
from analysis.tables import Cell, formatted

ROWS_SHOWN = 200
"""At once; the others are on the table's own page, and brought by a script that searches them."""
ALL_ROWS = "toutes"


@dataclass(frozen=True)
class Heading:
    """A column's. `order`: how the rows come sorted by it; `scale`: its words in order, as JSON."""

    title: str
    order: str
    scale: str
    holds_numbers: bool


@dataclass(frozen=True)
class Listing:
    """A table of structures, or some of its rows; `whole`: where all are, "" where these are."""

    address: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[str]]
    total: int
    whole: str


def first(report: Report, block: Block, place: int) -> Listing:
    """The rows of a table that the report itself holds."""
    return listing(report, block, place, block.details[place - 1].table.rows[:ROWS_SHOWN])


def pages(detail: Detail, asked: str) -> Page:
    """The rows of a table, some at a time or all on one page."""
    rows = detail.table.rows
    return Paginator(rows, max(1, len(rows)) if asked == ALL_ROWS else ROWS_SHOWN).get_page(asked)


def listing(report: Report, block: Block, place: int, rows: Sequence[tuple[Cell, ...]]) -> Listing:
    """These rows of a table of structures."""
    detail = block.details[place - 1]
    own = address(report, "analysis:structures", block.code, place)
    total = len(detail.table.rows)
    return Listing(
        address=own,
        headings=[_heading(column) for column in detail.structures],
        rows=[_words(row, detail.structures) for row in rows],
        total=total,
        whole=f"{own}?page={ALL_ROWS}" if len(rows) < total else "",
    )


def _heading(column: Column) -> Heading:
    scale = json.dumps(column.scale, ensure_ascii=False) if column.scale else ""
    return Heading(column.title, column.order, scale, column.holds_numbers)


def _words(row: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """A row as it is read; nothing of what is not known."""
    return [
        _linked(cell) if column.holds_addresses else "" if cell is None else formatted(cell)
        for cell, column in zip(row, columns, strict=True)
    ]


def _linked(cell: Cell) -> str:
    return links.inline(str(cell)) if cell else ""
