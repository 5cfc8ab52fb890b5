"""Tables whose columns are declared, for files that programs read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.tables import Cell, Share, Table
from survey import csvfiles

DECIMALS = 6


@dataclass(frozen=True)
class Field:
    """A column. `type` and `constraints` are Table Schema's: https://specs.frictionlessdata.io."""

    name: str
    type: str
    title: str
    description: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, Any]:
        more = {"description": self.description, "constraints": dict(self.constraints)}
        known = {"name": csvfiles.disarmed(self.name), "type": self.type, "title": self.title}
        return known | {key: value for key, value in more.items() if value}


@dataclass(frozen=True)
class Sheet:
    """`keys`: columns that name a row of another sheet, with that sheet's name and its column."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: str = ""
    keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def csv(self) -> bytes:
        names = [each.name for each in self.fields]
        return csvfiles.written(names, ([plain(cell) for cell in row] for row in self.rows))

    @property
    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"fields": [each.schema for each in self.fields]}
        if self.key:
            schema["primaryKey"] = [self.key]
        references = [
            {"fields": [name], "reference": {"resource": sheet, "fields": [column]}}
            for name, (sheet, column) in self.keys.items()
        ]
        if references:
            schema["foreignKeys"] = references
        return schema | {"missingValues": [""]}


def lines(fields: Sequence[Field], rows: Iterable[Mapping[str, Cell]]) -> tuple[Any, ...]:
    """Rows given by column, as tuples; columns left out are empty."""
    return tuple(tuple(row.get(each.name) for each in fields) for row in rows)


def of_table(name: str, title: str, table: Table) -> Sheet:
    """A table of the page, its columns' types read from its cells."""
    fields = tuple(
        Field(column, _type([row[place] for row in table.rows]), column)
        for place, column in enumerate(table.columns)
    )
    return Sheet(name, title, "", fields, table.rows)


def _type(cells: Sequence[Cell]) -> str:
    given = [cell for cell in cells if cell is not None]
    if given and all(isinstance(cell, int) for cell in given):
        return "integer"
    if given and all(isinstance(cell, int | float | Share) for cell in given):
        return "number"
    return "string"


def plain(cell: Cell) -> csvfiles.Cell:
    """A share as a number between 0 and 1, numbers without the noise of binary fractions."""
    value = cell.value if isinstance(cell, Share) else cell
    return round(value, DECIMALS) if isinstance(value, float) else value
