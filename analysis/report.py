"""The report as one object: the page, the API, CSV files and charts all walk it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from analysis import (
    checking,
    declarations,
    filters,
    participation,
    presentation,
    sentences,
    structures,
    tables,
    textgroups,
)
from analysis.charts.choropleth import Choropleth
from analysis.charts.shapes import Chart
from analysis.declarations import BlockSpec, Declaration, Licence
from analysis.filters import Selection, Split
from analysis.frame import Frame
from analysis.notes import Note
from analysis.participation import PARTICIPATION
from analysis.showing import crossed as by_groups
from analysis.showing import places
from analysis.showing.crossed import CrossedShown
from analysis.showing.shown import Shown
from analysis.structures import Column
from analysis.summaries import Base, Shares
from analysis.tables import Table
from analysis.textgroups import TextGroup
from analysis.wording import PERSON, Facts, Noun, leading
from survey import publication
from survey.french import quoted
from survey.publication import Campaign
from survey.questionnaire import QuestionSpec, SectionSpec


@dataclass(frozen=True)
class Detail:
    """A further table in a block's detail box, with a sentence and a chart where it has one.

    `structures`: the columns of one that names structures. `gone`: how many rows of an edition
    may no longer be shown, or not whole. `code`: in the addresses of the chart.
    """

    title: str
    table: Table
    structures: tuple[Column, ...] = ()
    gone: int = 0
    code: str = ""
    sentence: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class GroupBase:
    """How many of a group answered; None if they are too few to be told."""

    title: str
    answered: int | None


@dataclass(frozen=True)
class Block:
    """One heading of the report. `texts`: the numbers of those whose text may be read, and
    `text_groups` the same put under their authors' answers to another question, if declared;
    `legend`: how to read the chart; `together`: the counts of choices put together.

    Of groups, `base` is None and `groups` stand in its place; there is no chart where too few
    answered. `gone`: how many texts of an edition may be read no longer.
    """

    code: str
    title: str
    kind: str
    measure: str
    sentence: str
    base: Base | None
    chart: Chart | None
    table: Table
    figures: Mapping[str, Any]
    facts: Facts | None = None
    question: QuestionSpec | None = None
    texts: tuple[int, ...] = ()
    text_groups: tuple[TextGroup, ...] = ()
    details: tuple[Detail, ...] = ()
    groups: tuple[GroupBase, ...] = ()
    map: Choropleth | None = None
    commentary: tuple[Note, ...] = ()
    gone: int = 0
    legend: str = ""
    together: Shares | None = None


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    introduction: str
    blocks: tuple[Block, ...]
    commentary: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Respondents:
    """Whom the report speaks of: the counted who gave one answer or more; None if too few."""

    total: int | None
    complete: int | None

    @property
    def partial(self) -> int | None:
        return None if self.complete is None else self.total - self.complete


@dataclass(frozen=True, eq=False)
class Report:
    """A report is itself alone: what is made of it may be kept by its identity.

    `edition`: the day it was frozen under; None of the report of now. `people`: who answers.
    """

    campaign: Campaign
    title: str
    updated_at: datetime
    respondents: Respondents
    departments: int | None
    sections: tuple[Section, ...]
    splits: Mapping[str, Split] = field(default_factory=dict)
    selection: Selection | None = None
    edition: date | None = None
    licence: Licence | None = None
    people: Noun = PERSON

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        return {block.code: block for section in self.sections for block in section.blocks}

    @cached_property
    def illustrations(self) -> Mapping[str, Block | Detail]:
        """All that has a chart, by the code that addresses it."""
        every = [each for block in self.blocks.values() for each in (block, *block.details)]
        return {each.code: each for each in every if each.chart}


def write(declaration: Declaration, campaign: Campaign, frame: Frame, least: int) -> Report:
    """The report of these answers, as declared; raise ReportError if the declaration is wrong.

    `least`: how many a group must hold for anything to be told of it.
    """
    checking.check(declaration, campaign.structure)
    writer = _Writer(declaration, campaign, frame, least)
    sections = tuple(writer.section(spec) for spec in campaign.structure.sections)
    groupings = filters.declared(declaration, campaign.structure)
    return Report(
        campaign=campaign,
        title=declaration.title,
        updated_at=campaign.revised_at,
        respondents=writer.respondents,
        departments=participation.departments(frame, campaign.structure),
        sections=sections,
        splits={code: Split(grouping, frame, least) for code, grouping in groupings.items()},
        licence=declaration.licence,
        people=declaration.people,
    )


@dataclass(frozen=True)
class _Writer:
    declaration: Declaration
    campaign: Campaign
    frame: Frame
    least: int

    @cached_property
    def respondents(self) -> Respondents:
        return Respondents(len(self.frame), int(self.frame.people["complete"].sum()))

    def section(self, spec: SectionSpec) -> Section:
        blocks = [self.block(question) for question in spec.questions]
        if spec.code == participation.section_of(self.campaign.structure):
            blocks.insert(0, self.participation())
        return Section(spec.code, spec.title, spec.introduction, tuple(blocks))

    def block(self, question: QuestionSpec) -> Block:
        measure = publication.measure_of(question)
        shows = presentation.of(measure)
        answers = self.frame.answers(question.code)
        shown = Shown(
            question=question,
            base=self.frame.base(question.code),
            summary=shows.measure.summarise(answers, question.choice_codes),
            noun=self.declaration.noun(question.code),
            spec=self.declaration.block(question.code),
        )
        crossed = self._crossed(shown)
        facts = self._facts(shown, measure, crossed)
        texts = tuple(self.frame.published(question.code))
        return Block(
            code=question.code,
            title=question.title,
            kind=question.kind,
            measure=measure,
            sentence=sentences.sentence(facts),
            base=shown.base,
            chart=shows.chart(shown),
            table=shows.table(shown),
            figures=shows.figures(shown) | (by_groups.figures(crossed) if crossed else {}),
            facts=facts,
            question=question,
            texts=texts,
            text_groups=self._text_groups(shown.spec, texts),
            details=tuple(self._details(shown, crossed)),
            map=places.map_of(shown),
            legend=shows.legend(question),
            together=facts.grouped,
        )

    def _crossed(self, shown: Shown) -> CrossedShown | None:
        """The answers by those to another question, as far as they may be told."""
        if not shown.spec.by:
            return None
        by = self.campaign.structure.questions[shown.spec.by]
        columns = self.frame.answers(shown.question.code), self.frame.answers(by.code)
        nouns = self.declaration.choices.get(by.code, {})
        return by_groups.of(shown, by, columns, nouns, self.least)

    def _facts(self, shown: Shown, measure: str, crossed: CrossedShown | None) -> Facts:
        wording = replace(
            shown.wording(measure),
            groups=declarations.nouns(self.declaration, self.campaign.structure, shown.spec.by),
            within=declarations.within(shown.spec.groups) if shown.spec.groups else {},
            people=self.declaration.people,
        )
        told = crossed and crossed.crossed
        return Facts(shown.summary, shown.base, wording, told, self._grouped(shown))

    def _grouped(self, shown: Shown) -> Shares | None:
        """The counts of choices put together: departments by region."""
        if not shown.spec.groups:
            return None
        counts = {
            label: sum(shown.summary.counts.get(code, 0) for code in codes)
            for label, codes in declarations.groups(shown.spec.groups).items()
        }
        return Shares(shown.summary.base, counts)

    def _details(self, shown: Shown, crossed: CrossedShown | None) -> list[Detail]:
        details, grouped = [_by_groups(crossed)] if crossed else [], self._grouped(shown)
        if grouped and grouped.base:
            labels = {label: label for label in leading(grouped)}
            details.append(Detail(shown.spec.groups_title, tables.shares(grouped, None, labels)))
        for declared in shown.spec.tables:
            listed = structures.listed(declared, self.campaign.structure, self.frame)
            details.append(Detail(declared.title, *listed))
        return details

    def _text_groups(self, spec: BlockSpec, texts: Sequence[int]) -> tuple[TextGroup, ...]:
        if not spec.group_by:
            return ()
        by = self.campaign.structure.questions[spec.group_by]
        return textgroups.grouped(texts, by, self.frame.answers(by.code))

    def participation(self) -> Block:
        told, total = participation.of(self.frame.people), len(self.frame)
        return Block(
            code=PARTICIPATION,
            title="Participation",
            kind=PARTICIPATION,
            measure=PARTICIPATION,
            sentence=participation.sentence(told, self.declaration),
            base=Base(total, total, total),
            chart=told.chart,
            table=told.table,
            figures=told.figures,
        )


def _by_groups(crossed: CrossedShown) -> Detail:
    return Detail(
        title=f"Selon la réponse à {quoted(crossed.by.title)}",
        table=by_groups.table(crossed),
        code=f"{crossed.shown.question.code}-par-{crossed.by.code}",
        sentence=by_groups.sentence(crossed),
        chart=by_groups.chart(crossed),
    )
