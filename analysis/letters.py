"""What is written to subscribers: plain text, with the way out in each."""

from collections.abc import Callable, Mapping
from email.utils import make_msgid
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from analysis import editions
from analysis.models import Edition, Subscriber
from analysis.report import Report
from analysis.wording import Noun
from survey.dates import day

Letter = Callable[[Subscriber], EmailMessage]

RESPONSES = Noun("réponse", "réponses")
COMPLETE = Noun("complète", "complètes")
PARTIAL = Noun("partielle", "partielles")
DEPARTMENTS = Noun("département", "départements")


def confirmation(subscriber: Subscriber) -> EmailMessage:
    context = {
        "link": _absolute(subscriber.confirming_path),
        "last_day": day(subscriber.expires_on),
    }
    return _letter(subscriber, "Confirmez votre adresse", "confirmation", context)


def already(subscriber: Subscriber) -> EmailMessage:
    """For whoever asks again: there is nothing to confirm."""
    return _letter(subscriber, "Vous êtes déjà sur la liste", "already", {})


def of_edition(edition: Edition) -> Letter:
    """How to tell of this edition: the same to everybody, but for the way out.

    Sent twice to one, it bears the same number, by which mail software knows it again.
    """
    report = editions.figures(edition)
    context = {
        "edition": edition,
        "title": report.title,
        "figures": big_figures(report),
        "link": _absolute(edition.get_absolute_url()),
    }
    subject = f"Le rapport du {day(edition.date)} est paru"

    def letter(subscriber: Subscriber) -> EmailMessage:
        message = _letter(subscriber, subject, "edition", context)
        number = uuid5(subscriber.key, f"{edition.questionnaire} {edition.date}")
        message.extra_headers["Message-ID"] = f"<{number}@{_host()}>"
        return message

    return letter


def big_figures(report: Report) -> str:
    """« 64 réponses : 50 complètes et 14 partielles, de 38 départements », as the page heads it."""
    people = report.respondents
    said = (
        f"{RESPONSES.of(people.total)}\u00a0: "
        f"{COMPLETE.of(people.complete)} et {PARTIAL.of(people.partial)}"
    )
    return f"{said}, de {DEPARTMENTS.of(report.departments)}" if report.departments else said


def is_refused_for_good(error: Exception) -> bool:
    """Whether the server knows that this address takes no mail (a reply of 500 and more)."""
    replies = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    return any(code >= 500 for code, _ in replies)


def _letter(
    subscriber: Subscriber, subject: str, name: str, context: Mapping[str, Any]
) -> EmailMessage:
    way_out = _absolute(subscriber.leaving_path)
    text = render_to_string(f"analysis/mail/{name}.txt", {**context, "way_out": way_out})
    headers = {
        # The site's name, not the machine's.
        "Message-ID": make_msgid(domain=_host()),
        # By which mail software offers the way out itself, in one click (RFC 8058).
        "List-Unsubscribe": f"<{way_out}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # By which nobody's absence answers (RFC 3834).
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(f"Conumm\u00a0: {subject}", text, to=[subscriber.email], headers=headers)


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname


def _absolute(path: str) -> str:
    return settings.SITE_URL + path
