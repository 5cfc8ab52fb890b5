"""Write planned respondents: one by one as people do, or many at once for benchmarks."""

from collections.abc import Callable, Iterable
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from survey import filling, moderation, publication, responses
from survey.demo.plan import PlannedRespondent
from survey.filling import Consents
from survey.kinds import kind_of
from survey.models import Answer, Decision, Questionnaire, Respondent

BATCH = 1000

Progress = Callable[[int], None]


def write_each(
    questionnaire: Questionnaire,
    plan: Iterable[PlannedRespondent],
    *,
    by: AbstractBaseUser,
    progress: Progress,
) -> None:
    """Fill in and moderate each, through the doors that people use; all or none."""
    with transaction.atomic():
        for count, planned in enumerate(plan, start=1):
            respondent, _ = filling.start(questionnaire, Consents(*planned.consents))
            _fill_in(respondent, planned)
            _moderate(respondent, planned, by)
            progress(count)


def _fill_in(respondent: Respondent, planned: PlannedRespondent) -> None:
    for section in respondent.questionnaire.structure.sections:
        answers = {
            q.code: planned.answers[q.code] for q in section.questions if q.code in planned.answers
        }
        if answers:
            filling.save(respondent, respondent.version, answers)
    if planned.completed_at:
        filling.complete(respondent)
    # It happened then, not now.
    with publication.recording(respondent) as locked:
        locked.started_at = planned.started_at
        locked.completed_at = planned.completed_at
        locked.updated_at = planned.completed_at or planned.started_at
        locked.save(update_fields=["started_at", "completed_at", "updated_at"])


def _moderate(respondent: Respondent, planned: PlannedRespondent, by: AbstractBaseUser) -> None:
    answers = moderation.texts().filter(respondent=respondent)
    for answer in answers.filter(question__code__in=planned.verdicts):
        verdict, public_text = _verdict(planned, answer.question.code)
        if verdict == Answer.Verdict.APPROVED:
            moderation.approve(answer, by=by)
        elif verdict == Answer.Verdict.REDACTED:
            moderation.redact(answer, public_text, by=by)
        else:
            moderation.reject(answer, by=by)


def write_many(
    questionnaire: Questionnaire,
    plan: Iterable[PlannedRespondent],
    *,
    by: AbstractBaseUser,
    progress: Progress,
) -> None:
    """Write the same rows in batches; each batch is all or none."""
    places = responses.Places(questionnaire)
    written = 0
    remaining = iter(plan)
    while batch := tuple(islice(remaining, BATCH)):
        with transaction.atomic():
            _write_batch(questionnaire, batch, places, by)
        written += len(batch)
        progress(written)


def _write_batch(
    questionnaire: Questionnaire,
    batch: tuple[PlannedRespondent, ...],
    places: responses.Places,
    by: AbstractBaseUser,
) -> None:
    numbers = filling.reserve_numbers(questionnaire, len(batch))
    respondents = Respondent.objects.bulk_create(
        _respondent(questionnaire, number, planned)
        for number, planned in zip(numbers, batch, strict=True)
    )
    answers, decisions = [], []
    for respondent, planned in zip(respondents, batch, strict=True):
        own = _answers(respondent, planned, places)
        decisions += _decisions(own, planned, by)
        answers += own
    Answer.objects.bulk_create(answers, batch_size=5000)
    Decision.objects.bulk_create(decisions, batch_size=5000)
    publication.announce(questionnaire, [respondent.pk for respondent in respondents])


def _respondent(
    questionnaire: Questionnaire, number: int, planned: PlannedRespondent
) -> Respondent:
    _, respondent = filling.new_respondent(questionnaire, number, Consents(*planned.consents))
    respondent.started_at = planned.started_at
    respondent.completed_at = planned.completed_at
    respondent.updated_at = planned.completed_at or planned.started_at
    respondent.version = 1
    respondent.answer_versions = dict.fromkeys(planned.answers, 1)
    return respondent


def _answers(
    respondent: Respondent, planned: PlannedRespondent, places: responses.Places
) -> list[Answer]:
    structure = respondent.questionnaire.structure
    cleaned = responses.clean(structure, planned.answers)
    rows = {c: kind_of(structure.questions[c]).rows(value) for c, value in cleaned.items()}
    return responses.answer_rows(respondent, rows, places)


def _decisions(
    answers: list[Answer], planned: PlannedRespondent, by: AbstractBaseUser
) -> list[Decision]:
    decisions = []
    for answer in answers:
        if answer.text and answer.question.code in planned.verdicts:
            verdict, public_text = _verdict(planned, answer.question.code)
            decisions.append(moderation.decided(answer, verdict, by=by, public_text=public_text))
    return decisions


def _verdict(planned: PlannedRespondent, code: str) -> tuple[str, str]:
    verdict = planned.verdicts[code]
    return (verdict, "") if isinstance(verdict, str) else verdict
