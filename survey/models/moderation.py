"""What moderators read, and what they decided."""

from functools import reduce
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q, Value
from django.db.models.functions import Lower, Replace, Trim
from django.utils import timezone

from survey.french import quoted
from survey.models.questionnaire import Choice, Question
from survey.models.respondent import Answer, Respondent
from survey.questionnaire import NAME_STRUCTURE, PUBLISH_TEXTS


class DecisionQuerySet(models.QuerySet["Decision"]):
    def on(self, text: Answer) -> Self:
        """Those on what this person wrote there, in these words or in others before."""
        return self.filter(
            respondent=text.respondent_id, question=text.question_id, choice=text.choice_id
        )

    def verdicts(self) -> Self:
        return self.exclude(verdict=Decision.CODED)

    def codings(self) -> Self:
        return self.filter(verdict=Decision.CODED)


class Decision(models.Model):
    """One verdict, as it was given: on a text where there is a question, else on the respondent.

    Or which choice a precision counts as: then `verdict` is CODED, and `counted_before` and
    `counted_as` are the labels of the choices, as they were.
    """

    CODED = "coded"

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="decisions")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    # Of a precision, the choice beside which it was written.
    choice = models.ForeignKey(Choice, models.SET_NULL, null=True, blank=True, related_name="+")
    verdict = models.CharField("décision", max_length=10)
    previous = models.CharField("avant", max_length=10, blank=True)
    counted_before = models.CharField("compté avant avec", max_length=200, blank=True)
    counted_as = models.CharField("compté avec", max_length=200, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    text = models.TextField("texte lu", blank=True)
    public_text = models.TextField("texte publié", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.respondent} : {self.verdict_label}"

    @property
    def verdict_label(self) -> str:
        if self.verdict == self.CODED:
            is_back = self.choice is not None and self.counted_as == self.choice.label
            return f"{'remis dans' if is_back else 'compté avec'} {quoted(self.counted_as)}"
        labels: dict[Any, Any] = dict(Answer.Verdict.choices) | dict(Respondent.Verdict.choices)
        return labels.get(self.verdict, self.verdict)


_AUTHOR_AGREED = Q(
    Q(question__consent=PUBLISH_TEXTS, respondent__agreed_to_publish=True)
    | Q(question__consent=NAME_STRUCTURE, respondent__agreed_to_name_structure=True)
)


# The accents that words begin with, or often hold; SQLite refuses many functions in one another,
# and knows the case of plain letters alone.
_PLAIN = {"é": "e", "è": "e", "ê": "e", "É": "e", "à": "a", "â": "a", "À": "a"}
_PLAIN |= {"ç": "c", "î": "i", "ô": "o", "û": "u"}
_FOLDED = reduce(
    lambda words, pair: Replace(words, Value(pair[0]), Value(pair[1])),
    _PLAIN.items(),
    Lower(Trim("text")),
)


class TextQuerySet(models.QuerySet["TextToRead"]):
    def pending(self) -> Self:
        """Not decided yet; those of excluded respondents can never go out and do not wait."""
        excluded = Q(respondent__verdict=Respondent.Verdict.EXCLUDED)
        return self.filter(~excluded, verdict=Answer.Verdict.PENDING)

    def waiting(self) -> Self:
        """Pending, and only a moderator keeps them from being published."""
        return self.pending().filter(agreed=True)

    def precisions(self) -> Self:
        """What was written beside « Autre », and can be counted as another choice."""
        excluded = Q(respondent__verdict=Respondent.Verdict.EXCLUDED)
        return self.filter(~excluded, choice__isnull=False)

    def in_reading_order(self) -> Self:
        return self.order_by(*TextToRead.READING_ORDER)

    def after(self, text: "TextToRead") -> Self:
        """Those that follow this text in the reading order."""
        question = text.question
        same_number = Q(respondent__number=text.respondent.number, pk__gt=text.pk)
        return self.filter(
            Q(question=question) & (Q(respondent__number__gt=text.respondent.number) | same_number)
            | Q(question__section=question.section_id, question__position__gt=question.position)
            | Q(question__section__position__gt=question.section.position)
        ).in_reading_order()


class TextManager(models.Manager.from_queryset(TextQuerySet)):
    def get_queryset(self) -> TextQuerySet:
        """Each text with `agreed`: whether its author gave the consent that it needs."""
        agreed = ExpressionWrapper(_AUTHOR_AGREED, models.BooleanField())
        return super().get_queryset().filter(~Q(text="")).annotate(agreed=agreed)


class TextToRead(Answer):
    """An answer that holds words somebody wrote."""

    # Answers to the same question are read together.
    READING_ORDER = (
        "question__section__position",
        "question__position",
        "respondent__number",
        "pk",
    )
    # Like words together, whatever their capitals and accents.
    CODING_ORDER = (
        "question__section__position",
        "question__position",
        _FOLDED.asc(),
        "respondent__number",
        "pk",
    )

    objects = TextManager()

    class Meta:
        proxy = True
        verbose_name = "texte à lire"
        verbose_name_plural = "textes à lire"
