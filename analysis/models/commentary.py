"""What editors write about the figures, and where on the report it stands."""

from datetime import datetime
from typing import NamedTuple, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

EXCERPT_LENGTH = 120


class Written(NamedTuple):
    """A commentary as its editor left it: all that showing it takes."""

    place: str
    position: str
    body: str
    guards: str
    written_at: datetime
    base: int


class CommentaryQuerySet(models.QuerySet["Commentary"]):
    def of(self, questionnaire: str) -> Self:
        return self.filter(questionnaire=questionnaire)

    def published(self) -> Self:
        return self.filter(is_published=True)

    def written(self) -> tuple[Written, ...]:
        """In the order in which they follow each other at one place."""
        return tuple(Written(*row) for row in self.values_list(*Written._fields))


class Commentary(models.Model):
    """A text in Markdown with figures between double braces, which commentary.py shows."""

    class Position(models.TextChoices):
        ABOVE = "above", "au-dessus"
        BELOW = "below", "au-dessous"

    questionnaire = models.CharField("questionnaire", max_length=50, editable=False)
    # As the page names it: a block's code, or the anchor of a section.
    place = models.CharField("emplacement", max_length=60)
    position = models.CharField(
        "position", max_length=5, choices=Position.choices, default=Position.BELOW
    )
    rank = models.PositiveSmallIntegerField(
        "rang", default=1, help_text="Parmi les commentaires du même emplacement."
    )
    body = models.TextField("texte")
    guards = models.TextField("gardes", blank=True)
    is_published = models.BooleanField("publié", default=False)
    written_at = models.DateTimeField("date", default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="par",
    )
    base = models.PositiveIntegerField("base", default=0, editable=False)

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        ordering = ("rank", "pk")

    def __str__(self) -> str:
        return Truncator(" ".join(self.body.split())).chars(EXCERPT_LENGTH)

    @property
    def written(self) -> Written:
        return Written(*(getattr(self, name) for name in Written._fields))
