"""Texts as readers ask for them: all or of a group, those that hold some words, some at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis import searching
from analysis.filters import UnknownGroup
from analysis.report import Block, Report
from analysis.textgroups import TextGroup
from survey import publication
from survey.french import quoted
from survey.publication import Text


@dataclass(frozen=True)
class Texts:
    """The approved texts of these numbers, in their order; a slice reads its own alone."""

    report: Report
    block: Block
    numbers: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: slice) -> list[Text]:
        wanted = self.numbers[place]
        found = published(self.report, self.block, wanted) if wanted else []
        return _in_order(found, wanted)


def texts(
    report: Report, block: Block, numbers: Sequence[int], words: Sequence[str] = ()
) -> Texts | list[Text]:
    """Of these numbers, the texts that hold every word."""
    if not words:
        return Texts(report, block, numbers)
    wanted = frozenset(numbers)
    found = [
        text
        for text in published(report, block)
        if text.number in wanted and searching.holds(text.text, words)
    ]
    return _in_order(found, numbers)


def published(report: Report, block: Block, numbers: Collection[int] | None = None) -> list[Text]:
    """The approved texts of a block, of those respondents only, if given.

    In an edition none says as which choice it counts: there it may count as another.
    """
    found = publication.texts(report.campaign.structure.code, block.code, numbers)
    return [text._replace(counted_as=None) for text in found] if report.edition else found


def _in_order(found: Sequence[Text], numbers: Sequence[int]) -> list[Text]:
    places = {wanted: place for place, wanted in enumerate(numbers)}
    return sorted(found, key=lambda text: places[text.number])


def numbers_of(block: Block, group: str) -> Sequence[int]:
    """Whose texts stand in this group, all by number if "" is asked for; raise UnknownGroup."""
    if not group:
        return block.texts
    return _group(block, group).numbers


def _group(block: Block, code: str) -> TextGroup:
    for group in block.text_groups:
        if group.code == code:
            return group
    raise UnknownGroup(f"Il n’y a pas de textes sous {quoted(code[:100])}.")


def groups_by_number(block: Block) -> Mapping[int, TextGroup]:
    return {each: group for group in block.text_groups for each in group.numbers}
