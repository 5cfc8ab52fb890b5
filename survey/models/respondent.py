"""Who answered, and what: one row an answer, the words apart from what may be read of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from survey.kinds.base import Row, Shape
from survey.models.questionnaire import Choice, Question, Questionnaire
from survey.questionnaire import NAME_STRUCTURE


class Respondent(models.Model):
    """One filled questionnaire. The personal link's code is never stored, only its SHA-256."""

    class Verdict(models.TextChoices):
        COUNTED = "counted", "compté"
        HELD = "held", "en attente"
        EXCLUDED = "excluded", "exclu"

    class Mode(models.TextChoices):
        """How the person answered: alone on these pages, or elsewhere and typed in for them."""

        WEB = "web", "en ligne"
        PAPER = "paper", "papier"
        PHONE = "phone", "téléphone"

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
    mode = models.CharField(
        "mode", max_length=5, choices=Mode.choices, default=Mode.WEB, editable=False
    )
    # Nobody known where the answers came in a file.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="saisi par",
    )
    # That of the form by which staff began: sent twice, it begins once.
    entry_key = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    answer_versions = models.JSONField(default=dict, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "répondant"
        ordering = ("number",)
        permissions = [("export_responses", "Peut exporter toutes les réponses")]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="respondent_number_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed_to_participate=True), name="respondent_agreed_to_participate"
            ),
            models.CheckConstraint(
                condition=~Q(mode="web") | Q(entered_by=None),
                name="respondent_web_entered_by_nobody",
            ),
        ]
        indexes = [models.Index(fields=["questionnaire", "revision"], name="respondent_revision")]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_entered(self) -> bool:
        """Whether these answers were given elsewhere, and staff answer for what is typed."""
        return self.mode != self.Mode.WEB

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
    shape = models.CharField(max_length=13, choices=[(s.value, s.value) for s in Shape])
    choice = models.ForeignKey(Choice, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    number = models.DecimalField("nombre", max_digits=13, decimal_places=3, null=True, blank=True)
    text = models.TextField("texte", blank=True)
    verdict = models.CharField(
        "décision", max_length=10, choices=Verdict.choices, default=Verdict.PENDING
    )
    public_text = models.TextField("texte publié", blank=True)
    # What the person chose and wrote stays as it is; figures count this choice in its place.
    coded_as = models.ForeignKey(
        Choice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coded",
        verbose_name="compté avec",
    )

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
                    | Q(shape=Shape.NOT_CONCERNED, choice=None, rank=None, number=None, text="")
                ),
            ),
            models.CheckConstraint(
                name="answer_redacted_has_its_public_text",
                condition=Q(verdict="redacted") ^ Q(public_text=""),
            ),
            models.CheckConstraint(
                name="answer_coded_from_words",
                condition=Q(coded_as=None) | Q(Q(choice__isnull=False) & ~Q(text="")),
            ),
            models.UniqueConstraint(
                fields=["respondent", "question"],
                condition=Q(
                    shape__in=[Shape.CHOICE, Shape.NUMBER, Shape.TEXT, Shape.NOT_CONCERNED]
                ),
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
