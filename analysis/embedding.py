"""One chart in somebody else's page: what its snippet needs to know."""

from dataclasses import dataclass
from math import ceil

from analysis import images
from analysis.addresses import address
from analysis.images import Image
from analysis.report import Block, Report

MARGIN = 16
BREAK = 600
"""From this width on, as in the page's picture element, the wide chart is shown."""
WIDTHS = (300, 360, 420, 600, 760)
FIXED = 90
LINES = {"title": (11.5, 27), "sentence": (9.5, 26), "base": (7.5, 20), "source": (7.5, 20)}
"""Of each text of the light page: a wide character's width and a line's height, in px."""


@dataclass(frozen=True)
class Embedding:
    """A light page to frame, `height` px high at any width from 300 px, and an image to link."""

    page: str
    height: int
    image: str
    report: str


def of(report: Report, block: Block, base: str, wide: Image, narrow: Image) -> Embedding:
    query = images.query_of(report)
    texts = {"title": block.title, "sentence": block.sentence, "base": base, "source": report.title}
    return Embedding(
        page=images.with_query(address(report, "analysis:embedded", block.code), query),
        height=max(_height(width, texts, wide, narrow) for width in WIDTHS),
        image=images.with_query(images.chart_address(report, block.code, "png"), query),
        report=f"{images.home_of(report)}#{block.code}",
    )


def _height(width: int, texts: dict[str, str], wide: Image, narrow: Image) -> int:
    """About how high the light page is when it is so wide."""
    inside = width - 2 * MARGIN
    image = wide if width >= BREAK else narrow
    drawn = image.height * min(1, inside / image.width)
    written = sum(
        ceil(len(texts[name]) * LINES[name][0] / inside) * LINES[name][1] for name in texts
    )
    return ceil(FIXED + drawn + written)
