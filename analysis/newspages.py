"""The pages of who asks to be told of editions: no cookie is set, none is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import punycode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import BaseThrottle

from analysis import limits, news

View = Callable[..., HttpResponse]
LONGEST = 254
REFUSED = "Écrivez une adresse complète, comme nom@exemple.fr."


class AddressForm(forms.Form):
    email = forms.CharField(error_messages={"required": REFUSED})

    def clean_email(self) -> str:
        """As it is stored: in small letters, its domain as mail servers write it."""
        typed = self.cleaned_data["email"]
        validate = EmailValidator(REFUSED, allowlist=())
        validate(typed)
        name, _, domain = typed.rpartition("@")
        if name.startswith('"') or domain.startswith("["):
            raise ValidationError(REFUSED)
        try:
            stored = f"{name}@{punycode(domain)}".lower()
        except UnicodeError as error:
            raise ValidationError(REFUSED) from error
        if len(stored) > LONGEST:
            raise ValidationError("Cette adresse est trop longue.")
        return stored


def apart(view: View) -> View:
    """A page that its secret opens: kept by no cache, found by no search, told to no other site.

    The secret is in the address or in the form, so that no cookie has to guard it.
    """

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


@apart
def ask(request: HttpRequest) -> HttpResponse:
    """The address that the page of thanks asks for; what is answered is the same of all."""
    if request.method != "POST":
        return _page(request, "no_ticket")
    if not limits.allows("place", _place(request), settings.NEWS_PER_HOUR, news.HOUR):
        return _too_many(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _again(request, status=400, error=form.errors["email"][0])
    try:
        news.use(request.POST.get("ticket", ""))
        news.ask(form.cleaned_data["email"])
    except news.NoTicket:
        return _page(request, "no_ticket", status=403)
    except news.TooMany:
        return _too_many(request)
    except news.Refused:
        return _again(request, status=400, error="Cette adresse est refusée\u00a0: vérifiez-la.")
    except OSError:
        return _again(request, status=503, not_sent=True)
    return _page(request, "asked", email=request.POST["email"].strip())


@apart
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before it does: what reads mail before its reader follows links."""
    if request.method == "POST" and news.confirm(key):
        return _page(request, "confirmed")
    if not news.is_known(key):
        return _page(request, "expired", status=410)
    return _page(request, "confirm")


@apart
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks before it does, but when mail software itself does it (RFC 8058)."""
    if request.method == "POST":
        news.leave(key)
    return _page(request, "leave" if news.is_known(key) else "left")


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(news.HOUR)
    return response


def _again(request: HttpRequest, *, status: int, **context: Any) -> HttpResponse:
    """The form once more, with what was typed."""
    sent = {name: request.POST.get(name, "") for name in ("email", "ticket")}
    return _page(request, "again", status=status, **sent, **context)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"analysis/news/{name}.html", context, status=status)


def _place(request: HttpRequest) -> str:
    return str(BaseThrottle().get_ident(request))
