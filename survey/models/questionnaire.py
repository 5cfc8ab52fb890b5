"""The questionnaire as it is stored: what editors change, and its sections, questions, choices."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

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

    @property
    def is_closed(self) -> bool:
        """Whether it has been open, and is no more."""
        now = timezone.now()
        opened = self.opens_at is None or self.opens_at <= now
        return opened and self.closes_at is not None and self.closes_at <= now

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
    item = models.CharField("nom d’un élément classé", max_length=30, blank=True)
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
        same = ("code", "kind", "title", "label", "help", "ordered", "unit", "unit_one", "item")
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
    # By moderators, for what was written beside « Autre »: counted, and offered to nobody.
    added = models.BooleanField("ajouté en recodant", default=False, editable=False)
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
        same = ("code", "label", "exclusive", "other", "added")
        return ChoiceSpec(**{name: getattr(self, name) for name in same})
