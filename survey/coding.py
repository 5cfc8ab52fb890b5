"""Which choice a text written beside « Autre » counts as: who, when, why; it can be undone.

The only writer of `Answer.coded_as` and of the choices added for it. What the person chose and
wrote stays as it is; figures alone follow (`visibility.COUNTED_CHOICE`).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from survey import moderation, publication
from survey.counting import Counted, Untrue
from survey.models import Answer, Choice, Decision, Question, Questionnaire, Respondent
from survey.moderation import ModerationError, Outcome, User

AT_ONCE = 500
CODE_LENGTH = 50
NOT_CODES = frozenset({"na"})
"""What the report calls no answer by."""


@dataclass(frozen=True)
class NewChoice:
    """One that the question has not: it is made once a text counts as it."""

    question: Question
    label: str


def code(text: Answer, target: Choice | NewChoice, *, by: User, reason: str = "") -> None:
    """Count this precision as that choice, in the place of « Autre »; raise ModerationError."""
    _one(code_each([text], target, by=by, reason=reason))


def uncode(text: Answer, *, by: User, reason: str = "") -> None:
    """Count this precision again as what its author chose."""
    _one(uncode_each([text], by=by, reason=reason))


def _one(outcome: Outcome) -> None:
    if outcome.refused:
        raise ModerationError(outcome.refused[0])


def code_each(
    texts: Sequence[Answer], target: Choice | NewChoice, *, by: User, reason: str = ""
) -> Outcome:
    """The same for many, each as it was read; a refusal undoes none of the others."""
    question = target.question
    choice = target if isinstance(target, Choice) else add(question, target.label)
    own = [text for text in texts if text.choice_id and text.question_id == question.pk]
    others = [text for text in texts if not text.choice_id or text.question_id != question.pk]
    outcome = _write(own, choice, by=by, reason=reason)
    forget_unused(question.questionnaire)
    return Outcome(outcome.decided, (*map(_no_precision, others), *outcome.refused))


def uncode_each(texts: Sequence[Answer], *, by: User, reason: str = "") -> Outcome:
    """Count these again as their authors chose."""
    own = [text for text in texts if text.choice_id]
    outcome = _write(own, None, by=by, reason=reason)
    for questionnaire in {text.respondent.questionnaire for text in own}:
        forget_unused(questionnaire)
    others = [text for text in texts if not text.choice_id]
    return Outcome(outcome.decided, (*map(_no_precision, others), *outcome.refused))


def add(question: Question, label: str, code: str = "") -> Choice:
    """The choice of this label, made if the question has none; before « Autre » in its order."""
    label = " ".join(label.split())
    if not label:
        raise ModerationError("Donnez un nom à ce nouveau choix.")
    with transaction.atomic():
        # Of two who add the same, the second finds that of the first.
        Questionnaire.objects.select_for_update().get(pk=question.questionnaire_id)
        choices = list(Choice.objects.filter(question=question))
        for choice in choices:
            if choice.label.casefold() == label.casefold():
                return choice
        before = [c.position for c in choices if not (c.other or c.exclusive)]
        place = max(before, default=-1) + 1
        if any(choice.position == place for choice in choices):
            after = Choice.objects.filter(question=question, position__gte=place)
            after.update(position=F("position") + 1)
        added = Choice.objects.create(
            question=question,
            code=_free_code(code or label, {choice.code for choice in choices}),
            label=label,
            position=place,
            added=True,
        )
        question.questionnaire.restructured()
    return added


def _free_code(label: str, taken: set[str]) -> str:
    wanted = slugify(re.sub("['’]", " ", label)).replace("-", "_")[: CODE_LENGTH - 4] or "choix"
    free, place = wanted, 1
    while free in taken | NOT_CODES:
        place += 1
        free = f"{wanted}_{place}"
    return free


def forget_unused(questionnaire: Questionnaire) -> None:
    """Drop the added choices as which nothing counts any longer."""
    with transaction.atomic():
        added = Choice.objects.filter(question__questionnaire=questionnaire, added=True)
        # Locked, then looked at: nobody codes as them in between.
        locked = [choice.pk for choice in added.select_for_update()]
        used = Answer.objects.filter(coded_as__in=locked).values("coded_as")
        gone, _ = added.filter(pk__in=locked).exclude(pk__in=used).delete()
        if gone:
            questionnaire.restructured()


def drop_untrue(people: Iterable[Respondent], questions: Collection[str]) -> list[Answer]:
    """Count again as chosen what can count no longer as it did, of those who changed these answers.

    Return what did; the log is for whoever calls.
    """
    coded = Answer.objects.filter(
        respondent__in=[person.pk for person in people],
        question__code__in=questions,
        coded_as__isnull=False,
    ).select_related("respondent", "question__questionnaire", "coded_as")
    untrue: list[Answer] = []
    for question in {text.question for text in coded}:
        own = [text for text in coded if text.question == question]
        counted = Counted(question, own)
        untrue += [text for text in own if not counted.may_be(text, text.coded_as)]
    Answer.objects.filter(pk__in=[text.pk for text in untrue]).update(coded_as=None)
    return untrue


def coded(answer: Answer, choice: Choice, own: str, *, by: User) -> Decision:
    """Code an answer that is yet to be stored; return the log's line, to store too.

    For writing many at once. `own`: the label of the choice that its author made.
    """
    answer.coded_as = choice
    return _decision(answer, own, choice.label, by=by)


def _decision(
    answer: Answer, before: str, counted_as: str, *, by: User, reason: str = ""
) -> Decision:
    return Decision(
        respondent=answer.respondent,
        question_id=answer.question_id,
        choice_id=answer.choice_id,
        verdict=Decision.CODED,
        counted_before=before,
        counted_as=counted_as,
        reason=reason,
        text=answer.text,
        by=by,
    )


def last_coding(text: Answer) -> Decision | None:
    """Who last decided as what these very words count."""
    own = Decision.objects.on(text).codings().filter(text=text.text)
    return own.select_related("by").order_by("-pk").first()


def _no_precision(text: Answer) -> str:
    return f"Ce texte de {text.respondent} n’est pas une précision de cette question."


def _write(texts: Sequence[Answer], choice: Choice | None, *, by: User, reason: str) -> Outcome:
    refused: list[str] = []
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        questionnaire = some[0].respondent.questionnaire
        with publication.recording_each(questionnaire, {t.respondent_id for t in some}):
            refused += _Coding(some, choice, by, " ".join(reason.split())).run()
    return Outcome(len(texts) - len(refused), tuple(refused))


class _Coding:
    """Some texts to be coded as one choice, or as none; their respondents are locked."""

    def __init__(
        self, texts: Sequence[Answer], choice: Choice | None, by: User, reason: str
    ) -> None:
        self.texts, self.by, self.reason = texts, by, reason
        self.choice = choice and Choice.objects.select_for_update().filter(pk=choice.pk).first()
        self.is_gone = choice is not None and self.choice is None
        locked = Answer.objects.select_for_update().filter(pk__in=[text.pk for text in texts])
        self.current = {answer.pk: answer for answer in locked}
        self.labels = dict(
            Choice.objects.filter(question__in={text.question_id for text in texts}).values_list(
                "pk", "label"
            )
        )
        self.counted = Counted(texts[0].question, texts) if self.choice else None

    def run(self) -> list[str]:
        """Code those that can be; return why the others are not."""
        refused: list[str] = []
        coded: list[int] = []
        decisions: list[Decision] = []
        for read in self.texts:
            current = self.current.get(read.pk)
            try:
                self._refuse(read, current)
            except (ModerationError, Untrue) as error:
                refused.append(str(error))
                continue
            if current.coded_as_id != self._key:
                coded.append(current.pk)
                decisions.append(self._told(read, current))
            read.coded_as = self.choice
        Answer.objects.filter(pk__in=coded).update(coded_as=self.choice)
        Decision.objects.bulk_create(decisions)
        return refused

    @property
    def _key(self) -> int | None:
        return self.choice and self.choice.pk

    def _refuse(self, read: Answer, current: Answer | None) -> None:
        if self.is_gone:
            raise ModerationError("Ce choix n’existe plus\u00a0: rechargez la page.")
        if current is None or current.text != read.text:
            raise moderation.changed_meanwhile(read, None, by=self.by)
        if current.coded_as_id not in (read.coded_as_id, self._key):
            raise moderation.changed_meanwhile(read, last_coding(current), by=self.by)
        if self.choice:
            self.counted.refuse(read, self.choice)
            self.counted.count(read, self.choice)

    def _told(self, read: Answer, current: Answer) -> Decision:
        own = self.labels[current.choice_id]
        before = self.labels.get(current.coded_as_id, own)
        after = self.choice.label if self.choice else own
        return _decision(read, before, after, by=self.by, reason=self.reason)
