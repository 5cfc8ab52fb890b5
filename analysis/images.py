"""Charts as images, each drawn once for what it shows, and the addresses of what is shown."""

from dataclasses import dataclass

from django.core.cache import cache

from analysis.addresses import address
from analysis.charts import render
from analysis.charts.shapes import Chart
from analysis.report import Block, Report

MAP = "carte"
VARIANTS = {
    "": ("chart", render.WIDE),
    "etroit": ("chart", render.NARROW),
    MAP: ("map", render.WIDE),
    f"{MAP}-etroit": ("map", render.NARROW),
}
"""By what follows a block's code in the name of an image: what of the block, and how wide."""

CHART_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Image:
    """A chart, or a map, at one width, in px."""

    svg: str
    width: int
    height: int


def chart_address(report: Report, code: str, extension: str, variant: str = "") -> str:
    name = f"{code}-{variant}" if variant else code
    return address(report, "analysis:chart", name, extension)


def drawn(block: Block, variant: str) -> tuple[Chart | None, int]:
    """What an image of the block shows, and how wide."""
    name, width = VARIANTS[variant]
    return getattr(block, name), width


def image(report: Report, block: Block, variant: str, version: str) -> Image:
    width, height = render.size(*drawn(block, variant))
    query = joined(query_of(report), f"v={version}")
    return Image(f"{chart_address(report, block.code, 'svg', variant)}?{query}", width, height)


def query_of(report: Report) -> str:
    """The groups that the report is of, as addresses write them; "" for everybody."""
    return report.selection.query if report.selection else ""


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def joined(*queries: str) -> str:
    return "&".join(filter(None, queries))


def version_of(block: Block) -> str:
    """Changes when the chart, or the words beside it, do."""
    return render.digest((block.chart, block.map, block.title, block.sentence))


def chart(block: Block, extension: str, variant: str) -> bytes:
    """The chart as it is drawn once for what it shows."""
    key = f"chart:{version_of(block)}:{variant}:{extension}"
    image = cache.get(key)
    if image is None:
        image = _draw(block, extension, variant)
        cache.set(key, image, CHART_SECONDS)
    return image


def _draw(block: Block, extension: str, variant: str) -> bytes:
    shown, width = drawn(block, variant)
    if extension == "png":
        return render.png(shown, width)
    return render.svg(shown, width, f"{block.title}. {block.sentence}")
