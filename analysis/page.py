"""The report as templates want it: formatted words, addresses and sizes; no figure is made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache
from django.urls import reverse

from analysis.charts import render
from analysis.report import Block, Detail, Report, Section
from analysis.summaries import Base
from analysis.wording import Noun
from survey import publication
from survey.french import number
from survey.publication import Text

TEXTS_A_PAGE = 10
WIDTHS = {"": render.WIDE, "etroit": render.NARROW}
CHART_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Image:
    """A chart at one width, in px."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True)
class BlockPage:
    block: Block
    base: str
    wide: Image
    narrow: Image
    png: str
    texts: Sequence[Text]
    texts_title: str
    more_texts: str
    details: Sequence[Detail]


@dataclass(frozen=True)
class SectionPage:
    section: Section
    blocks: Sequence[BlockPage]


@lru_cache(maxsize=2)
def of(report: Report) -> list[SectionPage]:
    """Every section, ready to be shown; kept as long as the report is the same."""
    return [
        SectionPage(section, [_block(report, block) for block in section.blocks])
        for section in report.sections
    ]


def _block(report: Report, block: Block) -> BlockPage:
    version = version_of(block)
    return BlockPage(
        block=block,
        base=base_line(block.base),
        wide=_image(block, "", version),
        narrow=_image(block, "etroit", version),
        png=f"{chart_address(block.code, 'png')}?v={version}",
        texts=texts(report, block, 1),
        texts_title=texts_title(block),
        more_texts=_more(block),
        details=block.details,
    )


def base_line(base: Base) -> str:
    """« 64 réponses, 31 sans réponse (na), 0 non posée »."""
    answers = "réponse" if base.answered < 2 else "réponses"
    asked = "non posée" if base.not_asked < 2 else "non posées"
    return (
        f"{number(base.answered)} {answers}, {number(base.missing)} sans réponse (na), "
        f"{number(base.not_asked)} {asked}"
    )


def texts_title(block: Block) -> str:
    """« 24 textes publiés », « 2 précisions »."""
    one, many = ("texte publié", "textes publiés")
    if block.measure != "text":
        one, many = "précision sur une autre réponse", "précisions sur une autre réponse"
    return Noun(one, many).of(len(block.texts))


def texts(report: Report, block: Block, page: int) -> list[Text]:
    """The approved texts of a page, by respondent number."""
    numbers = block.texts[(page - 1) * TEXTS_A_PAGE : page * TEXTS_A_PAGE]
    if not numbers:
        return []
    return publication.texts(report.campaign.structure.code, block.code, numbers)


def _more(block: Block) -> str:
    if len(block.texts) <= TEXTS_A_PAGE:
        return ""
    return reverse("analysis:texts", args=[block.code])


def chart_address(code: str, extension: str, variant: str = "") -> str:
    name = f"{code}-{variant}" if variant else code
    return reverse("analysis:chart", args=[name, extension])


def _image(block: Block, variant: str, version: str) -> Image:
    width, height = render.size(block.chart, WIDTHS[variant])
    return Image(f"{chart_address(block.code, 'svg', variant)}?v={version}", width, height)


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
