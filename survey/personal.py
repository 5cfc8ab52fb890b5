"""What belongs to one person: their link, their rights, their answers to take away or erase."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from survey import filling, responses
from survey.access import (
    COOKIE,
    COOKIE_PATH,
    about,
    address,
    ask_for_link,
    entering,
    of_respondent,
    private,
    remember,
    typed,
)
from survey.forms import ConsentsForm
from survey.kinds import kind_of
from survey.models import Respondent
from survey.views import save_section, section_spec

logger = logging.getLogger(__name__)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a personal link: its code is posted here, by the page's script or by hand."""
    if request.method != "POST":
        return ask_for_link(request)
    token = request.POST.get("code", "").rpartition("#")[2].strip()
    respondent = filling.find(token)
    if respondent is None:
        return ask_for_link(request, carried=True, unknown=True, status=400)
    if "carried_section" in request.POST:
        request.COOKIES[COOKIE] = token
        spec = section_spec(respondent, request.POST["carried_section"])
        return remember(save_section(request, respondent, spec), token)
    return remember(redirect(_where_left(request, respondent)), token)


@of_respondent
@require_GET
def go_on(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Where what is entered for someone was left."""
    return redirect(_where_left(request, respondent))


def _where_left(request: HttpRequest, respondent: Respondent) -> str:
    """The last section begun if something is left of it, else the one after, or the summary."""
    sections = filling.progress(respondent).sections
    begun = [place for place, section in enumerate(sections) if section.answered]
    last = begun[-1] if begun else 0
    following = last if sections[last].answered < sections[last].asked else last + 1
    if respondent.completed_at or following == len(sections):
        return address(request, "summary")
    return address(request, "section", sections[following].code)


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the respondent on this device; nothing else is lost."""
    response = redirect("survey:introduction")
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    return response


@of_respondent
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Change one's consents, take one's answers away, withdraw."""
    form = ConsentsForm(_agreed(request, respondent))
    saved = request.method == "POST" and form.is_valid()
    if saved:
        filling.change_consents(respondent, form.consents, by=entering(request))
    context = about(request, respondent) | {"form": form, "saved": saved}
    return render(request, "survey/rights.html", context)


def _agreed(request: HttpRequest, respondent: Respondent) -> dict[str, bool]:
    """What is posted, or stored; taking part is not given up here but by withdrawing."""
    posted = request.POST if request.method == "POST" else None
    return {
        "participate": True,
        "publish_texts": "publish_texts" in posted if posted is not None
        else respondent.agreed_to_publish,
        "name_structure": "name_structure" in posted if posted is not None
        else respondent.agreed_to_name_structure,
    }  # fmt: skip


@of_respondent
@require_POST
def withdraw(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    if "sure" not in request.POST:
        form = ConsentsForm(_agreed(request, respondent))
        context = about(request, respondent) | {"form": form, "unsure": True}
        return render(request, "survey/rights.html", context, status=400)
    number = respondent.number
    filling.withdraw(respondent)
    response = render(request, "survey/withdrawn.html", {"number": number})
    response.delete_cookie(COOKIE, path=COOKIE_PATH)
    return response


@of_respondent
@require_GET
def own_answers(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """One's own answers, as a file to keep, and for the report's script to mark them."""
    values = responses.answers_of(respondent)
    structure = respondent.questionnaire.structure
    asked = responses.asked(structure, values)
    answers = [
        {
            "code": code,
            "kind": question.kind,
            "question": question.label,
            "asked": code in asked,
            "answer": values[code],
            "in_words": kind_of(question).words(question, values[code]),
        }
        for code, question in structure.questions.items()
        if values[code] is not None
    ]
    content = {"number": respondent.number, "saved_at": respondent.updated_at, "answers": answers}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mes-reponses.json"'
    return response


@private
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are refused: nothing typed may be lost for that."""
    logger.warning("CSRF failure: %s", reason)
    return render(request, "survey/csrf_failure.html", {"typed": typed(request)}, status=403)
