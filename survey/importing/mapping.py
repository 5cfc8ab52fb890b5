"""The mapping file: which column of a response file is which question, choice and consent.

```yaml
undated: 2021-02-01            # the day of responses that have no date at all
consents:                      # a constant, or the column that says so
  participate: true
  publish_texts: {column: "Q0[SQ001]"}
  name_structure: {column: Q90, agreed: [A1], refused: [A2]}
ignored: [Q77]                 # columns that are left out on purpose
questions:
  structure_type: {column: Q1, choices: {A1: association}, others: {"Q1[other]": autre}}
  evaluation: {columns: {"Q2[SQ001]": echange}, others: {"Q2[other]": autre}, none_ticked: aucune}
  publics_age: {ranks: ["Q3[1]", "Q3[2]"]}
  tiers_lieu: {column: Q4}
```

`choices` says what the file's codes are; our own codes and labels need no saying.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import yaml

from survey.importing import bounds
from survey.importing.files import DROPPED, FACTS
from survey.kinds import Shape, kind_of
from survey.questionnaire import QuestionSpec, Structure, strict_yaml

CONSENTS = ("participate", "publish_texts", "name_structure")
KEYS = ("undated", "consents", "ignored", "questions")
QUESTION_KEYS = ("column", "columns", "ranks", "others", "choices", "none_ticked")
NOTHING_TICKED_IS_NO_ANSWER = "na"
MAIN_KEY = {Shape.CHOICES: "columns", Shape.RANKS: "ranks"}
"""What names the columns of a question of this shape; `column` for every other."""


class MappingError(ValueError):
    """All that is wrong in a mapping file, in French, a line each."""


@dataclass(frozen=True)
class ConsentColumn:
    """A column of Y and N, Oui and Non, or of the codes that are said to be so."""

    column: str
    agreed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


Consent: TypeAlias = bool | ConsentColumn


@dataclass(frozen=True)
class Columns:
    """The columns of one question.

    `own`: each with its choice where it is a tick, else with ""; `others`: those of the texts
    beside « Autre », each with its choice; `choices`: ours, by the file's codes.
    """

    own: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    none_ticked: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.own, *self.others)


@dataclass(frozen=True)
class ImportMapping:
    consents: Mapping[str, Consent]
    questions: Mapping[str, Columns]
    ignored: tuple[str, ...] = ()
    undated: date | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that something is read from."""
        asked = [c.column for c in self.consents.values() if isinstance(c, ConsentColumn)]
        return (*asked, *(name for columns in self.questions.values() for name in columns.all))


def read(text: str, structure: Structure) -> ImportMapping:
    """What this YAML says of a response file; raise MappingError with all that is wrong."""
    try:
        data = strict_yaml(text)
    except yaml.YAMLError as error:
        raise MappingError(f"Ce n’est pas du YAML valable\u00a0: {error}") from error
    reader = _Reader(structure)
    mapping = reader.mapping(data)
    if reader.problems:
        raise MappingError("\n".join(reader.problems))
    return mapping


