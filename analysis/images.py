"""Charts as images, each drawn once for what it shows, and the addresses of what is shown."""

from dataclasses import dataclass
from typing import TypeAlias

from django.core.cache import cache

from analysis.addresses import address
from analysis.charts import render
from analysis.charts.shapes import Chart
from analysis.report import Block, Detail, Report

MAP = "carte"
VARIANTS = {
    "": ("chart", render.WIDE),
    "etroit": ("chart", render.NARROW),
    MAP: ("map", render.WIDE),
    f"{MAP}-etroit": ("map", render.NARROW),
}
"""By what follows a block's code in the name of an image: what of the block, and how wide."""

CHART_SECONDS = 24 * 3600

Illustrated: TypeAlias = Block | Detail


@dataclass(frozen=True)
class Image:
    """A chart, or a map, at one width, in px."""

    svg: str
    width: int
    height: int


def chart_address(report: Report, code: str, extension: str, variant: str = "") -> str:
    name = f"{code}-{variant}" if variant else code
    return address(report, "analysis:chart", name, extension)


def named(name: str) -> tuple[str, str]:
    """The code and the variant of an image, by its name in addresses."""
    for variant in sorted(filter(None, VARIANTS), key=len, reverse=True):
        if name.endswith(f"-{variant}"):
            return name.removesuffix(f"-{variant}"), variant
    return name, ""


def drawn(illustrated: Illustrated, variant: str) -> tuple[Chart | None, int]:
    """What an image shows, and how wide; a detail has no map."""
    name, width = VARIANTS[variant]
    return getattr(illustrated, name, None), width


def image(report: Report, illustrated: Illustrated, variant: str, version: str) -> Image:
    width, height = render.size(*drawn(illustrated, variant))
    query = joined(query_of(report), f"v={version}")
    path = chart_address(report, illustrated.code, "svg", variant)
    return Image(f"{path}?{query}", width, height)


def query_of(report: Report) -> str:
    """The groups that the report is of, as addresses write them; "" for everybody."""
    return report.selection.query if report.selection else ""


def home_of(report: Report) -> str:
    """The address of the page that the report is read on."""
    return with_query(address(report, "analysis:results"), query_of(report))


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def joined(*queries: str) -> str:
    return "&".join(filter(None, queries))


def version_of(illustrated: Illustrated) -> str:
    """Changes when the chart, or the words beside it, do."""
    shown = [drawn(illustrated, variant)[0] for variant in ("", MAP)]
    return render.digest((*shown, illustrated.title, illustrated.sentence))


def chart(illustrated: Illustrated, extension: str, variant: str) -> bytes:
    """The chart as it is drawn once for what it shows."""
    key = f"chart:{version_of(illustrated)}:{variant}:{extension}"
    image = cache.get(key)
    if image is None:
        image = _draw(illustrated, extension, variant)
        cache.set(key, image, CHART_SECONDS)
    return image


def _draw(illustrated: Illustrated, extension: str, variant: str) -> bytes:
    shown, width = drawn(illustrated, variant)
    if extension == "png":
        return render.png(shown, width)
    return render.svg(shown, width, f"{illustrated.title}. {illustrated.sentence}")
