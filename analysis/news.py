"""Being told of editions by mail: asked for, confirmed, left; nothing here knows a respondent."""

import secrets
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import timezone

from analysis import letters, limits
from analysis.models import Subscriber
from analysis.models.news import last_day_to_confirm

TICKET_HOURS = 4
ADDRESSES_A_TICKET = 3
"""One, and room for two mistakes."""
MAILS_AN_HOUR, MAILS_A_DAY = 1, 3
HOUR, DAY = 3600, 24 * 3600

_tickets = signing.TimestampSigner(salt="analysis.news.ticket")


class NoTicket(Exception):
    """It was not given out here, is too old, or has served too often."""


class TooMany(Exception):
    """The whole site has sent as many as it does in an hour."""


class Refused(Exception):
    """No mail is taken for this address, now or later."""


def ticket() -> str:
    """What lets a page that was reached by answering ask for news: a random number and a time."""
    return _tickets.sign(secrets.token_urlsafe(12))


def use(ticket: str) -> None:
    """Raise NoTicket."""
    try:
        number = _tickets.unsign(ticket, max_age=TICKET_HOURS * HOUR)
    except signing.BadSignature as error:
        raise NoTicket from error
    if not limits.allows("ticket", number, ADDRESSES_A_TICKET, TICKET_HOURS * HOUR):
        raise NoTicket


def ask(email: str) -> None:
    """Send to this address, if it had none lately, the mail that its state wants.

    Whatever the state, one mail is sent, so that nothing tells one from the other. Raise TooMany;
    Refused; OSError if it could not be sent for now.
    """
    forget_unconfirmed()
    if not limits.allows("site", "", settings.NEWS_IN_ALL_PER_HOUR, HOUR):
        raise TooMany
    if not limits.allows("hour", _inbox(email), MAILS_AN_HOUR, HOUR):
        return
    if not limits.allows("day", _inbox(email), MAILS_A_DAY, DAY):
        return
    subscriber, _ = Subscriber.objects.get_or_create(email=email)
    if not subscriber.is_confirmed:
        subscriber.expires_on = last_day_to_confirm()
        waiting = Subscriber.objects.filter(pk=subscriber.pk, confirmed_in=None)
        waiting.update(expires_on=subscriber.expires_on)
    letter = letters.already if subscriber.is_confirmed else letters.confirmation
    try:
        letter(subscriber).send()
    except OSError as error:
        limits.forget("hour", _inbox(email))
        if letters.is_refused_for_good(error):
            Subscriber.objects.filter(pk=subscriber.pk, confirmed_in=None).delete()
            raise Refused from error
        raise


def _inbox(email: str) -> str:
    """Where it arrives: « anne+ceci@… » and « anne+cela@… » are one to whoever reads them."""
    name, _, domain = email.rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def is_known(key: UUID) -> bool:
    """Whether the links sent with this key still serve."""
    return Subscriber.objects.standing().filter(key=key).exists()


def confirm(key: UUID) -> bool:
    """Whether this address is confirmed from now on; twice is once."""
    month = timezone.localdate().replace(day=1)
    waiting = Subscriber.objects.standing().filter(key=key, confirmed_in=None)
    waiting.update(confirmed_in=month, expires_on=None)
    return is_known(key)


def leave(key: UUID) -> None:
    """Erase this address; twice is once. Whoever left by mistake may come back at once."""
    for subscriber in Subscriber.objects.filter(key=key):
        subscriber.delete()
        for what in ("hour", "day"):
            limits.forget(what, _inbox(subscriber.email))


def forget_unconfirmed() -> None:
    """Erase what nobody confirmed in time."""
    Subscriber.objects.expired().delete()