@dataclass
class _Reader:
    structure: Structure
    problems: list[str] = field(default_factory=list)

    def mapping(self, data: Any) -> ImportMapping:
        values = self._keys(data, KEYS, "correspondance")
        undated = values.get("undated")
        if undated is not None and type(undated) is not date:
            self._fail(
                "undated", f"{undated!r} n’est pas un jour\u202f; écrivez-le ainsi : 2021-02-01"
            )
        elif undated is not None and not bounds.is_possible(undated):
            self._fail("undated", f"{undated} est d’avant {bounds.FIRST_YEAR}, ou à venir")
        mapping = ImportMapping(
            consents=self._consents(values.get("consents")),
            questions=self._questions(values.get("questions")),
            ignored=self._texts(values.get("ignored"), "ignored"),
            undated=undated,
        )
        self._refuse_doubles(mapping)
        return mapping

    def _consents(self, data: Any) -> dict[str, Consent]:
        values = self._keys(data, CONSENTS, "consents")
        return {name: self._consent(values.get(name), f"consents.{name}") for name in CONSENTS}

    def _consent(self, data: Any, key: str) -> Consent:
        if isinstance(data, bool):
            return data
        if data is None:
            self._fail(key, "dites true, false, ou la colonne qui le dit\u00a0: {column: Q90}")
            return False
        values = self._keys(data, ("column", "agreed", "refused"), key)
        agreed, refused = (self._texts(values.get(k), f"{key}.{k}") for k in ("agreed", "refused"))
        return ConsentColumn(self._text(values.get("column"), f"{key}.column"), agreed, refused)

    def _questions(self, data: Any) -> dict[str, Columns]:
        read = {}
        for code, columns in self._pairs(data, "questions").items():
            question = self.structure.questions.get(code)
            if question is None:
                self._fail(f"questions.{code}", "cette question n’existe pas")
            else:
                read[code] = self._columns(question, columns)
        return read

    def _columns(self, question: QuestionSpec, data: Any) -> Columns:
        place = f"questions.{question.code}"
        values = self._keys(data, QUESTION_KEYS, place)
        main = MAIN_KEY.get(kind_of(question).shape, "column")
        for key in {"column", "columns", "ranks"} & values.keys() - {main}:
            self._fail(f"{place}.{key}", f"cette question s’écrit avec «\u00a0{main}\u00a0»")
        given, key = values.get(main), f"{place}.{main}"
        if main == "columns":
            own = self._choices(question, given, key)
        else:
            names = (self._text(given, key),) if main == "column" else self._texts(given, key)
            own = dict.fromkeys(names, "")
        if not own:
            self._fail(key, "nommez au moins une colonne")
        return Columns(
            own,
            self._choices(question, values.get("others"), f"{place}.others", other=True),
            self._choices(question, values.get("choices"), f"{place}.choices"),
            self._none_ticked(question, values.get("none_ticked"), f"{place}.none_ticked"),
        )

    def _choices(
        self, question: QuestionSpec, data: Any, key: str, *, other: bool = False
    ) -> dict[str, str]:
        pairs = {} if data is None else self._pairs(data, key)
        known = question.other_codes if other else frozenset(question.choice_codes)
        for name, choice in pairs.items():
            if choice is None:
                self._fail(f"{key}.{name}", "dites quel choix c’est")
            elif choice not in known:
                kept = ", ".join(sorted(known)) or "aucun"
                self._fail(f"{key}.{name}", f"{choice!r} n’est pas un de ses choix\u00a0: {kept}")
        return pairs

    def _none_ticked(self, question: QuestionSpec, data: Any, key: str) -> str:
        known = (*question.choice_codes, NOTHING_TICKED_IS_NO_ANSWER)
        if data is not None and data not in known:
            self._fail(key, f"{data!r} n’est ni un choix ni {NOTHING_TICKED_IS_NO_ANSWER!r}")
        return data or ""

    def _refuse_doubles(self, mapping: ImportMapping) -> None:
        for column, times in Counter((*mapping.columns, *mapping.ignored)).items():
            if column in FACTS | DROPPED:
                self._fail(column, "cette colonne est lue, ou écartée, d’elle-même\u202f; ôtez-la")
            elif times > 1:
                self._fail(column, "cette colonne est placée deux fois")

    def _keys(self, data: Any, known: tuple[str, ...], place: str) -> dict[str, Any]:
        values = {} if data is None else self._pairs(data, place)
        for key in values.keys() - set(known):
            self._fail(f"{place}.{key}", f"clé inconnue\u202f; il y a {', '.join(known)}")
        return {key: values[key] for key in known if key in values}

    def _pairs(self, data: Any, place: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            self._fail(place, f"il faut des clés et des valeurs, pas {data!r}")
            return {}
        for key in data:
            if not isinstance(key, str):
                self._fail(place, f"mettez {key!r} entre guillemets")
        return {key: value for key, value in data.items() if isinstance(key, str)}

    def _texts(self, data: Any, place: str) -> tuple[str, ...]:
        if data is None:
            return ()
        if not isinstance(data, list):
            self._fail(place, f"il faut une liste, pas {data!r}")
            return ()
        return tuple(self._text(item, place) for item in data)

    def _text(self, data: Any, place: str) -> str:
        if not isinstance(data, str) or not data:
            self._fail(place, f"il faut un texte, pas {data!r}\u202f; mettez-le entre guillemets")
            return ""
        return data

    def _fail(self, place: str, problem: str) -> None:
        self.problems.append(f"{place}\u00a0: {problem}.")
