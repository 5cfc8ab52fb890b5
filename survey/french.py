"""Numbers as French pages write them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def number(value: float | Decimal, decimals: int = 3) -> str:
    """« 1 234,5 »: decimal comma, thousands apart, no trailing zeros, halves up."""
    place = Decimal(1).scaleb(-decimals)
    # Through str, or 0.15 would be the binary number just below it; + 0 makes « -0 » plain.
    rounded = Decimal(str(value)).quantize(place, ROUND_HALF_UP) + 0
    text = f"{rounded:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{rounded:,.0f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def percent(share: float) -> str:
    """« 38 % », of a share between 0 and 1, halves rounded up."""
    return f"{int(share * 100 + 0.5)}{NARROW_SPACE}%"


def quoted(words: str) -> str:
    """« words », between guillemets."""
    return f"«{NO_BREAK_SPACE}{words}{NO_BREAK_SPACE}»"


def listed(items: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"
