"""The report as it stood on a day: frozen, dated, to be cited."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from analysis.wording import Noun
from survey.dates import day


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> Self:
        """Of the questionnaire that this site asks, the newest first, without what was frozen."""
        mine = self.filter(questionnaire=settings.QUESTIONNAIRE)
        return mine.defer("document", "fingerprints").order_by("-date")


class Edition(models.Model):
    """What was frozen never changes: editors give it a title and a note, or delete it.

    `document` is the report as `frozen` writes it; `fingerprints` what `withdrawals` keeps of the
    words that it showed, of numbers up to `last_number`; revisions are those of the answers and
    the questionnaire that it shows.
    """

    questionnaire = models.SlugField("questionnaire", editable=False)
    date = models.DateField(
        "date", help_text="Celle que porte l’édition, et qui la nomme dans son adresse."
    )
    title = models.CharField(
        "titre",
        max_length=200,
        blank=True,
        help_text="Facultatif\u00a0: «\u00a0Pour les rencontres de mars\u00a0».",
    )
    note = models.TextField(
        "note", blank=True, help_text="Facultatif. Paraît en haut de l’édition."
    )
    responses = models.PositiveIntegerField("réponses", editable=False)
    # Text, not JSON: nothing looks into it, and it stays letter for letter what was written.
    document = models.TextField(editable=False)
    fingerprints = models.TextField(editable=False)
    last_number = models.PositiveIntegerField(editable=False)
    revision = models.PositiveBigIntegerField(editable=False)
    structure_revision = models.PositiveBigIntegerField(editable=False)
    frozen_at = models.DateTimeField("figée le", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="par",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ("-date",)
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "date"], name="edition_one_a_day")
        ]

    def __str__(self) -> str:
        """« Édition du 5 mars 2021 »."""
        return f"Édition du {day(self.date)}"

    def get_absolute_url(self) -> str:
        return reverse("analysis:edition:results", args=[self.date])

    @property
    def name(self) -> str:
        """« Édition du 5 mars 2021 : pour les rencontres »."""
        return f"{self}\u00a0: {self.title}" if self.title else str(self)

    @property
    def counted(self) -> str:
        return Noun("réponse", "réponses").of(self.responses)
