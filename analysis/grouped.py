"""The report of one group of respondents, or of two side by side, as far as it may be told.

Texts and tables of structures are left to the whole report: read beside a filter, they would say
of a structure what its people answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis import comparison, presentation, sentences, tables
from analysis.charts.pairs import Pairs, Part
from analysis.charts.shapes import Chart
from analysis.comparison import Side
from analysis.declarations import Declaration
from analysis.filters import Group, Selection, Split
from analysis.report import Block, GroupBase, Report, Respondents, Section
from analysis.showing import places
from analysis.showing.shares import LONG_LIST
from analysis.showing.shown import Shown, value
from analysis.summaries import Base, Distribution
from analysis.tables import Table
from analysis.wording import Facts, Noun
from survey.french import number, quoted
from survey.questionnaire import QuestionSpec

NOTHING = Table((), ())
LEFT_OUT = "Trop peu de réponses dans ce groupe pour être montrées."
CHOSEN_BY_IT = "C’est d’après la réponse à cette question que les réponses sont filtrées."
UNFILTERED = "Les textes se lisent dans le rapport entier."


def write(whole: Report, declaration: Declaration, selection: Selection) -> Report:
    """The whole report, narrowed to the groups selected."""
    writer = _Writer(declaration, whole.splits[selection.filter.code], selection)
    sections = tuple(
        Section(s.code, s.title, s.introduction, tuple(map(writer.block, s.blocks)))
        for s in whole.sections
    )
    return replace(
        whole,
        sections=sections,
        selection=selection,
        respondents=writer.respondents(),
        departments=None,
    )


@dataclass(frozen=True)
class _Writer:
    declaration: Declaration
    split: Split
    selection: Selection

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.selection.groups

    def respondents(self) -> Respondents:
        sizes = [self.split.size(group.code) for group in self.groups]
        done = [self.split.completed(group.code) for group in self.groups]
        return Respondents(
            total=None if None in sizes else sum(sizes),
            complete=None if None in (*sizes, *done) else sum(done),
        )

    def block(self, block: Block) -> Block:
        if block.question is None:
            return self._participation(block)
        if self._is_choice_of(block.question):
            return replace(_bare(block), sentence=CHOSEN_BY_IT, groups=self._sizes())
        shown = self._shown(block.question)
        answered = [GroupBase(g.title, s.summary.base if s else None) for g, s in self._with(shown)]
        bare = replace(_bare(block), groups=tuple(answered))
        if block.measure == "text":
            return self._texts(bare, shown)
        if len(self.groups) == 1:
            return self._of_one(bare, shown[0])
        return self._of_two(bare, shown)

    def _is_choice_of(self, question: QuestionSpec) -> bool:
        """Whether each group is all who gave one answer to it, so that there is nothing to tell."""
        is_filter = question.code == self.split.filter.question
        return is_filter and all(len(group.choices) == 1 for group in self.groups)

    def _sizes(self) -> tuple[GroupBase, ...]:
        return tuple(GroupBase(g.title, self.split.size(g.code)) for g in self.groups)

    def _with(self, shown: Sequence[Any]) -> list[tuple[Group, Any]]:
        return list(zip(self.groups, shown, strict=True))

    def _shown(self, question: QuestionSpec) -> list[Shown | None]:
        """What may be shown of the question in each group; None where nothing may."""
        everybody = Shown(
            question=question,
            base=None,
            summary=self.split.whole(question),
            noun=self.declaration.noun(question.code),
            spec=self.declaration.block(question.code),
        )
        edges = everybody.edges if isinstance(everybody.summary, Distribution) else ()
        told = self.split.summaries(question, edges)
        return [
            replace(everybody, summary=told[group.code], everybody=everybody.summary)
            if group.code in told
            else None
            for group in self.groups
        ]

    def _participation(self, block: Block) -> Block:
        sizes = self._sizes()
        words = [
            f"{quoted(group.title)}\u00a0: {Noun('réponse', 'réponses').of(group.answered)}"
            for group in sizes
            if group.answered is not None
        ]
        everybody = number(len(self.split.frame))
        return replace(
            _bare(block),
            sentence=f"{', '.join(words)}, sur {everybody} en tout." if words else LEFT_OUT,
            groups=sizes,
            table=Table(("Groupe", "Réponses"), tuple((g.title, g.answered) for g in sizes)),
            figures={"curve": []},
        )

    def _texts(self, block: Block, shown: Sequence[Shown | None]) -> Block:
        rows = [(g.title, s.summary.base if s else None) for g, s in self._with(shown)]
        return replace(
            block,
            sentence=UNFILTERED,
            table=Table(("Groupe", "Textes reçus"), tuple(rows)),
            figures={"texts": {"published": None}},
        )

    def _of_one(self, block: Block, shown: Shown | None) -> Block:
        if shown is None:
            return replace(block, sentence=LEFT_OUT)
        shows = presentation.of_group(block.measure)
        return replace(
            block,
            sentence=sentences.sentence(_facts(shown, block.measure)),
            chart=shows.chart(shown) if _tells([shows.parts(shown)]) else None,
            map=places.map_of(shown),
            table=shows.table(shown),
            figures=shows.figures(shown),
        )

    def _of_two(self, block: Block, shown: Sequence[Shown | None]) -> Block:
        shows = presentation.of_group(block.measure)
        figures = [
            {
                "group": f"{self.selection.filter.code}:{group.code}",
                "label": group.title,
                "answered": each.summary.base if each else None,
                **(shows.figures(each) if each else {}),
            }
            for group, each in self._with(shown)
        ]
        block = replace(block, figures={"groups": figures})
        if None in shown:
            return replace(block, sentence=comparison.NOT_ENOUGH)
        sides = [Side(g.title, s.summary.base, shows.parts(s)) for g, s in self._with(shown)]
        labels = _labels(sides)
        return replace(
            block,
            sentence=self._compared(shown, sides),
            chart=_pairs(sides, labels) if _tells([side.parts for side in sides]) else None,
            table=_table(sides, labels, shown[0].row_keys),
        )

    def _compared(self, shown: Sequence[Shown], sides: Sequence[Side]) -> str:
        summaries = [each.summary for each in shown]
        if not isinstance(summaries[0], Distribution):
            return comparison.of_parts(*sides)
        question, everybody = shown[0].question, shown[0].everybody
        titles = [side.title for side in sides]
        return comparison.of_values(
            titles, summaries, everybody, (question.unit, question.unit_one)
        )


def _facts(shown: Shown, measure: str) -> Facts:
    answered = shown.summary.base
    base = Base(answered, answered, answered)
    return Facts(shown.summary, base, shown.wording(measure), is_protected=True)


def _bare(block: Block) -> Block:
    """The block with nothing of its figures: what a group may show is added, not taken away."""
    return Block(
        code=block.code,
        title=block.title,
        kind=block.kind,
        measure=block.measure,
        sentence="",
        base=None,
        chart=None,
        table=NOTHING,
        figures={},
        question=block.question,
        legend=_legend(block),
    )


def _legend(block: Block) -> str:
    return presentation.of_group(block.measure).legend(block.question) if block.question else ""


def _tells(parts: Sequence[Mapping[str, int | None]]) -> bool:
    """Whether a chart of these counts would draw anything."""
    return any(count is not None for counts in parts for count in counts.values())


def _labels(sides: Sequence[Side]) -> list[str]:
    """All parts, but of a long list (departments) those alone that are told of somebody."""
    labels = list(sides[0].parts)
    if len(labels) <= LONG_LIST:
        return labels
    return [label for label in labels if any(side.parts[label] is not None for side in sides)]


def _pairs(sides: Sequence[Side], labels: Sequence[str]) -> Chart:
    parts = tuple(
        Part(
            label,
            tuple(_share(side, label) for side in sides),
            tuple(value(side.parts[label], side.base) for side in sides),
        )
        for label in labels
    )
    series = tuple(f"{side.title} ({number(side.base)})" for side in sides)
    return Pairs(parts, series)


def _share(side: Side, label: str) -> float | None:
    count = side.parts[label]
    return None if count is None else count / side.base


def _table(sides: Sequence[Side], labels: Sequence[str], keys: Mapping[str, str]) -> Table:
    parts = {label: [side.parts[label] for side in sides] for label in labels}
    titles, bases = [side.title for side in sides], [side.base for side in sides]
    return tables.compared(titles, bases, parts, [keys[label] for label in labels])
