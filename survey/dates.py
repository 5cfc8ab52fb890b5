"""Dates and times as French pages write them."""

from datetime import date, datetime

from django.utils import formats, timezone


def day(value: date) -> str:
    """« 5 mars 2021 », « 1er mars 2021 »."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{day_of_month(local)} {local.year}"


def day_of_month(value: date) -> str:
    """« 5 mars », « 1er mars »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first} {formats.date_format(value, 'F')}"


def period(first: date, last: date) -> str:
    """« du 12 janvier au 5 mars 2021 », « du 3 au 12 mars 2021 », « le 1er mars 2021 »."""
    if first == last:
        return f"le {day(last)}"
    words = day(first).split(" ")
    same = 0 if first.year != last.year else 2 if first.month == last.month else 1
    return f"du {' '.join(words[: len(words) - same])} au {day(last)}"


def clock(value: datetime) -> str:
    """« 14:32 », in local time."""
    return timezone.localtime(value).strftime("%H:%M")


def moment(value: datetime) -> str:
    """« à 14:32 » if that is today, « le 5 mars 2021 à 14:32 » if not."""
    is_today = timezone.localdate(value) == timezone.localdate()
    return f"à {clock(value)}" if is_today else f"le {day(value)} à {clock(value)}"
