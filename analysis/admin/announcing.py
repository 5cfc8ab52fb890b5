"""Telling subscribers of an edition from the admin: when it is frozen, or from its page."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from analysis import announcing
from analysis.announcing import Progress
from analysis.models import Announcement, Edition, Subscriber
from analysis.wording import Noun
from survey import dates
from survey.french import number

ADDRESSES = Noun("adresse n’a pas pu être jointe", "adresses n’ont pas pu être jointes")
TOLD = Noun("personne a été prévenue", "personnes ont été prévenues")
MAILS = Noun("message est parti", "messages sont partis")

LEFT = Noun("message ne partira pas", "messages ne partiront pas")

Stopped = Announcement.Stopped
FOLLOWING = {
    "": "Rechargez la page pour suivre.",
    Stopped.SERVER: "Le serveur d’e-mail ne répond pas ou refuse tout\u00a0: rien ne part. "
    "Prévenez qui s’occupe du site\u202f; rien n’est perdu.",
    Stopped.REFUSED: "Le reste a été refusé pour l’instant\u00a0: chaque adresse peut être essayée "
    "trois fois, dix minutes au moins après l’essai précédent. L’envoi est arrêté d’ici là.",
}
"""What follows the count of what has left, by what stops the rest."""


class State(NamedTuple):
    """What an edition's page says of its announcement, and what its button does, if it has one."""

    said: str
    button: str = ""


class AnnouncingAdmin(admin.ModelAdmin):
    change_form_template = "admin/analysis/edition/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.announce_view)
        own = path("<path:object_id>/announce/", view, name="analysis_edition_announce")
        return [own, *super().get_urls()]

    @method_decorator(require_POST)
    def announce_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Announce, or go on with it."""
        edition = self.get_object(request, object_id)
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        if edition is None or not state(edition).button:
            raise Http404
        self.announce(request, edition)
        return redirect("admin:analysis_edition_change", edition.pk)

    def announce(self, request: HttpRequest, edition: Edition) -> None:
        with transaction.atomic():
            is_new = announcing.begin(edition)
            announcing.send_soon()
            if is_new:
                self.log_change(request, edition, f"Annoncée par e-mail à {subscribed()}.")
        messages.info(request, "L’envoi est en cours\u00a0: la page de l’édition dit où il en est.")

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        edition = self.get_object(request, object_id)
        context = {"announced": edition and _lost(edition)}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        edition = context.get("original")
        context["announcement"] = state(edition) if edition else None
        return super().render_change_form(request, context, *args, **kwargs)


def state(edition: Edition) -> State:
    progress = announcing.progress(edition)
    if progress and progress.total:
        return _so_far(progress)
    if announcing.is_outdated(edition.date):
        return State("Cette édition n’a pas été annoncée, et une plus récente a paru.")
    if not Subscriber.objects.confirmed().exists():
        return State(
            "Personne n’est encore abonné\u00a0: une adresse se laisse à la fin du questionnaire."
        )
    return State("Personne n’a été prévenu de cette édition.", f"Prévenir {subscribed()}")


def refusal(day: date) -> str:
    """Why an edition of this day may not be announced, if so."""
    told = announcing.told(day)
    if told:
        return (
            f"Une édition du {dates.day(day)} a déjà été annoncée\u00a0: {TOLD.of(told)} "
            "par e-mail. Personne ne l’est deux fois."
        )
    if announcing.is_outdated(day):
        return "Une édition plus récente a paru\u00a0: celle-ci n’est pas une nouvelle."
    return ""


def _lost(edition: Edition) -> str:
    """What its deletion does to those who were told of it, or are about to be."""
    progress = announcing.progress(edition)
    said = []
    if progress and progress.told:
        said.append(
            f"{TOLD.of(progress.told)} par e-mail\u00a0: le lien de leur message ne mènera nulle "
            "part, et une autre édition de ce jour ne pourra plus être annoncée."
        )
    if progress and progress.left:
        said.append(f"{LEFT.of(progress.left)}.")
    return " ".join(said)


def _so_far(progress: Progress) -> State:
    lost = f" {ADDRESSES.of(progress.given_up)}." if progress.given_up else ""
    if not progress.left:
        return State(f"{TOLD.of(progress.told)} par e-mail.{lost}")
    said = f"{MAILS.of(progress.told)} sur {number(progress.total)}.{lost}"
    return State(f"{said} {FOLLOWING[progress.stopped]}", "Reprendre l’envoi")


def subscribed() -> str:
    """« les 128 personnes abonnées »."""
    people = Subscriber.objects.confirmed().count()
    return "la personne abonnée" if people == 1 else f"les {number(people)} personnes abonnées"
