"""What people did about their own responses, who typed in those of others, what is left to say of
those who withdrew."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from survey.models.importing import Import
from survey.models.questionnaire import Questionnaire


class Event(models.Model):
    """One line of the log. It names a number, so that a withdrawal outlives its respondent."""

    class What(models.TextChoices):
        ENTERED = "entered", "saisie commencée"
        CORRECTED = "corrected", "saisie reprise"
        LINK = "link", "lien personnel donné"
        CONSENTS = "consents", "accords modifiés"
        COMPLETED = "completed", "questionnaire terminé"
        REWRITTEN = "rewritten", "texte décidé, modifié depuis"
        EMPTIED = "emptied", "texte décidé, retiré depuis"
        UNCODED = "uncoded", "précision comptée de nouveau comme choisie"
        WITHDRAWN = "withdrawn", "réponses effacées"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("répondant")
    what = models.CharField("événement", max_length=10, choices=What.choices)
    detail = models.CharField("détail", max_length=200, blank=True)
    # Neither somebody of the staff nor an import: the person.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="par",
    )
    by_import = models.ForeignKey(
        Import, models.PROTECT, null=True, related_name="+", verbose_name="par l’import"
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "geste sur les réponses"
        verbose_name_plural = "gestes sur les réponses"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["questionnaire", "number"], name="event_of_number")]

    def __str__(self) -> str:
        return f"#{self.number}\u00a0: {self.get_what_display()}"
