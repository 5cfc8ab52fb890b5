"""What has no place in the questionnaire, and what an editor should know: each told once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from survey.french import quoted

LINES_SHOWN = 8
VALUE_SHOWN = 60


@dataclass(frozen=True)
class Place:
    """Where in the files: a column, what stands in it, or what of the mapping; "" for neither."""

    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        column = f"colonne {quoted(self.column)}" if self.column else ""
        return ", ".join(filter(None, [column, self.value and quoted(_short(self.value))]))


class Unplaced(Exception):
    """What stands here is no answer to the question: which column and cell, and why."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message


@dataclass(frozen=True)
class Finding:
    """One thing found, and the lines that it was found in, none if it is of the whole file."""

    place: Place
    message: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.place}\u00a0: " if str(self.place) else ""
        return f"{where}{self.message}{self._lines()}"

    def _lines(self) -> str:
        if not self.lines:
            return ""
        more = len(self.lines) - LINES_SHOWN
        rest = f" et {more} de plus" if more > 0 else ""
        return f" [{', '.join(self.lines[:LINES_SHOWN])}{rest}]"


@dataclass
class Findings:
    """`problems` keep everything from being imported; `remarks` are to be read before."""

    _problems: dict[tuple[Place, str], list[str]] = field(default_factory=dict)
    _remarks: dict[tuple[Place, str], list[str]] = field(default_factory=dict)

    def refuse(self, message: str, *, place: Place = Place(), line: str = "") -> None:
        self._problems.setdefault((place, message), []).extend([line] if line else [])

    def remark(self, message: str, *, place: Place = Place(), line: str = "") -> None:
        self._remarks.setdefault((place, message), []).extend([line] if line else [])

    @property
    def problems(self) -> tuple[Finding, ...]:
        return tuple(_found(self._problems))

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(_found(self._remarks))


def _found(by_place: dict[tuple[Place, str], list[str]]) -> Iterator[Finding]:
    for (place, message), lines in by_place.items():
        yield Finding(place, message, tuple(lines))


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= VALUE_SHOWN else f"{flat[:VALUE_SHOWN]}…"
