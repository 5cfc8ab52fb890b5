"""Who asked to be told of editions, apart from all they answered, and whom there is to tell yet."""

import secrets
import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from analysis.models.editions import Edition

DAYS_TO_CONFIRM = 7


def last_day_to_confirm() -> date:
    """A Sunday, so that it says the week of asking at most, not the day."""
    day = timezone.localdate() + timedelta(days=DAYS_TO_CONFIRM)
    return day + timedelta(days=6 - day.weekday())


def random_key() -> int:
    """A random number of 63 bits."""
    return secrets.randbits(63)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_in=None)

    def standing(self) -> Self:
        """Confirmed, or still in time to be."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()))

    def expired(self) -> Self:
        return self.filter(expires_on__lt=timezone.localdate())


class Subscriber(models.Model):
    """An address, and nothing that leads from it to a respondent.

    No moment is kept finer than a month, and what waits for its confirmation has the week at whose
    end it is erased. `key` is what the links of its mails hold: they work as long as the row is
    there. `id` is random, and never counted up though its type can: SQLite files rows by such an
    integer, and by any other key under a hidden number of its own, in the order of asking.
    """

    id = models.BigAutoField(primary_key=True, default=random_key, editable=False)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse", unique=True)
    expires_on = models.DateField(
        "à confirmer avant le", null=True, default=last_day_to_confirm, editable=False
    )
    # The first day of that month.
    confirmed_in = models.DateField("confirmée en", null=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = "adresse abonnée"
        verbose_name_plural = "adresses abonnées"
        ordering = ("email",)
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) ^ Q(confirmed_in=None),
                name="subscriber_waits_or_is_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_in is not None

    @property
    def confirming_path(self) -> str:
        return reverse("analysis:confirm_news", args=[self.key])

    @property
    def leaving_path(self) -> str:
        return reverse("analysis:leave_news", args=[self.key])


class Announcement(models.Model):
    """That the edition of a day was announced by mail, and to how many.

    Kept by its day, not with the edition: frozen again under that day, it is no news any more.
    """

    class Stopped(models.TextChoices):
        """Why nothing is being sent, though something is left."""

        SERVER = "server", "le serveur d’e-mail ne prend rien"
        REFUSED = "refused", "des messages ont été refusés pour l’instant"

    questionnaire = models.SlugField()
    date = models.DateField()
    begun_at = models.DateTimeField(default=timezone.now)
    stopped = models.CharField(max_length=7, choices=Stopped.choices, blank=True)
    told = models.PositiveIntegerField(default=0)
    given_up = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "date"], name="announcement_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.date}\u00a0: {self.told}"


class Delivery(models.Model):
    """A mail still to be sent: the row goes when it is, when nobody tries any more, or with its
    edition.

    `taken_at`: when somebody last began to send it; nobody else does for a while.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "subscriber"], name="delivery_once_a_subscriber"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.pk}"
