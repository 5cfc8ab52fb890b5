"""What is stored: the questionnaire, its respondents, their answers, the decisions on them."""

from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone

from survey.kinds.base import Row, Shape
from survey.questionnaire import (
    NAME_STRUCTURE,
    PUBLISH_TEXTS,
    ChoiceSpec,
    Condition,
    QuestionSpec,
    SectionSpec,
    Structure,
)


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def current(self) -> "Questionnaire":
        """The questionnaire that this site asks and reports on."""
        return self.get(code=settings.QUESTIONNAIRE)


class Questionnaire(models.Model):
    code = models.SlugField("code", unique=True)
    title = models.CharField("titre", max_length=300)
    introduction = models.TextField("introduction", blank=True)
    guiding_questions = models.JSONField("questions directrices", default=list, blank=True)
    opens_at = models.DateTimeField("ouverture", null=True, blank=True)
    closes_at = models.DateTimeField("clôture", null=True, blank=True)
    circulation = models.TextField(
        "diffusion",
        blank=True,
        help_text="Quand et comment le questionnaire a circulé ; paraît sous « Participation ».",
    )
    source = models.JSONField(default=dict, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    structure_revision = models.PositiveBigIntegerField(default=0, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "questionnaire"

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        opened = self.opens_at is None or self.opens_at <= now
        return opened and (self.closes_at is None or now < self.closes_at)

    @cached_property
    def structure(self) -> Structure:
        """The questionnaire as it is asked, in four queries."""
        sections = self.sections.prefetch_related("questions__choices")
        return Structure(
            code=self.code,
            title=self.title,
            introduction=self.introduction,
            guiding_questions=tuple(self.guiding_questions),
            sections=tuple(section.spec for section in sections),
        )

    def restructured(self) -> None:
        """Tell every reader that wording, choices or conditions have changed."""
        type(self).objects.filter(pk=self.pk).update(
            structure_revision=F("structure_revision") + 1, revised_at=timezone.now()
        )
        self.__dict__.pop("structure", None)
        self.refresh_from_db(fields=["structure_revision", "revised_at"])


class Section(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    code = models.SlugField("code")
    title = models.CharField("titre", max_length=200)
    introduction = models.TextField("introduction", blank=True)
    position = models.PositiveSmallIntegerField("place", default=0)
    source = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = "partie"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="section_code_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spec(self) -> SectionSpec:
        questions = tuple(question.spec for question in self.questions.all())
        return SectionSpec(self.code, self.title, self.introduction, questions)


class Question(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    code = models.SlugField("code")
    kind = models.CharField("type", max_length=30)
    title = models.CharField("titre court", max_length=200)
    label = models.TextField("question")
    help = models.TextField("aide", blank=True)
    position = models.PositiveSmallIntegerField("place", default=0)
    ordered = models.BooleanField("choix ordonnés", default=False)
    unit = models.CharField("unité", max_length=30, blank=True)
    unit_one = models.CharField("unité au singulier", max_length=30, blank=True)
    minimum = models.FloatField("minimum", null=True, blank=True)
    maximum = models.FloatField("maximum", null=True, blank=True)
    condition = models.JSONField("posée si", null=True, blank=True)
    consent = models.CharField(
        "accord nécessaire",
        max_length=20,
        default=PUBLISH_TEXTS,
        choices=[(PUBLISH_TEXTS, "publier mes textes"), (NAME_STRUCTURE, "nommer ma structure")],
    )
    source = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = "question"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="question_code_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spec(self) -> QuestionSpec:
        rule = self.condition and Condition(
            question=self.condition["question"],
            any_of=tuple(self.condition.get("any_of", ())),
            none_of=tuple(self.condition.get("none_of", ())),
        )
        same = ("code", "kind", "title", "label", "help", "ordered", "unit", "unit_one")
        return QuestionSpec(
            **{name: getattr(self, name) for name in same},
            minimum=self.minimum,
            maximum=self.maximum,
            consent=self.consent,
            condition=rule or None,
            choices=tuple(choice.spec for choice in self.choices.all()),
        )


class Choice(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    code = models.SlugField("code")
    label = models.CharField("libellé", max_length=200)
    position = models.PositiveSmallIntegerField("place", default=0)
    exclusive = models.BooleanField("exclut les autres", default=False)
    other = models.BooleanField("à préciser", default=False)
    source = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = "choix"
        verbose_name_plural = "choix"
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="choice_code_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def spec(self) -> ChoiceSpec:
        return ChoiceSpec(self.code, self.label, exclusive=self.exclusive, other=self.other)


class Respondent(models.Model):
    """One filled questionnaire. The personal link's code is never stored, only its SHA-256."""

    class Verdict(models.TextChoices):
        COUNTED = "counted", "compté"
        HELD = "held", "en attente"
        EXCLUDED = "excluded", "exclu"

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="respondents")
    number = models.PositiveIntegerField("numéro")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField("commencé", default=timezone.now)
    updated_at = models.DateTimeField("modifié", default=timezone.now)
    completed_at = models.DateTimeField("terminé", null=True, blank=True)
    agreed_to_participate = models.BooleanField("accepte de participer", default=False)
    agreed_to_publish = models.BooleanField("accepte que ses textes soient publiés", default=False)
    agreed_to_name_structure = models.BooleanField(
        "accepte que sa structure soit nommée", default=False
    )
    verdict = models.CharField(
        "décision", max_length=10, choices=Verdict.choices, default=Verdict.COUNTED
    )
    verdict_reason = models.CharField("motif", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    answer_versions = models.JSONField(default=dict, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "répondant"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="respondent_number_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed_to_participate=True), name="respondent_agreed_to_participate"
            ),
        ]
        indexes = [models.Index(fields=["questionnaire", "revision"], name="respondent_revision")]

    def __str__(self) -> str:
        return f"#{self.number}"

    def agreed_to(self, consent: str) -> bool:
        """Whether this person gave the consent that a question's texts need."""
        return (
            self.agreed_to_name_structure if consent == NAME_STRUCTURE else self.agreed_to_publish
        )


class Answer(models.Model):
    """One flat row of an answer; `shape` says which columns it fills; a text has a verdict."""

    class Verdict(models.TextChoices):
        PENDING = "pending", "à lire"
        APPROVED = "approved", "publié"
        REDACTED = "redacted", "publié en partie"
        REJECTED = "rejected", "gardé privé"

    PUBLIC_VERDICTS = (Verdict.APPROVED, Verdict.REDACTED)

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    shape = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Shape])
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    number = models.DecimalField("nombre", max_digits=13, decimal_places=3, null=True, blank=True)
    text = models.TextField("texte", blank=True)
    verdict = models.CharField(
        "décision", max_length=10, choices=Verdict.choices, default=Verdict.PENDING
    )
    public_text = models.TextField("texte publié", blank=True)

    class Meta:
        verbose_name = "réponse"
        constraints = [
            models.CheckConstraint(
                name="answer_fills_its_shape",
                condition=Q(
                    Q(
                        shape__in=[Shape.CHOICE, Shape.CHOICES],
                        choice__isnull=False,
                        rank=None,
                        number=None,
                    )
                    | Q(shape=Shape.RANKS, choice__isnull=False, rank__gte=1, number=None)
                    | Q(shape=Shape.NUMBER, choice=None, rank=None, number__isnull=False, text="")
                    | Q(Q(shape=Shape.TEXT, choice=None, rank=None, number=None) & ~Q(text=""))
                ),
            ),
            models.CheckConstraint(
                name="answer_redacted_has_its_public_text",
                condition=Q(verdict="redacted") ^ Q(public_text=""),
            ),
            models.UniqueConstraint(
                fields=["respondent", "question"],
                condition=Q(shape__in=[Shape.CHOICE, Shape.NUMBER, Shape.TEXT]),
                name="answer_one_row",
            ),
            models.UniqueConstraint(
                fields=["respondent", "question", "choice"],
                condition=Q(shape__in=[Shape.CHOICES, Shape.RANKS]),
                name="answer_choice_once",
            ),
            models.UniqueConstraint(
                fields=["respondent", "question", "rank"],
                condition=Q(shape=Shape.RANKS),
                name="answer_rank_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["question", "verdict"],
                condition=~Q(text=""),
                name="answer_texts_by_verdict",
            )
        ]

    def __str__(self) -> str:
        return f"{self.respondent} · {self.question}"

    @property
    def row(self) -> Row:
        code = self.choice.code if self.choice else None
        return Row(choice=code, rank=self.rank, number=self.number, text=self.text)


class Erasure(models.Model):
    """A number whose respondent withdrew after being counted: nothing else of them is left."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="erasures")
    number = models.PositiveIntegerField()
    revision = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["questionnaire", "revision"], name="erasure_revision")]

    def __str__(self) -> str:
        return f"#{self.number}"


class Decision(models.Model):
    """One verdict, as it was given: on a text where there is a question, else on the respondent."""

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="decisions")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField("décision", max_length=10)
    previous = models.CharField("avant", max_length=10)
    reason = models.CharField("motif", max_length=300, blank=True)
    text = models.TextField("texte lu", blank=True)
    public_text = models.TextField("texte publié", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "décision"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.respondent} : {self.verdict_label}"

    @property
    def verdict_label(self) -> str:
        labels: dict[Any, Any] = dict(Answer.Verdict.choices) | dict(Respondent.Verdict.choices)
        return labels.get(self.verdict, self.verdict)


_AUTHOR_AGREED = Q(
    Q(question__consent=PUBLISH_TEXTS, respondent__agreed_to_publish=True)
    | Q(question__consent=NAME_STRUCTURE, respondent__agreed_to_name_structure=True)
)


class TextQuerySet(models.QuerySet["TextToRead"]):
    def pending(self) -> Self:
        """Not decided yet; those of excluded respondents can never go out and do not wait."""
        excluded = Q(respondent__verdict=Respondent.Verdict.EXCLUDED)
        return self.filter(~excluded, verdict=Answer.Verdict.PENDING)

    def waiting(self) -> Self:
        """Pending, and only a moderator keeps them from being published."""
        return self.pending().filter(agreed=True)

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

    objects = TextManager()

    class Meta:
        proxy = True
        verbose_name = "texte à lire"
        verbose_name_plural = "textes à lire"
