"""Who is filling in: the cookie that remembers a personal link, and pages that want one.

Staff who enter for someone else do it on the same pages under other addresses, which hold the
number: no cookie says whom, so that nobody's own link is touched and no two people are mixed up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from survey import entry, filling, forms
from survey.models import Questionnaire, Respondent
from survey.questionnaire import QuestionSpec, SectionSpec

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
    """A page that wants a respondent: whoever has none is asked for their link.

    Under a `number`, it is the page of someone for whom staff enter.
    """

    @wraps(view)
    def wrapped(
        request: HttpRequest, *args: Any, number: int | None = None, **kwargs: Any
    ) -> HttpResponse:
        respondent = respondent_of(request) if number is None else entered(request, number)
        if respondent is not None:
            return view(request, respondent, *args, **kwargs)
        if number is not None:
            return ask_to_sign_in(request)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"resume": reverse("survey:resume")}, status=401)
        if request.method == "POST":
            return ask_for_link(request, carried=True, status=403)
        return redirect("survey:introduction")

    return private(wrapped)


def respondent_of(request: HttpRequest) -> Respondent | None:
    token = request.COOKIES.get(COOKIE, "")
    return filling.find(token) if token else None


def entered(request: HttpRequest, number: int) -> Respondent | None:
    """The one for whom these staff may enter; None if nobody is signed in to the admin."""
    if not admin.site.has_permission(request):
        return None
    if not request.user.has_perm(entry.PERMISSION):
        raise PermissionDenied
    return get_object_or_404(entry.people(), number=number)


def entering(request: HttpRequest) -> AbstractBaseUser | None:
    """Who fills in this page for someone else; None where a person answers alone."""
    match = request.resolver_match
    return request.user if match and "number" in match.kwargs else None


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """Where this page of the questionnaire is, of the person whose page is asked for."""
    if entering(request):
        return reverse(
            f"survey:entry:{name}", args=[request.resolver_match.kwargs["number"], *args]
        )
    return reverse(f"survey:{name}", args=args)


def about(request: HttpRequest, respondent: Respondent) -> dict[str, Any]:
    """What every page of a respondent shows or goes by.

    `kept_under`: where the browser keeps what is not saved yet, apart from what anyone answers
    for themselves and from what another account enters.
    """
    by = entering(request)
    return {
        "respondent": respondent,
        "questionnaire": respondent.questionnaire,
        "structure": respondent.questionnaire.structure,
        "entering": by,
        "is_open": filling.takes_answers(respondent.questionnaire, by),
        "kept_under": f"saisie-{respondent.number}-{by.pk}" if by else respondent.number,
        "link": "" if by else link_of(request, request.COOKIES.get(COOKIE, "")),
    }


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Whoever entered is signed out: nothing typed may be lost for that."""
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"sign_in": reverse("admin:login")}, status=401)
    if request.method == "POST":
        context = {"typed": typed(request), "back": _page_before(request)}
        return render(request, "survey/signed_out.html", context, status=403)
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))


def _page_before(request: HttpRequest) -> str:
    """Where to go on from once signed in: what is only posted to has no page of its own."""
    before = {"complete": "summary", "new_link": "thanks"}.get(request.resolver_match.url_name)
    return address(request, before) if before else request.path


def typed(request: HttpRequest) -> list[tuple[QuestionSpec, str]]:
    """What was typed in a section that could not be saved, to be shown once more."""
    section = _section(request)
    return forms.in_words(section, request.POST) if section else []


def _section(request: HttpRequest) -> SectionSpec | None:
    """The section that was posted, to its own page or carried on by the one that resumes."""
    match = request.resolver_match
    questionnaire = Questionnaire.objects.filter(code=settings.QUESTIONNAIRE).first()
    if questionnaire is None or match is None:
        return None
    code = match.kwargs.get("code", request.POST.get("carried_section"))
    return next((each for each in questionnaire.structure.sections if each.code == code), None)


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


def link_of(request: HttpRequest, token: str) -> str:
    """The personal link; what follows the # is never sent to a server."""
    home = request.build_absolute_uri(reverse("survey:resume"))
    return f"{home}#{token}"
