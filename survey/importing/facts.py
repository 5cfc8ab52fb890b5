"""Who a response is, before its answers: its number, what was agreed to, its dates."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeAlias

from django.utils import timezone

from survey.filling import Consents
from survey.importing import bounds
from survey.importing.cells import MISSING, NO, YES, is_blank, plain
from survey.importing.files import NUMBER, STARTED, SUBMITTED, UPDATED, Cell
from survey.importing.findings import Place, Unplaced
from survey.importing.mapping import Consent, ConsentColumn, ImportMapping

NO_REAL_DATE = "1980-01-01 00:00:00"
"""LimeSurvey's `submitdate` of a complete response to a questionnaire that keeps no dates."""

Row: TypeAlias = Callable[[str], Cell]
"""What stands in a column of one line; None in one that the file has not."""

Dates: TypeAlias = tuple[datetime, datetime, datetime | None]
"""When a response was started, last changed and completed, None if it was not."""


def number_of(row: Row) -> int:
    return bounds.numbered(NUMBER, row(NUMBER) or "")


def consents_of(row: Row, mapping: ImportMapping) -> Consents:
    return Consents(**{name: _agreed(row, said) for name, said in mapping.consents.items()})


def _agreed(row: Row, said: Consent) -> bool:
    if not isinstance(said, ConsentColumn):
        return said
    cell = row(said.column)
    written = plain(cell)
    if written in (*YES, *map(plain, said.agreed)):
        return True
    if is_blank(cell) or written in (*NO, *MISSING, *map(plain, said.refused)):
        return False
    raise Unplaced(
        Place(said.column, cell or ""),
        "dites sous «\u00a0agreed\u00a0» ou «\u00a0refused\u00a0» si c’est un accord.",
    )


def dates_of(row: Row, undated: date | None) -> Dates:
    started, submitted, updated = (_date(row, c) for c in (STARTED, SUBMITTED, UPDATED))
    given_day = undated and timezone.make_aware(datetime.combine(undated, time()))
    first = started or submitted or updated or given_day
    if first is None:
        message = "aucune date n’est connue\u00a0: donnez un jour sous «\u00a0undated\u00a0»."
        raise Unplaced(Place(), message)
    is_complete = _written(row, SUBMITTED) != ""
    completed = (submitted or updated or first) if is_complete else None
    bounds.require_in_order(first, completed, Place(SUBMITTED, _written(row, SUBMITTED)))
    return first, updated or completed or first, completed


def _written(row: Row, column: str) -> str:
    written = (row(column) or "").strip()
    return "" if written == "NULL" else written  # As older VV files leave it empty.


def _date(row: Row, column: str) -> datetime | None:
    written = _written(row, column)
    if written in ("", NO_REAL_DATE):
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        message = "ce n’est pas une date\u202f; LimeSurvey écrit 2021-02-01 14:32:00."
        raise Unplaced(Place(column, written), message) from error
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    bounds.require_possible(aware, Place(column, written))
    return aware
