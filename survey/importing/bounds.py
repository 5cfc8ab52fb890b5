"""What no response can be: a number or a moment that would spoil others, or that never was."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from survey.importing.findings import Place, Unplaced

LARGEST_NUMBER = 9_999_999
"""The next person is given the number after the largest, for ever."""
FIRST_YEAR = 1990
A_DAY = timedelta(days=1)
"""Somebody elsewhere may be in tomorrow already."""


def numbered(heading: str, written: str) -> int:
    """The number that stands there; raise Unplaced if it is no response's."""
    digits = written.strip()
    if not (digits.isascii() and digits.isdecimal()):
        raise Unplaced(Place(heading, written), "ce n’est pas un numéro de réponse.")
    if len(digits.lstrip("0")) > len(str(LARGEST_NUMBER)):
        raise Unplaced(
            Place(heading, written), "un numéro de réponse va jusqu’à 9\u202f999\u202f999."
        )
    return int(digits)


def is_possible(moment: date) -> bool:
    # By the year first: the first and last of Python's cannot be put in another time zone.
    now = timezone.now()
    if not FIRST_YEAR <= moment.year <= now.year + 1:
        return False
    return not isinstance(moment, datetime) or moment <= now + A_DAY


def require_possible(moment: datetime, place: Place) -> None:
    if not is_possible(moment):
        message = f"cette date est d’avant {FIRST_YEAR}, ou n’est pas encore venue."
        raise Unplaced(place, message)


def require_in_order(started: datetime, completed: datetime | None, place: Place) -> None:
    if completed and completed < started:
        raise Unplaced(place, "cette fin vient avant le début de la réponse.")
