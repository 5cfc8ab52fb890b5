"""What a report file declares, as frozen dataclasses; every error names file, block and key.

A block stands for each question without being declared; the file says what is special in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.charts import geography as geographies
from analysis.charts.geography import Geography
from analysis.typed import ReportError, keyed, make
from analysis.wording import Noun, Phrase
from survey.french import quoted
from survey.questionnaire import Structure, strict_yaml

REPORTS = Path(__file__).parent / "reports"


@dataclass(frozen=True)
class StructureTable:
    """A table of structures: the first column is their name; a ranking spreads over its items.

    `where`: conditions as criteria.py reads them, that all hold; `order`: columns to sort by, each
    with « descending » or not, by the first one if left out.
    """

    title: str
    columns: tuple[str, ...]
    where: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlockSpec:
    """What is special in a block.

    `says`: how giving a choice is said; `of`: the noun its figures count; `by`: the question with
    one choice that it is crossed with; `about`: the choice that the crossing's sentence speaks of;
    `groups`: the file that puts its choices together, `groups_title` over their table; `map`: that
    of the places that they are; `class_width`: of its histogram, in its unit; `group_by`: the
    question with one choice whose answers its texts stand under.
    """

    sentence: str = ""
    says: Mapping[str, Phrase] = field(default_factory=dict)
    of: str = ""
    by: str = ""
    about: str = ""
    groups: str = ""
    groups_title: str = "Réponses regroupées"
    map: str = ""
    chart: str = ""
    class_width: float | None = None
    group_by: str = ""
    tables: tuple[StructureTable, ...] = ()


@dataclass(frozen=True)
class ChoicesTogether:
    """`within`: how a sentence says to be among them, « dans les Pays de la Loire »."""

    title: str
    choices: tuple[str, ...]
    within: str = ""


@dataclass(frozen=True)
class FilterSpec:
    """Groups that readers may ask for: one a choice of `question`, or of choices put together.

    `question`: the filter's own code where left out; `groups`: by code; `file`: of groups, instead.
    """

    question: str = ""
    title: str = ""
    groups: Mapping[str, ChoicesTogether] = field(default_factory=dict, metadata={"one": "group"})
    file: str = ""


@dataclass(frozen=True)
class Licence:
    """Under which anybody may use the open figures; `name`: its SPDX identifier."""

    name: str
    title: str
    path: str


@dataclass(frozen=True)
class Declaration:
    file: str
    title: str
    people: Noun
    licence: Licence | None = None
    nouns: Mapping[str, Noun] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Noun]] = field(default_factory=dict)
    blocks: Mapping[str, BlockSpec] = field(default_factory=dict, metadata={"one": "block"})
    filters: Mapping[str, FilterSpec] = field(default_factory=dict, metadata={"one": "filter"})

    def block(self, code: str) -> BlockSpec:
        return self.blocks.get(code, BlockSpec())

    def noun(self, code: str) -> Noun:
        """What a block's figures count: its own noun, or people."""
        return self.nouns.get(self.block(code).of, self.people)


def read(questionnaire: str) -> Declaration:
    """The report declared for this questionnaire; raise ReportError if it cannot be read."""
    file = f"{questionnaire}.yaml"
    return make(Declaration, _yaml(file), file, file=file)


@cache
def groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """Choices put together under a label, from the file of that name: departments by region."""
    return {label: made.choices for label, made in _together_in(name).items()}


@cache
def within(name: str) -> Mapping[str, str]:
    """How a sentence says to be in each group of that file: « en Bretagne »."""
    return {label: made.within for label, made in _together_in(name).items()}


@cache
def geography(name: str) -> Geography:
    """The places that maps of that name draw; raise ReportError if the file has none."""
    file = f"{name}.json"
    try:
        return geographies.read(REPORTS / file)
    except (OSError, KeyError, ValueError) as error:
        raise ReportError(f"{file}: no map can be read from it: {error!r}.") from error


def _together_in(name: str) -> dict[str, ChoicesTogether]:
    file = f"{name}.yaml"
    groups = keyed(_yaml(file), file).items()
    return {
        label: make(ChoicesTogether, group, f'{file}, group "{label}"', title=label)
        for label, group in groups
    }


def _yaml(file: str) -> Any:
    try:
        return strict_yaml((REPORTS / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReportError(f"{file}: the file cannot be read: {error}") from error


def nouns(declaration: Declaration, structure: Structure, code: str) -> Mapping[str, Noun]:
    """How the choices of a question are said within a sentence; none of no question.

    A report file does not know those that moderators added: « 3 réponses « Fondation » ».
    """
    question = structure.questions.get(code)
    added = {c.code: quoted(c.label) for c in question.choices if c.added} if question else {}
    said = {
        code: Noun(f"réponse {label}", f"réponses {label}", feminine=True)
        for code, label in added.items()
    }
    return said | declaration.choices.get(code, {})
