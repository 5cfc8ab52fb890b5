"""Groups of respondents that the report may be filtered by, or that it may compare."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

import pandas as pd
from django.utils.text import slugify

from analysis import declarations, disclosure, presentation
from analysis.declarations import Declaration, FilterSpec
from analysis.frame import Column, Frame
from analysis.measures import nominal
from analysis.summaries import Summary
from analysis.wording import capitalised
from survey.publication import measure_of
from survey.questionnaire import ChoiceSpec, QuestionSpec, Structure

FILTERED, COMPARED = "groupe", "compare"
"""How the groups are named in addresses: `?groupe=equipe:seul&compare=equipe:equipe`."""


class UnknownGroup(LookupError):
    """What an address asks for is not among the filters; the message says what, in French."""


@dataclass(frozen=True)
class Group:
    """Those who gave one of `choices`; `title`: « Associations »."""

    code: str
    title: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """A question with one choice, and the groups that its answers make."""

    code: str
    title: str
    question: str
    groups: Mapping[str, Group]


@dataclass(frozen=True)
class Selection:
    """One group of a filter, or two to compare."""

    filter: Filter
    groups: tuple[Group, ...]

    @property
    def query(self) -> str:
        """As an address writes it."""
        names = zip((FILTERED, COMPARED), self.groups, strict=False)
        return "&".join(f"{name}={self.filter.code}:{group.code}" for name, group in names)


def declared(declaration: Declaration, structure: Structure) -> dict[str, Filter]:
    """The filters of the report file, by code, in its order."""
    return {
        code: _filter(code, spec, declaration, structure)
        for code, spec in declaration.filters.items()
    }


def _filter(code: str, spec: FilterSpec, declaration: Declaration, structure: Structure) -> Filter:
    question = structure.questions[spec.question or code]
    groups = _together(spec) or [
        Group(choice.code, _title(declaration, question, choice), (choice.code,))
        for choice in question.choices
    ]
    by_code = {group.code: group for group in groups}
    return Filter(code, spec.title or question.title, question.code, by_code)


def _together(spec: FilterSpec) -> list[Group]:
    """Groups of several choices: those of a file, under their labels, or the filter's own."""
    if spec.file:
        labels = declarations.groups(spec.file).items()
        return [Group(slugify(label), label, choices) for label, choices in labels]
    return [Group(code, made.title, made.choices) for code, made in spec.groups.items()]


def _title(declaration: Declaration, question: QuestionSpec, choice: ChoiceSpec) -> str:
    """« Associations », where the report file has a noun for the choice; else its label."""
    noun = declaration.choices.get(question.code, {}).get(choice.code)
    return capitalised(noun.many) if noun else choice.label


def selected(filters: Mapping[str, Filter], query: Mapping[str, str]) -> Selection | None:
    """What an address asks for; None for everybody. Raise UnknownGroup."""
    names = [query[name] for name in (FILTERED, COMPARED) if query.get(name)]
    found = [_find(filters, name) for name in names]
    if not found:
        return None
    if len({chosen.code for chosen, _ in found}) > 1:
        raise UnknownGroup("Deux groupes se comparent s’ils répondent à la même question.")
    # The same group twice is that group.
    groups = tuple(dict.fromkeys(group for _, group in found))
    return Selection(found[0][0], groups)


def _find(filters: Mapping[str, Filter], name: str) -> tuple[Filter, Group]:
    code, _, group = name.partition(":")
    if code not in filters or group not in filters[code].groups:
        raise UnknownGroup(f"Il n’y a pas de groupe «\u00a0{name[:100]}\u00a0».")
    return filters[code], filters[code].groups[group]


@dataclass(frozen=True)
class Split:
    """Everybody, split by a filter into groups, with what may be told of each."""

    filter: Filter
    frame: Frame
    least: int

    @cached_property
    def told(self) -> frozenset[str]:
        """The groups of which anything may be told."""
        return disclosure.groups_told(self._sizes, len(self.frame), self.least)

    @cached_property
    def _members(self) -> Mapping[str, pd.Index]:
        """The numbers of those in each group."""
        answers = self.frame.answers(self.filter.question)
        groups = self.filter.groups.items()
        return {code: answers.index[answers.isin(group.choices)] for code, group in groups}

    @cached_property
    def _unknown(self) -> pd.Index:
        """The numbers of those who did not say in which group they are."""
        answers = self.frame.answers(self.filter.question)
        return answers.index[answers.isna()]

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        return {code: len(members) for code, members in self._members.items()}

    def size(self, code: str) -> int | None:
        """How many are in this group; None if they are too few to be told."""
        return self._sizes[code] if code in self.told else None

    def completed(self, code: str) -> int | None:
        """How many of a group finished; None if it may not be told."""
        return self._completed.get(code)

    @cached_property
    def _completed(self) -> Mapping[str, int]:
        complete = self.frame.people["complete"].map({True: "complete", False: "partial"})
        told = self._protected(complete, nominal, ("complete", "partial"), self.told)
        both = {code: shares for code, shares in told.items() if all(shares.counts.values())}
        return {code: shares.counts["complete"] for code, shares in both.items()}

    def whole(self, question: QuestionSpec) -> Summary:
        """Everybody's."""
        answers = self.frame.answers(question.code)
        return _measure(question).summarise(answers, question.choice_codes)

    def summaries(
        self, question: QuestionSpec, edges: Sequence[float] = ()
    ) -> Mapping[str, Summary]:
        """Of each group as they may be told; those of which nothing may be are left out.

        `edges`: the classes of a number.
        """
        answers = self.frame.answers(question.code)
        codes = self._tell_whom_it_is_asked(question)
        return self._protected(answers, _measure(question), question.choice_codes, codes, edges)

    def _protected(
        self,
        answers: Column,
        measure: ModuleType,
        choices: Sequence[str],
        codes: Collection[str],
        edges: Sequence[float] = (),
    ) -> Mapping[str, Summary]:
        def of(numbers: pd.Index) -> Summary:
            return measure.summarise(answers.loc[answers.index.isin(numbers)], choices)

        groups = {code: of(members) for code, members in self._members.items() if code in codes}
        whole, unknown = measure.summarise(answers, choices), of(self._unknown).base
        return disclosure.protected(groups, whole, edges, self.least, unknown=unknown)

    def _tell_whom_it_is_asked(self, question: QuestionSpec) -> Collection[str]:
        """The groups that may be told of whom a question with a condition is asked.

        How many answered it would give away a hidden count of the answers that it hangs on.
        """
        condition = question.condition
        if condition is None:
            return self.told
        parent = self.frame.structure.questions[condition.question]
        one_choice = measure_of(parent) in ("nominal", "ordinal")
        told = self.summaries(parent).items()
        return {code for code, s in told if disclosure.tells(s, condition.choices, rest=one_choice)}


def _measure(question: QuestionSpec) -> ModuleType:
    return presentation.of(measure_of(question)).measure
