"""Telling subscribers that an edition is out: each once, resumed where it stopped.

Who is to be told is written down first, one row a mail; a row goes when its mail has. A mail that
nobody knows whether it left (the machine stopped meanwhile) is sent again, as servers do.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q
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

    @property
    def total(self) -> int:
        return self.told + self.given_up + self.left


def begin(edition: Edition) -> bool:
    """Write down whom to tell of this edition; twice is once, and the second time is False."""
    with transaction.atomic():
        announcement, is_new = Announcement.objects.get_or_create(edition=edition)
        if is_new:
            Delivery.objects.bulk_create(
                Delivery(announcement=announcement, subscriber=subscriber)
                for subscriber in Subscriber.objects.confirmed().order_by("pk")
            )
    return is_new


def progress(edition: Edition) -> Progress | None:
    """None of an edition that was not announced."""
    announcement = Announcement.objects.filter(edition=edition).first()
    if announcement is None:
        return None
    left = announcement.deliveries.count()
    return Progress(announcement.told, announcement.given_up, left)


def send_soon() -> None:
    """Send what is left once this transaction is over, without anybody waiting for it.

    Should the process end first, nothing is lost: `send_news` sends it.
    """
    transaction.on_commit(threading.Thread(target=_send_apart, daemon=True).start)


def send_left() -> None:
    """Try each mail that is left and is not being tried; raise OSError if the server takes none."""
    news.forget_unconfirmed()
    _give_up_stale()
    waiting = Edition.objects.current().filter(announcement__deliveries__isnull=False)
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
    letter = letters.of_edition(edition)
    mine = Delivery.objects.filter(announcement__edition=edition)
    with get_connection() as server:
        for key in list(mine.order_by("pk").values_list("pk", flat=True)):
            delivery = _taken(key)
            if delivery:
                _deliver(delivery, letter, server)


def _taken(key: int) -> Delivery | None:
    """This mail, to be sent by the caller alone; None if another has it, or it is to be no more."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - AGAIN_AFTER)
    taken = Delivery.objects.filter(free, pk=key)
    if not taken.update(taken_at=now, attempts=F("attempts") + 1):
        return None
    return Delivery.objects.select_related("subscriber").filter(pk=key).first()


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
        _over(delivery, "told")


def _refused(delivery: Delivery, error: Exception) -> None:
    # Nothing of what the server said: it may name the address.
    logger.warning("A mail was refused (%s).", type(error).__name__)
    if delivery.attempts >= ATTEMPTS or _is_for_good(error):
        _over(delivery, "given_up")


def _is_for_good(error: Exception) -> bool:
    """Whether the server knows that this address takes no mail (a reply of 500 and more)."""
    replies = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    return isinstance(error, ValueError) or any(code >= 500 for code, _ in replies)


def _over(delivery: Delivery, counted: str) -> None:
    with transaction.atomic():
        found, _ = Delivery.objects.filter(pk=delivery.pk).delete()
        mine = Announcement.objects.filter(pk=delivery.announcement_id)
        mine.update(**{counted: F(counted) + found})


def _give_up_stale() -> None:
    old = Delivery.objects.filter(announcement__begun_at__lt=timezone.now() - STALE_AFTER)
    for delivery in old:
        _over(delivery, "given_up")
