"""The one writer of CSV files: UTF-8 with a mark, and no cell that a spreadsheet would execute."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | date | datetime | None

MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 500


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A file: its header and rows; decimal points, ISO dates, nothing for None."""
    return b"".join(streamed(columns, rows))


def streamed(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same file, some hundreds of rows at a time."""
    yield (MARK + _lines([columns])).encode()
    remaining = iter(rows)
    while some := tuple(islice(remaining, ROWS_AT_ONCE)):
        yield _lines(some).encode()


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    output = io.StringIO()
    csv.writer(output).writerows([_cell(cell) for cell in row] for row in rows)
    return output.getvalue()


def _cell(cell: Cell) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return disarmed(cell) if isinstance(cell, str) else cell


def disarmed(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would take it for a formula.

    One that has such an apostrophe of its own gets another, so that `rearmed` gives each back.
    """
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def rearmed(cell: str) -> str:
    """The text that `disarmed` made this cell of."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
