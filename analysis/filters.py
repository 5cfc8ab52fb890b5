"""Groups of respondents that the report may be filtered by, or that it may compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from django.utils.text import slugify

from analysis import declarations, disclosure
from analysis.declarations import Declaration, FilterSpec
from analysis.frame import Frame
from analysis.summaries import Summary
from analysis.wording import capitalised
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
    def frames(self) -> Mapping[str, Frame]:
        answers = self.frame.answers(self.filter.question)
        return {
            code: self.frame.of(answers.index[answers.isin(group.choices)])
            for code, group in self.filter.groups.items()
        }

    @cached_property
    def told(self) -> frozenset[str]:
        """The groups of which anything may be told."""
        return disclosure.groups_told(self._sizes, len(self.frame), self.least)

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        counts = self.frame.answers(self.filter.question).value_counts()
        return {
            code: int(sum(counts[choice] for choice in group.choices))
            for code, group in self.filter.groups.items()
        }

    def size(self, code: str) -> int | None:
        """How many are in this group; None if they are too few to be told."""
        return self._sizes[code] if code in self.told else None

    def completed(self, code: str) -> int | None:
        """How many of a group finished; None if it may not be told."""
        done = int(self.frames[code].people["complete"].sum())
        parts = (done, self._sizes[code] - done)
        return None if any(0 < part < self.least for part in parts) else done

    def whole(self, measure: ModuleType, question: QuestionSpec) -> Summary:
        """Everybody's."""
        return measure.summarise(self.frame.answers(question.code), question.choice_codes)

    def summaries(
        self, measure: ModuleType, question: QuestionSpec, edges: Sequence[float]
    ) -> Mapping[str, Summary]:
        """Of each group as they may be told; those of which nothing may be are left out."""
        of_groups = {
            code: measure.summarise(frame.answers(question.code), question.choice_codes)
            for code, frame in self.frames.items()
        }
        return disclosure.protected(of_groups, self.whole(measure, question), edges, self.least)
