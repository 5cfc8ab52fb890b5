"""Bringing responses in, all or none, by the doors that people use; and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from survey import coding, events, filling, moderation, publication, responses
from survey.events import Doer
from survey.importing import coded
from survey.importing.placing import Response
from survey.importing.planning import Plan, batches, by_number
from survey.kinds import kind_of
from survey.models import Answer, Decision, Import, Questionnaire, Replaced, Respondent
from survey.moderation import User
from survey.responses import Places, answer_rows

FACTS = (
    *("started_at", "completed_at"),
    *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure"),
)


class NothingToUndo(Exception):
    pass


def write(
    questionnaire: Questionnaire, planned: Plan, *, file: str, by: User | None = None
) -> Import:
    """Bring these in; call it in the transaction in which they were planned."""
    last = max((response.number for response in planned.new), default=0)
    before, after = filling.reserve_up_to(questionnaire, last)
    written = Import.objects.create(
        questionnaire=questionnaire,
        file=file[:200],
        by=by,
        created=len(planned.new),
        changed=len(planned.changes),
        numbers=[response.number for response in planned.new],
        last_number_before=before,
        last_number_after=after,
    )
    places, choices = Places(questionnaire), coded.choices(questionnaire, planned.added_choices)
    for some in batches(planned.new):
        _create(written, some, places, choices)
    coding.forget_unused(questionnaire)
    for some in batches(planned.changes):
        wanted = {each.respondent.pk: (each.facts, each.answers) for each in some}
        _update(questionnaire, wanted, Doer(by, written))
    Replaced.objects.bulk_create(
        Replaced(by_import=written, respondent=change.respondent, before=change.before)
        for change in planned.changes
    )
    return written


def last_import(questionnaire: Questionnaire) -> Import:
    """The last one that was not undone; raise NothingToUndo."""
    last = Import.objects.filter(questionnaire=questionnaire, undone_at=None).first()
    if last is None:
        raise NothingToUndo
    return last


def undo(last: Import, *, by: User | None = None) -> None:
    """Erase whom this import created, and give the others what they had; all or none.

    A text that it had changed is to be read again. Raises NothingToUndo if another import, or
    undoing, came in between.
    """
    with transaction.atomic():
        questionnaire = Questionnaire.objects.select_for_update().get(pk=last.questionnaire_id)
        if last_import(questionnaire).pk != last.pk:
            raise NothingToUndo
        taken_back: set[int] = set()
        doer = Doer(by, last)
        for some in batches(last.numbers):
            taken_back |= _erase(questionnaire, some, doer)
        for some in batches(last.replaced.all()):
            earlier = {each.respondent_id: _earlier(each.before) for each in some}
            _update(questionnaire, earlier, doer)
        last.replaced.all().delete()
        coding.forget_unused(questionnaire)
        last.numbers = [number for number in last.numbers if number not in taken_back]
        last.undone_at, last.undone_by = timezone.now(), by
        _give_back_numbers(last, questionnaire)
        last.save(update_fields=["numbers", "last_number_after", "undone_at", "undone_by"])


def _give_back_numbers(undone: Import, questionnaire: Questionnaire) -> None:
    """Unless somebody took a later one since: nobody has those of the import any longer."""
    if questionnaire.last_number == undone.last_number_after:
        # Those erased before the undoing are nobody else's for ever.
        undone.last_number_after = max([undone.last_number_before, *undone.numbers])
        questionnaire.last_number = undone.last_number_after
        questionnaire.save(update_fields=["last_number"])


def _create(
    written: Import, some: Sequence[Response], places: Places, choices: coded.Choices
) -> None:
    people = [_respondent(written.questionnaire, response) for response in some]
    decisions = [
        moderation.judged(person, response.verdict, by=written.by, reason=response.verdict_reason)
        for person, response in zip(people, some, strict=True)
        if response.is_judged
    ]
    Respondent.objects.bulk_create(people)
    answers: list[Answer] = []
    for person, response in zip(people, some, strict=True):
        own = _answers(person, response, places)
        decisions += coded.decisions(own, response, places, choices, written.by)
        answers += own
    Answer.objects.bulk_create(answers, batch_size=5000)
    Decision.objects.bulk_create(decisions, batch_size=5000)
    publication.announce(written.questionnaire, [person.pk for person in people])


def _respondent(questionnaire: Questionnaire, response: Response) -> Respondent:
    _, person = filling.new_respondent(questionnaire, response.number, response.consents)
    person.started_at = response.started_at
    person.updated_at = response.updated_at
    person.completed_at = response.completed_at
    person.mode = response.mode
    person.version = 1
    given = [code for code, value in response.answers.items() if value is not None]
    person.answer_versions = dict.fromkeys(given, 1)
    return person


def _answers(person: Respondent, response: Response, places: Places) -> list[Answer]:
    questions = person.questionnaire.structure.questions
    rows = {c: kind_of(questions[c]).rows(value) for c, value in response.answers.items()}
    return answer_rows(person, rows, places)


FactsAndAnswers: TypeAlias = tuple[Mapping[str, Any], Mapping[str, Any]]


def _update(
    questionnaire: Questionnaire, changes: Mapping[int, FactsAndAnswers], doer: Doer
) -> None:
    """Change these respondents, by primary key; texts that stay as they were keep their verdict."""
    with publication.recording_each(questionnaire, changes) as people:
        told = (events.consents(person, changes[pk][0]) for pk, person in people.items())
        events.write(chain.from_iterable(told), doer)
        for pk, person in people.items():
            for name, value in changes[pk][0].items():
                setattr(person, name, value)
        if people:
            Respondent.objects.bulk_update(people.values(), FACTS)
        responses.write({person: changes[pk][1] for pk, person in people.items()}, doer)


def _earlier(before: Mapping[str, Any]) -> FactsAndAnswers:
    facts = {name: _from_plain(name, value) for name, value in before["facts"].items()}
    return facts, before["answers"]


def _erase(questionnaire: Questionnaire, numbers: Sequence[int], doer: Doer) -> set[int]:
    """Erase those of these numbers who are there, and return theirs."""
    found = by_number(questionnaire, numbers)
    with publication.recording_each(questionnaire, [p.pk for p in found.values()]) as people:
        events.withdrawn_each(questionnaire, found, doer, events.UNDONE)
        Respondent.objects.filter(pk__in=list(people)).delete()
    return set(found)


def _from_plain(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value and name.endswith("_at") else value
