"""What a file's responses would create and change of those who are there; nothing is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey import filling
from survey.importing.findings import Findings
from survey.importing.placing import AddedChoice, Placed, Response
from survey.kinds import Row, kind_of
from survey.models import Answer, Import, Questionnaire, Respondent

AT_ONCE = 500


@dataclass(frozen=True)
class Change:
    """A respondent who is there, and what their response changes: columns, and answers."""

    respondent: Respondent
    facts: Mapping[str, Any]
    answers: Mapping[str, Any]
    before: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    new: tuple[Response, ...]
    changes: tuple[Change, ...]
    unchanged: int
    added_choices: tuple[AddedChoice, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.new and not self.changes


def plan(questionnaire: Questionnaire, placed: Placed, findings: Findings) -> Plan:
    """What these responses would create and change; numbers that cannot be theirs are told."""
    numbers = _Numbers(questionnaire)
    new: list[Response] = []
    changes: list[Change] = []
    there = 0
    for some in batches(placed.responses):
        people = by_number(questionnaire, [response.number for response in some])
        kept = {p.number: p for p in people.values() if p.number in numbers.imported}
        stored = _stored(questionnaire, kept.values())
        there += len(kept)
        for response in some:
            if response.number in kept:
                person = kept[response.number]
                changes += _change(person, response, stored[person.pk])
            elif _may_be_created(response.number, people, numbers, findings):
                new.append(response)
    _refuse_those_who_no_longer_agree(questionnaire, placed, numbers, findings)
    return Plan(tuple(new), tuple(changes), there - len(changes), placed.added_choices)


class _Numbers:
    """Whose the numbers are that were given so far."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        imports = list(Import.objects.filter(questionnaire=questionnaire))
        self.imported = {number for done in imports for number in done.numbers}
        self.last = Questionnaire.objects.values_list("last_number", flat=True).get(
            pk=questionnaire.pk
        )
        self.reserved = [(done.last_number_before, done.last_number_after) for done in imports]

    def was_given_here(self, number: int) -> bool:
        """Whether somebody who started on this site has or had this number."""
        if number == 0 or number > self.last:
            return False
        return not any(before < number <= after for before, after in self.reserved)


def _may_be_created(
    number: int, people: Collection[int], numbers: _Numbers, findings: Findings
) -> bool:
    name = f"#{number}"
    if number in numbers.imported:
        findings.remark("effacé depuis un premier import\u00a0: laissé de côté.", line=name)
        return False
    if number in people or numbers.was_given_here(number):
        findings.refuse(
            "ce numéro est celui d’une personne qui a répondu ici\u00a0: importez avant "
            "l’ouverture du questionnaire, ou changez les numéros dans le fichier.",
            line=name,
        )
        return False
    return True


def _refuse_those_who_no_longer_agree(
    questionnaire: Questionnaire, placed: Placed, numbers: _Numbers, findings: Findings
) -> None:
    for some in batches(sorted(placed.refused & numbers.imported)):
        for number in by_number(questionnaire, some):
            findings.refuse(
                "importé avant, et n’accepte plus de participer\u00a0: effacez d’abord ce "
                "répondant dans l’administration.",
                line=f"#{number}",
            )


def by_number(questionnaire: Questionnaire, numbers: Sequence[int]) -> dict[int, Respondent]:
    people = Respondent.objects.filter(questionnaire=questionnaire, number__in=numbers)
    return {person.number: person for person in people.order_by("number")}


_ROW = ("respondent_id", "question__code", "choice__code", "rank", "number", "text")


def _stored(
    questionnaire: Questionnaire, people: Iterable[Respondent]
) -> dict[int, dict[str, Any]]:
    """The value of each answer there is, by respondent's primary key and question."""
    rows: dict[int, dict[str, list[Row]]] = {person.pk: {} for person in people}
    answers = Answer.objects.filter(respondent__in=list(rows))
    for pk, code, *columns in answers.order_by("rank", "choice__position").values_list(*_ROW):
        rows[pk].setdefault(code, []).append(Row(*columns))
    questions = questionnaire.structure.questions
    return {
        pk: {code: kind_of(questions[code]).value(own) for code, own in by_code.items()}
        for pk, by_code in rows.items()
    }


def _change(person: Respondent, response: Response, stored: Mapping[str, Any]) -> list[Change]:
    """What is to be changed of this person, in a list, empty if nothing is."""
    facts = {n: v for n, v in _facts(response).items() if getattr(person, n) != v}
    answers = {code: v for code, v in response.answers.items() if v != stored.get(code)}
    if not facts and not answers:
        return []
    before = {
        "facts": {name: _plain(getattr(person, name)) for name in facts},
        "answers": {code: stored.get(code) for code in answers},
    }
    return [Change(person, facts, answers, before)]


def _facts(response: Response) -> dict[str, Any]:
    dates = {"started_at": response.started_at, "completed_at": response.completed_at}
    return dates | filling.agreed(response.consents)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
