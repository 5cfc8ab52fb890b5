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
from analysis.showing.shown import Shown, value
from analysis.summaries import Base, Distribution
from analysis.tables import Table
from analysis.wording import Facts, Noun
from survey.french import number, quoted
from survey.questionnaire import QuestionSpec

NOTHING = Table((), ())
LEFT_OUT = "Trop peu de réponses dans ce groupe pour être montrées."
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
        shows = presentation.of_group(block.measure)
        bare = replace(
            block,
            base=None,
            chart=None,
            map=None,
            texts=(),
            text_groups=(),
            details=(),
            legend=shows.legend,
        )
        shown = self._shown(block.question, block.measure)
        answered = [GroupBase(g.title, s.summary.base if s else None) for g, s in self._with(shown)]
        bare = replace(bare, groups=tuple(answered))
        if block.measure == "text":
            return self._texts(bare, shown)
        if len(self.groups) == 1:
            return self._of_one(bare, shown[0])
        return self._of_two(bare, shown)

    def _with(self, shown: Sequence[Any]) -> list[tuple[Group, Any]]:
        return list(zip(self.groups, shown, strict=True))

    def _shown(self, question: QuestionSpec, measure: str) -> list[Shown | None]:
        """What may be shown of the question in each group; None where nothing may."""
        everybody = Shown(
            question=question,
            base=None,
            summary=self.split.whole(presentation.of(measure).measure, question),
            noun=self.declaration.noun(question.code),
            spec=self.declaration.block(question.code),
        )
        edges = everybody.edges if isinstance(everybody.summary, Distribution) else ()
        told = self.split.summaries(presentation.of(measure).measure, question, edges)
        return [
            replace(everybody, summary=told[group.code], everybody=everybody.summary)
            if group.code in told and group.code in self.split.told
            else None
            for group in self.groups
        ]

    def _participation(self, block: Block) -> Block:
        sizes = [(group, self.split.size(group.code)) for group in self.groups]
        words = [
            f"{quoted(group.title)}\u00a0: {Noun('réponse', 'réponses').of(size)}"
            for group, size in sizes
            if size is not None
        ]
        return replace(
            block,
            sentence=f"{', '.join(words)}, sur {number(len(self.split.frame))} en tout.",
            base=None,
            groups=tuple(GroupBase(group.title, size) for group, size in sizes),
            chart=None,
            table=Table(("Groupe", "Réponses"), tuple((g.title, size) for g, size in sizes)),
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
            return replace(block, sentence=LEFT_OUT, table=NOTHING, figures={})
        shows = presentation.of_group(block.measure)
        return replace(
            block,
            sentence=sentences.sentence(_facts(shown, block.measure)),
            chart=shows.chart(shown),
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
            return replace(block, sentence=comparison.NOT_ENOUGH, table=NOTHING)
        sides = [Side(g.title, s.summary.base, shows.parts(s)) for g, s in self._with(shown)]
        return replace(
            block,
            sentence=self._compared(shown, sides),
            chart=_pairs(sides),
            table=_table(sides),
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


def _pairs(sides: Sequence[Side]) -> Chart:
    parts = tuple(
        Part(
            label,
            tuple(_share(side, label) for side in sides),
            tuple(value(side.parts.get(label), side.base) for side in sides),
        )
        for label in sides[0].parts
    )
    series = tuple(f"{side.title} ({number(side.base)})" for side in sides)
    return Pairs(parts, series)


def _share(side: Side, label: str) -> float | None:
    count = side.parts.get(label)
    return None if count is None else count / side.base


def _table(sides: Sequence[Side]) -> Table:
    parts: Mapping[str, Sequence[int | None]] = {
        label: [side.parts.get(label) for side in sides] for label in sides[0].parts
    }
    return tables.compared([s.title for s in sides], [s.base for s in sides], parts)
