"""Telling subscribers that an edition is out: each once, resumed where it stopped.

Who is to be told is written down first, one row a mail; a row goes when its mail has. A mail that
nobody knows whether it left (the machine stopped meanwhile) is sent again, as servers do.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from analysis import letters, news
from analysis.letters import Letter
from analysis.models import Announcement, Delivery, Edition, Subscriber

logger = logging.getLogger(__name__)

ATTEMPTS = 3
AGAIN_AFTER = timedelta(minutes=10)
STALE_AFTER = timedelta(days=7)
"""What could not be sent for so long is no news any more."""


@dataclass(frozen=True)
class Progress:
    told: int
    given_up: int
    left: int
    stopped: str = ""

    @property
    def total(self) -> int:
        return self.told + self.given_up + self.left


def begin(edition: Edition) -> bool:
    """Write down whom to tell of this edition; twice is once, and the second time is False.

    So it is of another edition of the same day, unless nobody heard of the one before.
    """
    with transaction.atomic():
        announcement, is_new = Announcement.objects.select_for_update().get_or_create(
            questionnaire=edition.questionnaire, date=edition.date
        )
        if not is_new and (announcement.told or edition.deliveries.exists()):
            return False
        if not is_new:
            _of(edition).update(begun_at=timezone.now(), given_up=0)
        Delivery.objects.bulk_create(
            Delivery(edition=edition, subscriber=subscriber)
            for subscriber in Subscriber.objects.confirmed().order_by("pk")
        )
    return True


def progress(edition: Edition) -> Progress | None:
    """None of an edition that was not announced."""
    announcement = _of(edition).first()
    if announcement is None:
        return None
    left = edition.deliveries.count()
    stopped = announcement.stopped if left else ""
    return Progress(announcement.told, announcement.given_up, left, stopped)


def told(day: date) -> int:
    """How many were told of an edition of this day, even if it was deleted since."""
    announcements = Announcement.objects.filter(questionnaire=settings.QUESTIONNAIRE, date=day)
    return sum(announcements.values_list("told", flat=True))


def is_outdated(day: date) -> bool:
    """Whether a more recent edition is out, or was announced: an older one is no news."""
    mine = {"questionnaire": settings.QUESTIONNAIRE, "date__gt": day}
    announced = Announcement.objects.filter(**mine, told__gt=0)
    return Edition.objects.filter(**mine).exists() or announced.exists()


def send_soon() -> None:
    """Send what is left once this transaction is over, without anybody waiting for it.

    Should the process end first, nothing is lost: `send_news` sends it.
    """
    transaction.on_commit(threading.Thread(target=_send_apart, daemon=True).start)


def send_left() -> None:
    """Try each mail that is left and is not being tried; raise OSError if the server takes none."""
    news.forget_unconfirmed()
    _give_up_stale()
    waiting = Edition.objects.current().filter(deliveries__isnull=False)
    for edition in waiting.distinct():
        _send(edition)


def left() -> int:
    return Delivery.objects.count()


def _send_apart() -> None:
    try:
        send_left()
    except OSError as error:
        logger.error("No mail server: %s. `send_news` sends what is left.", type(error).__name__)
    finally:
        database.close()


def _send(edition: Edition) -> None:
    """Send what is left of it, and write down what stops it, for whoever looks on."""
    letter = letters.of_edition(edition)
    announcement = _of(edition)
    announcement.update(stopped="")
    try:
        with get_connection() as server:
            for key in list(edition.deliveries.order_by("pk").values_list("pk", flat=True)):
                delivery = _taken(key)
                if delivery:
                    _deliver(delivery, letter, server)
    except OSError:
        announcement.update(stopped=Announcement.Stopped.SERVER)
        raise
    if edition.deliveries.filter(attempts__gt=0).exists():
        announcement.update(stopped=Announcement.Stopped.REFUSED)


def _taken(key: int) -> Delivery | None:
    """This mail, to be sent by the caller alone; None if another has it, or it is to be no more."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - AGAIN_AFTER)
    taken = Delivery.objects.filter(free, pk=key)
    if not taken.update(taken_at=now, attempts=F("attempts") + 1):
        return None
    return Delivery.objects.select_related("subscriber", "edition").filter(pk=key).first()


def _deliver(delivery: Delivery, letter: Letter, server: BaseEmailBackend) -> None:
    try:
        server.send_messages([letter(delivery.subscriber)])
    except SMTPSenderRefused:
        # It takes nothing from us, whoever it is for: no fault of this address.
        Delivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") - 1)
        raise
    except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as error:
        _refused(delivery, error)
    except OSError as error:
        _refused(delivery, error)
        # It may have hung up after so many mails: another call tells.
        server.close()
        server.open()
    else:
        _over(delivery)


def _refused(delivery: Delivery, error: Exception) -> None:
    # Nothing of what the server said: it may name the address.
    logger.warning("A mail was refused (%s).", type(error).__name__)
    is_for_good = isinstance(error, ValueError) or letters.is_refused_for_good(error)
    if delivery.attempts >= ATTEMPTS or is_for_good:
        _give_up(delivery)


def _over(delivery: Delivery) -> None:
    """It has left: that counts even if its edition was deleted meanwhile."""
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).delete()
        _of(delivery.edition).update(told=F("told") + 1)


def _give_up(delivery: Delivery) -> None:
    with transaction.atomic():
        found, _ = Delivery.objects.filter(pk=delivery.pk).delete()
        _of(delivery.edition).update(given_up=F("given_up") + found)


def _give_up_stale() -> None:
    old = timezone.now() - STALE_AFTER
    for announcement in Announcement.objects.filter(begun_at__lt=old):
        mine = {"questionnaire": announcement.questionnaire, "date": announcement.date}
        for edition in Edition.objects.filter(**mine, deliveries__isnull=False).distinct():
            for delivery in edition.deliveries.select_related("edition"):
                _give_up(delivery)


def _of(edition: Edition) -> QuerySet[Announcement]:
    return Announcement.objects.filter(questionnaire=edition.questionnaire, date=edition.date)
