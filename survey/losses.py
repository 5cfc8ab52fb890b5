"""What a new version of a question would take from the answers given to the old one."""

from collections.abc import Collection, Iterator

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from survey.french import number
from survey.models import Answer, Question, Questionnaire
from survey.questionnaire import QuestionSpec
from survey.visibility import COUNTED_CODE


def of_question(questionnaire: Questionnaire, new: QuestionSpec) -> Iterator[tuple[str, str]]:
    """Pairs of key and problem; none where the question is new or nobody answered it."""
    stored = Question.objects.filter(questionnaire=questionnaire, code=new.code).first()
    if stored is None:
        return
    answers = Answer.objects.filter(question=stored)
    yield from _precisions(answers, new)
    yield from _bounds(answers, new)
    newly = {c.code for c in new.choices if c.exclusive} - _exclusive_codes(stored)
    yield from _exclusive(answers, newly)
    if new.consent != stored.consent and answers.exclude(text="").exists():
        yield "consent", "changes, but texts were written under the other consent"


def _precisions(answers: QuerySet[Answer], new: QuestionSpec) -> Iterator[tuple[str, str]]:
    specified = answers.exclude(text="").exclude(choice=None)
    for code in specified.values_list("choice__code", flat=True).distinct():
        if code not in new.other_codes:
            yield "choices", f'takes "other" from "{code}", which people have specified'


def _bounds(answers: QuerySet[Answer], new: QuestionSpec) -> Iterator[tuple[str, str]]:
    given = answers.aggregate(least=Min("number"), most=Max("number"))
    if given["least"] is None:
        return
    if new.minimum is not None and given["least"] < new.minimum:
        yield "minimum", f"is above an answer already given, {number(given['least'])}"
    if new.maximum is not None and given["most"] > new.maximum:
        yield "maximum", f"is below an answer already given, {number(given['most'])}"


def _exclusive_codes(stored: Question) -> set[str]:
    return set(stored.choices.filter(exclusive=True).values_list("code", flat=True))


def _exclusive(answers: QuerySet[Answer], newly: Collection[str]) -> Iterator[tuple[str, str]]:
    """`newly`: the choices that become exclusive; those that are already stood alone all along."""
    if not newly:
        return
    together = answers.filter(respondent=OuterRef("respondent")).values("respondent")
    together = together.annotate(made=Count("pk")).filter(made__gt=1)
    both = answers.annotate(counted=COUNTED_CODE).filter(Exists(together), counted__in=newly)
    for code in both.values_list("counted", flat=True).distinct():
        yield "choices", f'makes "{code}" exclusive, which people have ticked with others'
