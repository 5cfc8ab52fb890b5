"""Texts as templates want them: in a block of the report, page by page, one alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from analysis import links, reading, searching
from analysis.addresses import address
from analysis.report import Block, Report
from analysis.wording import Noun
from survey.french import listed, number, quoted
from survey.publication import Text

TEXTS_A_PAGE = 10
QUERY, GROUP, PAGE = "q", "reponse", "page"


@dataclass(frozen=True)
class ShownText:
    number: int
    html: SafeString
    address: str
    counted_as: str = ""
    """The label of the choice as which moderators count it, if they count it as another."""


@dataclass(frozen=True)
class ShownGroup:
    """Texts under their heading, if they have one; `more`: where the next ones are."""

    code: str
    title: str
    count: str
    texts: Sequence[ShownText]
    more: str = ""


@dataclass(frozen=True)
class BlockTexts:
    """What a block of the report shows of its texts: the first ones, of each group if grouped."""

    title: str
    address: str
    question: str
    groups: Sequence[ShownGroup]

    @property
    def can_be_searched(self) -> bool:
        return sum(len(group.texts) for group in self.groups) > 1


def in_block(report: Report, block: Block, at_once: int = TEXTS_A_PAGE) -> BlockTexts | None:
    """Those shown with the block, so many of each group; None where there is no text."""
    if not block.texts:
        return None
    groups = [(g.code, g.title, g.numbers) for g in block.text_groups if g.numbers]
    groups = groups or [("", "", block.texts)]
    first = [each for *_, numbers in groups for each in numbers[:at_once]]
    read = reading.texts(report, block, first)[:]
    return BlockTexts(
        title=title_of(block, len(block.texts)),
        address=address(report, "analysis:texts", block.code),
        question=block.text_groups[0].question if block.text_groups else "",
        groups=[
            ShownGroup(
                group,
                title,
                number(len(numbers)),
                [_shown(report, block, t) for t in read if t.number in numbers[:at_once]],
                _next(report, block, group) if len(numbers) > at_once else "",
            )
            for group, title, numbers in groups
        ],
    )


def _next(report: Report, block: Block, group: str) -> str:
    query = f"{GROUP}={group}&{PAGE}=2" if group else f"{PAGE}=2"
    return f"{address(report, 'analysis:texts', block.code)}?{query}"


def _shown(report: Report, block: Block, text: Text, words: Sequence[str] = ()) -> ShownText:
    own = address(report, "analysis:text", block.code, text.number)
    choices = block.question.choices_by_code if block.question else {}
    counted_as = choices.get(text.counted_as)
    label = counted_as.label if counted_as else ""
    return ShownText(text.number, links.paragraphs(text.text, words), own, label)


@dataclass(frozen=True)
class TextsPage:
    """A page of a block's texts. `found`: how many there are, in words; `offers`: its groups."""

    found: str
    query: str
    group: str
    groups: Sequence[ShownGroup]
    page: Page
    question: str
    offers: Sequence[ShownGroup]


def page(report: Report, block: Block, query: Mapping[str, str]) -> TextsPage:
    """The texts that an address asks for, group by group; raise UnknownGroup."""
    words, group = searching.words(query.get(QUERY, "")), query.get(GROUP, "")
    if group:
        numbers = reading.numbers_of(block, group)
    else:
        numbers = [each for g in block.text_groups for each in g.numbers] or block.texts
    pages = Paginator(reading.texts(report, block, numbers, words), TEXTS_A_PAGE)
    current = pages.get_page(query.get(PAGE))
    return TextsPage(
        found=_found(block, words, pages.count, len(numbers)),
        query=" ".join(words),
        group=group,
        groups=_by_group(report, block, current.object_list, words),
        page=current,
        question=block.text_groups[0].question if block.text_groups else "",
        offers=[
            ShownGroup(each.code, each.title, number(len(each.numbers)), ())
            for each in block.text_groups
            if each.numbers
        ],
    )


def _by_group(
    report: Report, block: Block, read: Sequence[Text], words: Sequence[str] = ()
) -> list[ShownGroup]:
    groups = reading.groups_by_number(block)
    made = []
    for group, own in groupby(read, key=lambda text: groups.get(text.number)):
        shown = [_shown(report, block, text, words) for text in own]
        code, title = (group.code, group.title) if group else ("", "")
        made.append(ShownGroup(code, title, "", shown))
    return made


def of_number(report: Report, block: Block, wanted: int) -> list[ShownText]:
    """What one respondent wrote; nothing where no text of theirs may be read."""
    if wanted not in block.texts:
        return []
    return [_shown(report, block, text) for text in reading.texts(report, block, [wanted])[:]]


def title_of(block: Block, count: int) -> str:
    """« 24 textes publiés », « 2 précisions sur « Autre » »."""
    one, many = ("texte publié", "textes publiés")
    if block.measure != "text":
        one, many = "précision sur « Autre »", "précisions sur « Autre »"
    return Noun(one, many).of(count)


def _found(block: Block, words: Sequence[str], count: int, total: int) -> str:
    """« 3 textes sur 24 contiennent « médiation » »."""
    if not words:
        return title_of(block, count)
    is_text = block.measure == "text"
    noun = Noun("texte", "textes") if is_text else Noun("précision", "précisions", feminine=True)
    looked_for = listed([quoted(word) for word in words])
    if not count:
        return f"{'Aucun' if is_text else 'Aucune'} {noun.one} ne contient {looked_for}"
    verb = "contient" if count < 2 else "contiennent"
    return f"{noun.of(count)} sur {number(total)} {verb} {looked_for}"
