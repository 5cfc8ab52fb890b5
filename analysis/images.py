"""Charts as images, each drawn once for what it shows, and the addresses of what is shown."""

from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse

from analysis.charts import render
from analysis.report import Block, Report

WIDTHS = {"": render.WIDE, "etroit": render.NARROW}
CHART_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Image:
    """A chart at one width, in px."""

    svg: str
    width: int
    height: int


def chart_address(code: str, extension: str, variant: str = "") -> str:
    name = f"{code}-{variant}" if variant else code
    return reverse("analysis:chart", args=[name, extension])


def image(block: Block, variant: str, version: str, query: str) -> Image:
    width, height = render.size(block.chart, WIDTHS[variant])
    address = chart_address(block.code, "svg", variant)
    return Image(f"{address}?{joined(query, f'v={version}')}", width, height)


def query_of(report: Report) -> str:
    """The groups that the report is of, as addresses write them; "" for everybody."""
    return report.selection.query if report.selection else ""


def with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def joined(*queries: str) -> str:
    return "&".join(filter(None, queries))


def version_of(block: Block) -> str:
    """Changes when the chart, or the words beside it, do."""
    return render.digest((block.chart, block.title, block.sentence))


def chart(block: Block, extension: str, variant: str) -> bytes:
    """The chart as it is drawn once for what it shows."""
    key = f"chart:{version_of(block)}:{variant}:{extension}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = _draw(block, extension, WIDTHS[variant])
        cache.set(key, drawn, CHART_SECONDS)
    return drawn


def _draw(block: Block, extension: str, width: int) -> bytes:
    if extension == "png":
        return render.png(block.chart, width)
    return render.svg(block.chart, width, f"{block.title}. {block.sentence}")
