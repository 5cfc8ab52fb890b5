"""What was brought in from elsewhere, and how to take it back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from survey.models.questionnaire import Questionnaire
from survey.models.respondent import Respondent


class Import(models.Model):
    """One file brought in. It names its respondents, and keeps nothing of what they answered."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="imports")
    file = models.CharField("fichier", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    created = models.PositiveIntegerField("ajoutés", default=0, editable=False)
    changed = models.PositiveIntegerField("modifiés", default=0, editable=False)
    numbers = models.JSONField(default=list, editable=False)
    """Of the respondents that it created, but those that its undoing took back."""
    last_number_before = models.PositiveIntegerField(editable=False)
    last_number_after = models.PositiveIntegerField(editable=False)
    undone_at = models.DateTimeField("annulé le", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="annulé par",
    )

    class Meta:
        verbose_name = "import"
        permissions = [("undo_import", "Peut annuler le dernier import")]
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.file


class Replaced(models.Model):
    """What an import changed of a respondent who was there; it goes when they are erased."""

    by_import = models.ForeignKey(Import, models.CASCADE, related_name="replaced")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="replaced")
    before = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by_import", "respondent"], name="replaced_once")
        ]

    def __str__(self) -> str:
        return f"{self.respondent} · {self.by_import}"
