"""The one writer of CSV files: UTF-8 with a mark, and no cell that a spreadsheet would execute."""

import csv
import io
from datetime import date

from analysis.tables import Cell, Share, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def written(table: Table) -> bytes:
    """The table with its header; shares between 0 and 1, decimal points, ISO dates."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow([_disarmed(column) for column in table.columns])
    writer.writerows([[_cell(cell) for cell in row] for row in table.rows])
    return output.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return round(cell.value, 6)
    if isinstance(cell, date):
        return cell.isoformat()
    return _disarmed(cell) if isinstance(cell, str) else cell


def _disarmed(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would take it for a formula."""
    is_formula = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text
