"""What publishing a text, or counting it elsewhere, changes on the public page."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from survey import conditions
from survey.french import number, quoted
from survey.models import Answer, Choice, Question, Respondent, TextToRead
from survey.questionnaire import NAME_STRUCTURE, Condition
from survey.visibility import COUNTED, COUNTED_CHOICE, MAY_BE_READ


def sentence(text: TextToRead) -> str:
    """Where the text may be read if it is published, beside how many others; "" if it may not."""
    if not text.agreed:
        return ""
    if text.respondent.verdict != Respondent.Verdict.COUNTED:
        state = quoted(text.respondent.get_verdict_display())
        return f"Rien de {text.respondent} ne paraît\u00a0: ce répondant est {state}."
    if text.question.consent == NAME_STRUCTURE:
        return _among_structures(text)
    if not _asked(text.question, text.respondent):
        return (
            f"Ne paraîtra pas\u00a0: d’après ses autres réponses, la question n’est plus posée "
            f"à {text.respondent}."
        )
    return _in_its_block(text)


def counts(question: Question) -> dict[int, int]:
    """How many people the report counts with each choice, by the choice's primary key."""
    chosen = Answer.objects.filter(COUNTED, question=question, choice__isnull=False)
    counted = _of_those_asked(chosen, question).annotate(counted=COUNTED_CHOICE).order_by()
    return dict(counted.values_list("counted").annotate(Count("respondent", distinct=True)))


def counts_with(question: Question, texts: Iterable[Answer]) -> dict[int, int]:
    """The same for each choice, once all these texts count as it."""
    authors = {text.respondent_id for text in texts}
    own = Answer.objects.filter(
        COUNTED, question=question, choice__isnull=False, respondent__in=authors
    )
    rows = _of_those_asked(own, question).annotate(counted=COUNTED_CHOICE).order_by()
    there = set(rows.values_list("respondent", "counted"))
    people = {person for person, _ in there}
    before = counts(question)
    return {
        pk: before.get(pk, 0) + sum((person, pk) not in there for person in people)
        for pk in question.choices.values_list("pk", flat=True)
    }


def from_to(before: int, after: int) -> str:
    """« 24 → 25 »; « 24 » if it stays."""
    if before == after:
        return number(before)
    return f"{number(before)}\u00a0→\u00a0{number(after)}"


def moved(question: Question, before: Mapping[int, int], after: Mapping[int, int]) -> str:
    """« Association 24 → 25, Autre 10 → 9 »; "" if no figure is another."""
    labels = dict(Choice.objects.filter(question=question).values_list("pk", "label"))
    return ", ".join(
        f"{label} {from_to(before.get(pk, 0), after.get(pk, 0))}"
        for pk, label in labels.items()
        if before.get(pk, 0) != after.get(pk, 0)
    )


def of_each(texts: Iterable[TextToRead]) -> list[str]:
    """What publishing all of these, whose authors agreed, changes: one sentence a question."""
    by_question: dict[Question, list[TextToRead]] = {}
    silent = 0
    for text in texts:
        if text.respondent.verdict == Respondent.Verdict.COUNTED:
            by_question.setdefault(text.question, []).append(text)
        else:
            silent += 1
    changes = [_of_question(question, own) for question, own in by_question.items()]
    nowhere = f"Nulle part\u00a0: {number(silent)}, de répondants qui ne sont pas comptés."
    return [*changes, nowhere] if silent else changes


def _of_question(question: Question, texts: list[TextToRead]) -> str:
    if question.consent == NAME_STRUCTURE:
        return (
            f"{quoted(question.title)}\u00a0: {number(len(texts))} dans les tableaux de structures."
        )
    before, after = _published(question), _published(question, texts)
    return (
        f"Bloc {quoted(question.title)}, sous les numéros\u00a0: {_texts(before)}\u00a0→\u00a0"
        f"{number(after)}."
    )


def _among_structures(text: TextToRead) -> str:
    where = "dans les tableaux de structures, jamais à côté du numéro de la personne"
    return f"Paraît {where}." if _is_public(text) else f"Paraîtra {where}."


def _in_its_block(text: TextToRead) -> str:
    count = _published(text.question)
    where = f"sous le numéro {text.respondent} dans le bloc {quoted(text.question.title)}"
    if _is_public(text):
        left = f"s’il n’est plus publié, {number(count)}\u00a0→\u00a0{number(count - 1)}"
        return f"Paraît {where}\u00a0: {_texts(count)}\u202f; {left}."
    return f"Paraîtra {where}\u00a0: {_texts(count)}\u00a0→\u00a0{number(count + 1)}."


def _is_public(text: TextToRead) -> bool:
    return text.verdict in Answer.PUBLIC_VERDICTS


def _texts(count: int) -> str:
    return f"{number(count)} {'textes publiés' if count > 1 else 'texte publié'}"


def _published(question: Question, more: Iterable[TextToRead] = ()) -> int:
    """How many texts of this question the public page counts, or would with some `more`.

    Those of whom it is asked.
    """
    may_be_read = MAY_BE_READ | Q(pk__in=[text.pk for text in more])
    public = Answer.objects.filter(COUNTED & may_be_read, question=question)
    return _of_those_asked(public, question).values("respondent").distinct().count()


def _asked(question: Question, respondent: Respondent) -> bool:
    own = Answer.objects.filter(question=question, respondent=respondent)
    return _of_those_asked(own, question).exists()


def _of_those_asked(answers: QuerySet[Answer], question: Question) -> QuerySet[Answer]:
    """Those of the answers to this question whose authors it is asked of."""
    for condition in conditions.of(question.questionnaire.structure, question.code):
        answers = answers.filter(_held(condition))
    return answers


def _held(condition: Condition) -> Exists | Q:
    given = Answer.objects.filter(
        respondent=OuterRef("respondent"),
        question__code=condition.question,
        choice__isnull=False,
    )
    chosen = Exists(given.filter(choice__code__in=condition.choices))
    return chosen if condition.any_of else Q(Exists(given)) & ~Q(chosen)
