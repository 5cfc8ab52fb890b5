"""What a report file declares, as frozen dataclasses; every error names file, block and key.

A block stands for each question without being declared; the file says what is special in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.charts import geography as geographies
from analysis.charts.geography import Geography
from analysis.wording import Noun, Phrase
from survey.questionnaire import strict_yaml

REPORTS = Path(__file__).parent / "reports"


class ReportError(ValueError):
    """What is wrong in a report file: which file, block and key, and what to write."""


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
    `groups`: the file that puts its choices together; `map`: that of the places that they are;
    `class_width`: of its histogram, in its unit; `group_by`: the question with one choice whose
    answers its texts stand under.
    """

    sentence: str = ""
    says: Mapping[str, Phrase] = field(default_factory=dict)
    of: str = ""
    by: str = ""
    about: str = ""
    groups: str = ""
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
    groups: Mapping[str, ChoicesTogether] = field(default_factory=dict)
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
    blocks: Mapping[str, BlockSpec] = field(default_factory=dict)
    filters: Mapping[str, FilterSpec] = field(default_factory=dict)

    def block(self, code: str) -> BlockSpec:
        return self.blocks.get(code, BlockSpec())

    def noun(self, code: str) -> Noun:
        """What a block's figures count: its own noun, or people."""
        return self.nouns.get(self.block(code).of, self.people)


def read(questionnaire: str) -> Declaration:
    """The report declared for this questionnaire; raise ReportError if it cannot be read."""
    file = f"{questionnaire}.yaml"
    data = _mapping(_yaml(file), file)
    blocks = {
        code: _block(value or {}, f'{file}, block "{code}"')
        for code, value in _mapping(data.pop("blocks", {}), file).items()
    }
    nouns = _nouns(data.pop("nouns", {}), f'{file}, key "nouns"')
    choices = {
        question: _nouns(of_choices, f'{file}, key "choices", question "{question}"')
        for question, of_choices in _mapping(data.pop("choices", {}), file).items()
    }
    filters = {
        code: _filter(value or {}, f'{file}, filter "{code}"')
        for code, value in _mapping(data.pop("filters", {}), file).items()
    }
    people = _make(Noun, data.pop("people", None), f'{file}, key "people"')
    made = {"file": file, "people": people, "nouns": nouns, "choices": choices, "blocks": blocks}
    made["filters"] = filters
    if "licence" in data:
        made["licence"] = _make(Licence, data["licence"], f'{file}, key "licence"')
    return _make(Declaration, data | made, file)


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
    made = {}
    for label, group in _mapping(_yaml(file), file).items():
        place = f'{file}, group "{label}"'
        made[label] = _together(_mapping(group, place) | {"title": label}, place)
    return made


def _nouns(data: Any, place: str) -> dict[str, Noun]:
    nouns = _mapping(data, place).items()
    return {code: _make(Noun, noun, f'{place}, "{code}"') for code, noun in nouns}


def _filter(data: Any, place: str) -> FilterSpec:
    values = dict(_mapping(data, place))
    groups = _mapping(values.pop("groups", {}), f'{place}, key "groups"')
    made = {code: _together(group, f'{place}, group "{code}"') for code, group in groups.items()}
    return _make(FilterSpec, values | {"groups": made}, place)


def _together(data: Any, place: str) -> ChoicesTogether:
    values = dict(_mapping(data, place))
    values["choices"] = tuple(values.get("choices", ()))
    return _make(ChoicesTogether, values, place)


def _block(data: Any, place: str) -> BlockSpec:
    values = dict(_mapping(data, place))
    tables = tuple(_table(table, place) for table in values.pop("tables", []))
    said = _mapping(values.pop("says", {}), f'{place}, key "says"')
    says = {c: _make(Phrase, phrase, f'{place}, key "says", "{c}"') for c, phrase in said.items()}
    return _make(BlockSpec, values | {"tables": tables, "says": says}, place)


def _table(data: Any, place: str) -> StructureTable:
    values = dict(_mapping(data, f'{place}, key "tables"'))
    for key in ("columns", "where", "order"):
        values[key] = _lines(values.get(key, ()), f'{place}, key "tables": "{key}"')
    return _make(StructureTable, values, f'{place}, key "tables"')


def _lines(data: Any, place: str) -> tuple[str, ...]:
    """A list of words, or one line alone."""
    lines = [data] if isinstance(data, str) else data
    if not isinstance(lines, list | tuple) or not all(isinstance(line, str) for line in lines):
        raise ReportError(f"{place} must be a line or a list of lines, not {data!r}.")
    return tuple(" ".join(line.split()) for line in lines)


def _make(into: type, data: Any, place: str) -> Any:
    values = _mapping(data, place)
    known = [f.name for f in fields(into)]
    for key in values:
        if key not in known:
            raise ReportError(f'{place}: key "{key}" is unknown; use one of {", ".join(known)}.')
    try:
        return into(**values)
    except TypeError as error:
        raise ReportError(f"{place}: {error}.") from error


def _mapping(data: Any, place: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ReportError(f"{place}: expected keys and values, not {data!r}.")
    return data


def _yaml(file: str) -> Any:
    try:
        return strict_yaml((REPORTS / file).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ReportError(f"{file}: the file cannot be read: {error}") from error
