"""A questionnaire as frozen dataclasses, and the YAML file it is read from.

The same types describe what a file says (`read`) and what the database holds
(`models.Questionnaire.structure`): everything that asks, counts or publishes works on them.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import yaml

PUBLISH_TEXTS = "publish_texts"
NAME_STRUCTURE = "name_structure"
TEXT_CONSENTS = (PUBLISH_TEXTS, NAME_STRUCTURE)


FILES = Path(__file__).parent / "questionnaires"

READERS: list[Callable[["Structure"], None]] = []
"""Whoever reads questionnaires may refuse one before it is loaded, by QuestionnaireError."""


class QuestionnaireError(ValueError):
    """What is wrong in a questionnaire file: which file, question and key, and what to write."""


@dataclass(frozen=True)
class ChoiceSpec:
    """`added`: by moderators, to count what was written beside « Autre »; nobody is offered it."""

    code: str
    label: str
    exclusive: bool = False
    other: bool = False
    added: bool = False


@dataclass(frozen=True)
class Condition:
    """Asked if the answer to `question` is one of `any_of`, or is given and none of `none_of`."""

    question: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        return self.any_of or self.none_of

    @property
    def rule(self) -> dict[str, Any]:
        key = "any_of" if self.any_of else "none_of"
        return {"question": self.question, key: list(self.choices)}


@dataclass(frozen=True)
class QuestionSpec:
    """One question. `minimum`, `maximum` are in `unit`; its texts need `consent` to go out.

    `item`: what one thing that it ranks is called, « Public ».
    """

    code: str
    kind: str
    title: str
    label: str
    help: str = ""
    choices: tuple[ChoiceSpec, ...] = ()
    condition: Condition | None = None
    ordered: bool = False
    unit: str = ""
    unit_one: str = ""
    minimum: float | None = None
    maximum: float | None = None
    consent: str = PUBLISH_TEXTS
    item: str = ""

    @cached_property
    def choice_codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    @cached_property
    def choices_by_code(self) -> Mapping[str, ChoiceSpec]:
        return {choice.code: choice for choice in self.choices}

    @cached_property
    def other_codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices if choice.other)

    @cached_property
    def offered(self) -> tuple[ChoiceSpec, ...]:
        """The choices that people have: all that are counted, but those added since."""
        return tuple(choice for choice in self.choices if not choice.added)

    @cached_property
    def ranks(self) -> tuple[str, ...]:
        """« Public n°1 », « Public n°2 » …, as many as it has choices; « n°1 » without `item`."""
        places = range(1, len(self.choices) + 1)
        return tuple(f"{self.item} n°{place}".lstrip() for place in places)


@dataclass(frozen=True)
class SectionSpec:
    code: str
    title: str
    introduction: str = ""
    questions: tuple[QuestionSpec, ...] = ()


@dataclass(frozen=True)
class Structure:
    """A whole questionnaire, in its order."""

    code: str
    title: str
    introduction: str = ""
    guiding_questions: tuple[str, ...] = ()
    sections: tuple[SectionSpec, ...] = field(default=())

    @cached_property
    def questions(self) -> Mapping[str, QuestionSpec]:
        return {q.code: q for section in self.sections for q in section.questions}

    @cached_property
    def as_offered(self) -> "Structure":
        """The questionnaire as people have it, without the choices added to count « Autre »."""
        sections = tuple(
            replace(s, questions=tuple(replace(q, choices=q.offered) for q in s.questions))
            for s in self.sections
        )
        return replace(self, sections=sections)


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key stands once: of two, a file would lose one without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for (key_node, _), key in zip(node.value, keys, strict=True):
            if keys.count(key) > 1:
                problem = f'the key "{key}" stands twice'
                raise yaml.constructor.ConstructorError(
                    "in one place", node.start_mark, problem, key_node.start_mark
                )
        return super().construct_mapping(node, deep)


def strict_yaml(text: str) -> Any:
    """The plain data that this YAML says; raise yaml.YAMLError, for a doubled key too."""
    return yaml.load(text, _StrictLoader)


def file_of(code: str) -> Path:
    """The file of the questionnaire that has this code."""
    return FILES / f"{code}.yaml"


def read(path: Path) -> Structure:
    """Return the questionnaire that this file declares; raise QuestionnaireError if invalid."""
    from survey import checking  # what it checks are the types of this module

    try:
        data = strict_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionnaireError(f"{path.name}: the file cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise QuestionnaireError(f"{path.name}: this is not valid YAML: {error}") from error
    structure = _Reader(path.name).structure(data)
    checking.check(structure, path.name)
    return _with_own_choices(structure)


@dataclass(frozen=True)
class _Reader:
    """Turns plain YAML data into the types above, naming the place of whatever does not fit."""

    place: str

    def structure(self, data: Any) -> Structure:
        values = self._values(data, Structure)
        return Structure(
            **values
            | {
                "guiding_questions": tuple(self._texts(values, "guiding_questions")),
                "sections": tuple(
                    self._at(f"section {_named(s, n)}")._section(s)
                    for n, s in enumerate(self._list(values, "sections"), start=1)
                ),
            }
        )

    def _section(self, data: Any) -> SectionSpec:
        values = self._values(data, SectionSpec)
        questions = [
            _Reader(f"{self.place.split(',')[0]}, question {_named(q, n)}")._question(q)
            for n, q in enumerate(self._list(values, "questions"), start=1)
        ]
        return SectionSpec(**values | {"questions": tuple(questions)})

    def _question(self, data: Any) -> QuestionSpec:
        data = dict(self._mapping(data))
        condition = data.pop("asked_if", None)
        if "condition" in data:
            self._fail("condition", 'is unknown; write "asked_if"')
        values = self._values(data, QuestionSpec)
        choices = tuple(
            self._at(f'key "choices", choice {_named(c, n)}')._choice(c)
            for n, c in enumerate(self._list(values, "choices"), start=1)
        )
        return QuestionSpec(
            **values
            | {
                "choices": choices,
                "condition": condition and self._at('key "asked_if"')._condition(condition),
            }
        )

    def _choice(self, data: Any) -> ChoiceSpec:
        if "added" in self._mapping(data):
            self._fail("added", "is unknown; the choices of a file are offered")
        return ChoiceSpec(**self._values(data, ChoiceSpec))

    def _condition(self, data: Any) -> Condition:
        values = self._values(data, Condition)
        rule = {key: tuple(map(str, self._list(values, key))) for key in ("any_of", "none_of")}
        if bool(rule["any_of"]) == bool(rule["none_of"]):
            self._fail("any_of", "or none_of must list choices, one of the two")
        return Condition(**values | rule)

    def _values(self, data: Any, into: type) -> dict[str, Any]:
        data = self._mapping(data)
        known = {f.name: f for f in fields(into)}
        for key in data:
            if key not in known:
                self._fail(key, f"is unknown; use one of {', '.join(sorted(known))}")
        for name, known_field in known.items():
            required = known_field.default is MISSING and known_field.default_factory is MISSING
            if required and data.get(name) in (None, ""):
                self._fail(name, "is missing")
        return {k: self._typed(k, v, known[k].type) for k, v in data.items() if v is not None}

    def _typed(self, key: str, value: Any, wanted: Any) -> Any:
        if wanted is bool and not isinstance(value, bool):
            self._fail(key, f"must be true or false, not {value!r}")
        if wanted is str and not isinstance(value, str):
            self._fail(key, f"must be text, not {value!r}; put it between quotes")
        if isinstance(value, str) and "\x00" in value:
            self._fail(key, "holds a NUL character, which no database keeps")
        if key in ("minimum", "maximum") and not _is_number(value):
            self._fail(key, f"must be a number, not {value!r}")
        return value.strip() if isinstance(value, str) else value

    def _texts(self, values: Mapping[str, Any], key: str) -> list[str]:
        for item in self._list(values, key):
            if not isinstance(item, str):
                self._fail(key, f"must list texts, not {item!r}; put it between quotes")
        return self._list(values, key)

    def _mapping(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise QuestionnaireError(f"{self.place}: expected keys and values, not {data!r}")
        return data

    def _list(self, values: Mapping[str, Any], key: str) -> list[Any]:
        value = values.get(key, [])
        if not isinstance(value, list):
            self._fail(key, "must be a list")
        return value

    def _at(self, place: str) -> Self:
        return type(self)(f"{self.place}, {place}")

    def _fail(self, key: str, problem: str) -> None:
        raise QuestionnaireError(f'{self.place}: key "{key}" {problem}.')


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _named(data: Any, position: int) -> str:
    code = data.get("code") if isinstance(data, dict) else None
    return f'"{code}"' if code else f"number {position}"


def _with_own_choices(structure: Structure) -> Structure:
    from survey.kinds import kind_of

    sections = tuple(
        replace(s, questions=tuple(replace(q, choices=kind_of(q).choices(q)) for q in s.questions))
        for s in structure.sections
    )
    return replace(structure, sections=sections)
