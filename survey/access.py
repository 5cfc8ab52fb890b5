"""Who is filling in: the cookie that remembers a personal link, and pages that want one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from survey import filling
from survey.models import Respondent

COOKIE = "conumm_respondent"
COOKIE_PATH = "/questionnaire/"

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """A page of one person: kept by no cache, found by no search."""

    @sensitive_post_parameters()
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def of_respondent(view: View) -> View:
    """A page that wants a respondent: whoever has none is asked for their link."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        respondent = respondent_of(request)
        if respondent is not None:
            return view(request, respondent, *args, **kwargs)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"resume": reverse("survey:resume")}, status=401)
        if request.method == "POST":
            return ask_for_link(request, carried=True, status=403)
        return redirect("survey:introduction")

    return private(wrapped)


def respondent_of(request: HttpRequest) -> Respondent | None:
    token = request.COOKIES.get(COOKIE, "")
    return filling.find(token) if token else None


def remember(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, token, path=COOKIE_PATH, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def ask_for_link(
    request: HttpRequest, *, carried: bool = False, unknown: bool = False, status: int = 200
) -> HttpResponse:
    """The page that asks for the personal link, carrying on whatever was typed before it."""
    fields = [
        (name, value)
        for name, values in (request.POST.lists() if carried else ())
        for value in values
        if name not in ("csrfmiddlewaretoken", "code")
    ]
    match = request.resolver_match
    if fields and match and match.url_name == "section":
        fields.append(("carried_section", match.kwargs["code"]))
    context = {"fields": fields, "unknown": unknown}
    return render(request, "survey/resume.html", context, status=status)


def link_of(request: HttpRequest) -> str:
    """The personal link; what follows the # is never sent to a server."""
    address = request.build_absolute_uri(reverse("survey:resume"))
    return f"{address}#{request.COOKIES.get(COOKIE, '')}"
