"""Dates and times as French pages write them."""

from datetime import date, datetime

from django.utils import formats, timezone


def day(value: date) -> str:
    """« 5 mars 2021 », « 1er mars 2021 »."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    first = "1er" if local.day == 1 else str(local.day)
    return f"{first} {formats.date_format(local, 'F Y')}"


def clock(value: datetime) -> str:
    """« 14:32 », in local time."""
    return timezone.localtime(value).strftime("%H:%M")
