"""Reading response files: CSV (comma, semicolon, tab), and LimeSurvey's VV."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

Cell: TypeAlias = str | None
"""What stands in a column; None where the file says that the question was not shown."""

DELIMITERS = (",", ";", "\t")
NUMBER, SUBMITTED, STARTED, UPDATED = "id", "submitdate", "startdate", "datestamp"
FACTS = frozenset({NUMBER, SUBMITTED, STARTED, UPDATED, "lastpage", "startlanguage", "seed"})
DROPPED = frozenset({"token", "ipaddr", "refurl"})
"""Columns that would tell who answered: they are left out as soon as the file is read."""

NOT_SHOWN = "{question_not_shown}"
ESCAPES = {"newline": "\n", "cr": "\r", "tab": "\t", "lbrace": "{", "quote": '"'}
_ESCAPED = re.compile("{(" + "|".join(ESCAPES) + ")}")


class FileError(ValueError):
    """Why a file cannot be read, in French."""


@dataclass(frozen=True)
class Line:
    """A response as it stands in the file; `place` counts records, headings included."""

    place: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class ResponseFile:
    """`descriptions`: what a VV file says of its columns, by heading.

    A line that has not as many cells as there are headings keeps none of them.
    """

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)

    def column(self, heading: str) -> Iterator[Cell]:
        place = self.headings.index(heading)
        return (line.cells[place] for line in self.lines if line.cells)


def read(content: bytes) -> ResponseFile:
    """The responses of this file; raise FileError if it is none of LimeSurvey's."""
    text = decoded(content)
    if _is_vv(text):
        return _read_vv(text)
    if NUMBER not in headings(text):
        raise FileError(
            "Ce fichier n’a pas de colonne «\u00a0id\u00a0»\u00a0: exportez les réponses de "
            "LimeSurvey en CSV, avec les codes des questions en en-tête, ou en VV."
        )
    return table(text, _from_csv, dropped=DROPPED)


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"Ce fichier n’est pas en UTF-8 (octet {error.start + 1})\u00a0: exportez-le de "
            "nouveau, sans passer par un tableur, ou enregistrez-le en UTF-8."
        ) from error


def headings(text: str) -> list[str]:
    """What stands in the first line of a CSV file, whichever its delimiter."""
    return _first_record(text, _delimiter(text))


def table(text: str, cell: Callable[[str], Cell], *, dropped: Collection[str] = ()) -> ResponseFile:
    """A CSV file whose cells are read so; raise FileError if it is none."""
    headed, *records = _records(text, _delimiter(text), strict=True)
    return _file(headed, records, 2, cell, {}, dropped)


def _is_vv(text: str) -> bool:
    """Whether the second line holds the codes, after one of descriptions."""
    described, codes = [*_first_records(text, "\t", 2), [], []][:2]
    if NUMBER not in codes:
        return False
    return NUMBER not in described or codes[described.index(NUMBER)] == NUMBER


def _read_vv(text: str) -> ResponseFile:
    described, codes, *records = _records(text, "\t", strict=False)
    descriptions = dict(zip(codes, described, strict=False))
    return _file(codes, records, 3, _from_vv, descriptions, DROPPED)


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: len(_first_record(text, delimiter)))


def _first_record(text: str, delimiter: str) -> list[str]:
    return [*_first_records(text, delimiter, 1), []][0]


def _first_records(text: str, delimiter: str, count: int) -> list[list[str]]:
    return list(islice(_records(text, delimiter, strict=False), count))


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        yield from reader
    except csv.Error as error:
        problem = f"La ligne {reader.line_num} est illisible\u00a0: {error}."
        raise FileError(problem) from error


def _file(
    headings: Sequence[str],
    records: Iterable[Sequence[str]],
    first: int,
    cell: Callable[[str], Cell],
    descriptions: Mapping[str, str],
    dropped: Collection[str],
) -> ResponseFile:
    named = _without_empty_end([heading.strip() for heading in headings], 0)
    for heading in named:
        if named.count(heading) > 1:
            raise FileError(f"Deux colonnes du fichier s’appellent «\u00a0{heading}\u00a0».")
    kept = [place for place, heading in enumerate(named) if heading not in dropped]
    lines = []
    for place, record in enumerate(records, start=first):
        cells = _without_empty_end(record, len(named))
        if any(record):
            whole = len(cells) == len(named)
            lines.append(Line(place, [cell(cells[n]) for n in kept] if whole else ()))
    return ResponseFile(tuple(named[n] for n in kept), tuple(lines), descriptions)


def _without_empty_end(cells: Sequence[str], length: int) -> Sequence[str]:
    """Without the empty cells beyond this length: some versions end lines with a delimiter."""
    end = len(cells)
    while end > length and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _from_csv(written: str) -> Cell:
    """LimeSurvey puts an apostrophe before what a spreadsheet would take for a formula."""
    return written[1:] if written.startswith("'=") else written


def _from_vv(written: str) -> Cell:
    if written == NOT_SHOWN:
        return None
    return _ESCAPED.sub(lambda found: ESCAPES[found[1]], written)
