"""Tables of the report as CSV files, by the writer that all files share."""

from analysis.sheets import plain
from analysis.tables import Table
from survey import csvfiles


def written(table: Table) -> bytes:
    """The table with its header; shares between 0 and 1."""
    return csvfiles.written(table.columns, ([plain(cell) for cell in row] for row in table.rows))
