"""The report as templates want it: formatted words, addresses and sizes; no figure is made here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis import embedding, images, listing, textpages
from analysis.addresses import address
from analysis.embedding import Embedding
from analysis.filters import Split
from analysis.images import Image
from analysis.listing import Listing
from analysis.report import Block, GroupBase, Report, Section
from analysis.tables import Table
from analysis.textpages import BlockTexts
from analysis.wording import Noun, not_asked
from survey.french import NO_BREAK_SPACE, listed, number, quoted


@dataclass(frozen=True)
class MapPage:
    wide: Image
    narrow: Image
    png: str
    credit: str


@dataclass(frozen=True)
class DetailPage:
    """A detail box; its chart, if it has one, at both widths; `listing` if it names structures."""

    title: str
    sentence: str
    table: Table
    gone: int = 0
    listing: Listing | None = None
    wide: Image | None = None
    narrow: Image | None = None
    png: str = ""


@dataclass(frozen=True)
class BlockPage:
    """`added`: which choices were made from what people wrote beside « Autre »."""

    block: Block
    base: str
    wide: Image | None
    narrow: Image | None
    png: str
    map: MapPage | None
    csv: str
    json: str
    texts: BlockTexts | None
    details: Sequence[DetailPage]
    added: str = ""
    embedding: Embedding | None = None


@dataclass(frozen=True)
class SectionPage:
    section: Section
    blocks: Sequence[BlockPage]


@lru_cache(maxsize=16)
def of(report: Report) -> list[SectionPage]:
    """Every section, ready to be shown; kept as long as the report is the same."""
    return [
        SectionPage(section, [_block(report, block) for block in section.blocks])
        for section in report.sections
    ]


def _block(report: Report, block: Block) -> BlockPage:
    version = images.version_of(block)
    query = images.query_of(report)
    has_chart = block.chart and (block.base is None or block.base.answered)
    png = images.chart_address(report, block.code, "png")
    base = base_line(block)
    wide = images.image(report, block, "", version) if has_chart else None
    narrow = images.image(report, block, "etroit", version) if has_chart else None
    return BlockPage(
        block=block,
        base=base,
        wide=wide,
        narrow=narrow,
        png=f"{png}?{images.joined(query, f'v={version}')}",
        map=_map(report, block, version) if block.map and has_chart else None,
        csv=images.with_query(address(report, "analysis:table", block.code), query),
        json=images.with_query(address(report, "api:report-block", block.code), query),
        texts=textpages.in_block(report, block),
        details=[_detail(report, block, place) for place in range(1, len(block.details) + 1)],
        added=_added(block),
        embedding=embedding.of(report, block, base, wide, narrow) if wide and narrow else None,
    )


def _added(block: Block) -> str:
    labels = [quoted(c.label) for c in block.question.choices if c.added] if block.question else []
    if not labels:
        return ""
    were = "n’étaient pas proposés" if len(labels) > 1 else "n’était pas proposé"
    other = quoted("Autre")
    return f"{listed(labels)} {were}{NO_BREAK_SPACE}: compté d’après les précisions sur {other}."


def _detail(report: Report, block: Block, place: int) -> DetailPage:
    detail = block.details[place - 1]
    rows = listing.first(report, block, place) if detail.structures else None
    bare = DetailPage(detail.title, detail.sentence, detail.table, detail.gone, rows)
    if detail.chart is None:
        return bare
    version = images.version_of(detail)
    return replace(
        bare,
        wide=images.image(report, detail, "", version),
        narrow=images.image(report, detail, "etroit", version),
        png=f"{images.chart_address(report, detail.code, 'png')}?v={version}",
    )


def _map(report: Report, block: Block, version: str) -> MapPage:
    png = images.chart_address(report, block.code, "png", images.MAP)
    return MapPage(
        wide=images.image(report, block, images.MAP, version),
        narrow=images.image(report, block, f"{images.MAP}-etroit", version),
        png=f"{png}?{images.joined(images.query_of(report), f'v={version}')}",
        credit=block.map.geography.credit,
    )


def block_of(report: Report, code: str) -> BlockPage:
    """One block of the report, ready to be shown."""
    blocks = (item for section in of(report) for item in section.blocks)
    return next(item for item in blocks if item.block.code == code)


@dataclass(frozen=True)
class Option:
    """A group that may be asked for; not if it is too small."""

    value: str
    label: str
    is_told: bool


@dataclass(frozen=True)
class FilterBar:
    """Groups by filter, those chosen, what is shown of them in words; `rivals` to compare with."""

    offers: Sequence[tuple[str, Sequence[Option]]]
    group: str = ""
    compared: str = ""
    words: Sequence[str] = ()
    is_told: bool = True
    rivals: Sequence[Option] = ()


def filter_bar(report: Report) -> FilterBar:
    offers = [(split.filter.title, _options(split)) for split in report.splits.values()]
    selection = report.selection
    if selection is None:
        return FilterBar(offers)
    split = report.splits[selection.filter.code]
    names = [f"{selection.filter.code}:{group.code}" for group in selection.groups]
    words = [_group_base(GroupBase(g.title, split.size(g.code))) for g in selection.groups]
    is_told = all(group.code in split.told for group in selection.groups)
    group, compared = (*names, "")[:2]
    rivals = [option for option in _options(split) if option.value != group]
    return FilterBar(offers, group, compared, words, is_told, rivals if is_told else ())


def _options(split: Split) -> list[Option]:
    options = []
    for code, group in split.filter.groups.items():
        size = split.size(code)
        told = "trop peu de réponses" if size is None else number(size)
        name = f"{split.filter.code}:{code}"
        options.append(Option(name, f"{group.title} ({told})", size is not None))
    return options


def base_line(block: Block) -> str:
    """« 64 réponses, 31 sans réponse (na), 0 non posée »; of groups, who answered in each.

    "" where there is no question.
    """
    if block.base is None:
        return " · ".join(map(_group_base, block.groups))
    if block.question is None:
        return ""
    base = block.base
    missing = f"{number(base.missing)} sans réponse (na)"
    return f"{_answers(base.answered)}, {missing}, {not_asked(base)}"


def _group_base(group: GroupBase) -> str:
    told = "trop peu de réponses" if group.answered is None else _answers(group.answered)
    return f"{group.title}{NO_BREAK_SPACE}: {told}"


def _answers(count: int) -> str:
    return Noun("réponse", "réponses").of(count)
