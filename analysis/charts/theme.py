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
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
