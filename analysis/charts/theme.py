"""Colours of charts: those of the pages, read from the one file that holds them."""

import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
COLOURS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", TOKENS.read_text(encoding="utf-8")))

INK, PAPER, LINE = COLOURS["ink"], COLOURS["paper"], COLOURS["line"]
FIRST, SECOND, MISSING = COLOURS["teal"], COLOURS["rust"], COLOURS["na"]
RANKS = tuple(COLOURS[f"rank-{place}"] for place in range(1, 6))
MOODS = tuple(COLOURS[f"mood-{place}"] for place in range(1, 6))

TEXT_SIZE, SMALL_SIZE = 13.5, 12.0
PALE = 1.5


def shades(count: int) -> tuple[str, ...]:
    """As many teals, from the darkest to the palest.

    None lies between the ranks' second and third: no text would read on it.
    """
    dark = (count + 2) // 3
    places = [*_evenly(0, 1, dark), *reversed(_evenly(4, 2, count - dark))]
    return tuple(_between(place) for place in places)


def _evenly(first: float, last: float, count: int) -> list[float]:
    return [first + n * (last - first) / max(count - 1, 1) for n in range(count)]


def _between(place: float) -> str:
    """The teal at this place among the ranks', mixed of the two that it lies between."""
    below = min(int(place), len(RANKS) - 2)
    pairs = zip(_channels(RANKS[below]), _channels(RANKS[below + 1]), strict=True)
    mixed = (round(low + (high - low) * (place - below)) for low, high in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def text_on(colour: str) -> str:
    """Ink or paper, whichever reads better on this colour."""
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def edge(colour: str) -> str:
    """The outline of what is too pale to stand out on paper; "" if it does by itself."""
    return MISSING if contrast(colour, PAPER) < PALE else ""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [channel / 255 for channel in _channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
