"""Numbers and dates as French pages write them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def number(value: float | Decimal, decimals: int = 3) -> str:
    """« 1 234,5 »: decimal comma, thousands apart, no trailing zeros."""
    rounded = round(float(value), decimals)
    text = f"{rounded:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{rounded:,.0f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def percent(share: float) -> str:
    """« 38 % », of a share between 0 and 1, halves rounded up."""
    return f"{int(share * 100 + 0.5)}{NARROW_SPACE}%"


def day(value: date) -> str:
    """« 5 mars 2021 », « 1er mars 2021 »."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    first = "1er" if local.day == 1 else str(local.day)
    return f"{first} {formats.date_format(local, 'F Y')}"


def clock(value: datetime) -> str:
    """« 14:32 », in local time."""
    return timezone.localtime(value).strftime("%H:%M")
