"""Which choice a text written beside « Autre » counts as: who, when, why; it can be undone.

The only writer of `Answer.coded_as`; `added` is that of the choices made for it. What the person
chose and wrote stays as it is; figures alone follow (`visibility.COUNTED_CHOICE`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from survey import moderation, publication
from survey.added import NewChoice as NewChoice
from survey.added import add as add
from survey.added import forget_unused as forget_unused
from survey.added import named
from survey.counting import Counted, Untrue
from survey.models import Answer, Choice, Decision, Question, Respondent
from survey.moderation import ModerationError, Outcome, User

AT_ONCE = 500


@dataclass(frozen=True)
class Coded(Outcome):
    """`steps`: each text that counts otherwise now, and what the log says of it."""

    steps: tuple[tuple[Answer, Decision], ...] = ()


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
) -> Coded:
    """The same for many, each as it was read; a refusal undoes none of the others."""
    question = target.question
    choice = target if isinstance(target, Choice) else named(question, target.label)
    own = [text for text in texts if text.choice_id and text.question_id == question.pk]
    others = [text for text in texts if not text.choice_id or text.question_id != question.pk]
    outcome = _write(own, choice, by=by, reason=reason)
    forget_unused(question.questionnaire)
    return replace(outcome, refused=(*map(_no_precision, others), *outcome.refused))


def uncode_each(texts: Sequence[Answer], *, by: User, reason: str = "") -> Coded:
    """Count these again as their authors chose."""
    own = [text for text in texts if text.choice_id]
    outcome = _write(own, None, by=by, reason=reason)
    for questionnaire in {text.respondent.questionnaire for text in own}:
        forget_unused(questionnaire)
    others = [text for text in texts if not text.choice_id]
    return replace(outcome, refused=(*map(_no_precision, others), *outcome.refused))


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


def undo_each(steps: Iterable[tuple[Answer, Decision]], *, by: User) -> Coded:
    """Count each text as before its decision, the last on it that stands; each refused apart."""
    refused: list[str] = []
    before: dict[tuple[Question, str, bool], list[Answer]] = defaultdict(list)
    for text, decision in steps:
        standing = moderation.last_standing(_codings(text))
        if standing is None or standing.pk != decision.pk:
            refused.append(str(moderation.changed_meanwhile(text, last_coding(text), by=by)))
            continue
        was_own = decision.counted_before == text.choice.label
        before[text.question, decision.counted_before, was_own].append(text)
    undone: list[tuple[Answer, Decision]] = []
    for (question, label, was_own), texts in before.items():
        choice = None if was_own else add(question, label)
        outcome = _write(texts, choice, by=by, reason=moderation.UNDONE)
        refused += outcome.refused
        undone += outcome.steps
        forget_unused(question.questionnaire)
    return Coded(len(undone), tuple(refused), steps=tuple(undone))


def last_coding(text: Answer) -> Decision | None:
    """Who last decided as what these very words count."""
    return _codings(text).select_related("by").order_by("-pk").first()


def _codings(text: Answer) -> QuerySet[Decision]:
    return Decision.objects.on(text).codings().filter(text=text.text)


def _no_precision(text: Answer) -> str:
    return f"Ce texte de {text.respondent} n’est pas une précision de cette question."


def _write(texts: Sequence[Answer], choice: Choice | None, *, by: User, reason: str) -> Coded:
    refused: list[str] = []
    steps: list[tuple[Answer, Decision]] = []
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        questionnaire = some[0].respondent.questionnaire
        with publication.recording_each(questionnaire, {t.respondent_id for t in some}):
            outcome = _Coding(some, choice, by, " ".join(reason.split())).run()
        refused += outcome.refused
        steps += outcome.steps
    return Coded(len(steps), tuple(refused), steps=tuple(steps))


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
        self.verdicts = dict(
            Respondent.objects.filter(answers__in=self.current).values_list("pk", "verdict")
        )
        self.labels = dict(
            Choice.objects.filter(question__in={text.question_id for text in texts}).values_list(
                "pk", "label"
            )
        )
        self.counted = Counted(texts[0].question, texts) if self.choice else None

    def run(self) -> Coded:
        """Code those that can be, and say why the others are not."""
        refused: list[str] = []
        steps: list[tuple[Answer, Decision]] = []
        for read in self.texts:
            current = self.current.get(read.pk)
            try:
                self._refuse(read, current)
            except (ModerationError, Untrue) as error:
                refused.append(str(error))
                continue
            if current.coded_as_id != self._key:
                steps.append((read, self._told(read, current)))
            read.coded_as = self.choice
        changed = Answer.objects.filter(pk__in=[text.pk for text, _ in steps])
        changed.update(coded_as=self.choice)
        Decision.objects.bulk_create(decision for _, decision in steps)
        return Coded(len(steps), tuple(refused), steps=tuple(steps))

    @property
    def _key(self) -> int | None:
        return self.choice and self.choice.pk

    def _refuse(self, read: Answer, current: Answer | None) -> None:
        if self.is_gone:
            raise ModerationError("Ce choix n’existe plus\u00a0: rechargez la page.")
        if current is None or current.text != read.text:
            raise moderation.changed_meanwhile(read, None, by=self.by)
        if self.choice and self.verdicts[read.respondent_id] == Respondent.Verdict.EXCLUDED:
            raise ModerationError(f"{read.respondent} est exclu\u00a0: rien de lui n’est compté.")
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
