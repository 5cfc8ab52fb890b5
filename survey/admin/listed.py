"""Texts chosen in a list: when it was shown, and what has become of them since."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from survey.admin import selected
from survey.admin.moderating import count
from survey.admin.reading import SeenAtActionForm, changed_since, unread_since
from survey.models import TextToRead


def refusing_changed(
    request: HttpRequest, texts: QuerySet[TextToRead]
) -> Callable[[TextToRead], None]:
    """What raises TextChanged for those of these texts that the list showed otherwise."""
    seen_at = SeenAtActionForm.moment(request.POST)
    changed = unread_since(texts, seen_at)

    def refuse_if_changed(text: TextToRead) -> None:
        if text.pk in changed:
            raise changed_since(text, seen_at, by=request.user)

    return refuse_if_changed


def tell_gone(request: HttpRequest, texts: Collection[TextToRead]) -> None:
    """Say how many of those chosen are no longer there, these being all that are."""
    tell_lost(request, len(selected.gone(request, texts)))


def tell_lost(request: HttpRequest, gone: int) -> None:
    """Say that so many of those chosen are no longer there."""
    if gone:
        told = ("texte choisi n’existe plus", "textes choisis n’existent plus")
        messages.warning(
            request,
            f"{count(gone, *told)} tel que vous l’avez lu\u00a0: la personne l’a modifié ou "
            "effacé. Rien n’est décidé\u202f; modifié, il est de nouveau parmi ceux à lire.",
        )
