"""The pages on which a questionnaire is filled in: permission, fetch, render."""

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from survey import dates, filling, forms, responses
from survey.access import (
    about,
    address,
    entering,
    link_of,
    of_respondent,
    private,
    remember,
    respondent_of,
)
from survey.filling import Closed
from survey.forms import NOTHING_SENT, ConsentsForm, Reading, Sent
from survey.models import Questionnaire, Respondent
from survey.questionnaire import SectionSpec


@private
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest) -> HttpResponse:
    """Who is concerned, what for, which rights; three consents, each on its own."""
    questionnaire = Questionnaire.objects.filter(code=settings.QUESTIONNAIRE).first()
    if questionnaire is None:
        return render(request, "survey/not_ready.html", status=503)
    respondent = respondent_of(request)
    form = ConsentsForm(request.POST or None)
    first = questionnaire.structure.sections[0]
    if request.method == "POST" and respondent:
        return redirect("survey:section", first.code)
    if request.method == "POST" and questionnaire.is_open and form.is_valid():
        _, token = filling.start(questionnaire, form.consents)
        return remember(redirect("survey:section", first.code), token)
    structure = questionnaire.structure
    context = {
        "questionnaire": questionnaire,
        "structure": structure,
        "minutes": filling.minutes(structure.questions.values()),
        "form": form,
        "respondent": respondent,
    }
    status = 400 if form.errors else 200
    return render(request, "survey/introduction.html", context, status=status)


@of_respondent
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, respondent: Respondent, code: str) -> HttpResponse:
    """One section: shown, saved as it is filled in, saved and left."""
    spec = section_spec(respondent, code)
    if request.method == "POST":
        return save_section(request, respondent, spec)
    return _section_page(request, respondent, spec)


def save_section(request: HttpRequest, respondent: Respondent, spec: SectionSpec) -> HttpResponse:
    by_fetch = request.headers.get("X-Requested-With") == "fetch"
    reading = forms.read(spec, request.POST)
    try:
        conflicts = filling.save_shown(
            respondent, reading.shown, reading.changed, by=entering(request)
        )
    except Closed:
        if by_fetch:
            return JsonResponse({"closed": True}, status=403)
        sent = Sent(request.POST, reading, {})
        return _section_page(request, respondent, spec, sent, closed=True, status=403)
    if by_fetch:
        return _saved_json(respondent, spec, reading)
    sent = Sent(request.POST, reading, conflicts)
    # What is not asked, or no longer, holds nobody up.
    if sent.to_review & filling.progress(respondent).asked:
        return _section_page(request, respondent, spec, sent, status=400)
    return redirect(_next(request, respondent, spec))


def _saved_json(respondent: Respondent, spec: SectionSpec, reading: Reading) -> JsonResponse:
    """What became of each answer sent; one that is not what is saved now is in conflict with it."""
    values, progress = responses.answers_of(respondent), filling.progress(respondent)
    saved = {code: responses.digest(values[code]) for code in reading.held}
    return JsonResponse(
        {
            "saved_at": respondent.updated_at,
            "saved_label": _saved_label(respondent),
            "shown": saved,
            "errors": reading.errors,
            "conflicts": {
                question.code: forms.words(question, values[question.code])
                for question in spec.questions
                if saved.get(question.code) != reading.held.get(question.code)
            },
            "asked": [q.code for q in spec.questions if q.code in progress.asked],
            "minutes_left": progress.minutes_left,
            "complete": progress.complete,
            "parts": {part.code: [part.answered, part.asked] for part in progress.sections},
        }
    )


def _saved_label(respondent: Respondent) -> str:
    return f"enregistré {dates.moment(respondent.updated_at)}" if respondent.version else ""


def _section_page(
    request: HttpRequest,
    respondent: Respondent,
    spec: SectionSpec,
    sent: Sent = NOTHING_SENT,
    *,
    closed: bool = False,
    status: int = 200,
) -> HttpResponse:
    structure = respondent.questionnaire.structure
    values = responses.answers_of(respondent)
    progress = filling.progress(respondent)
    common = about(request, respondent)
    closed = closed or not common["is_open"]
    # Whoever types in a whole questionnaire goes from page to page by the keyboard alone.
    focus = next((q.code for q in spec.questions if common["entering"]), "")
    questions = forms.asked(
        structure, spec, values, progress.asked, sent, closed=closed, focus=focus
    )
    codes = [section.code for section in structure.sections]
    context = common | {
        "section": spec,
        "questions": questions,
        "waiting": [item for item in questions if item.waits],
        "lost": any(item.is_lost for item in questions),
        "progress": progress,
        "place": codes.index(spec.code) + 1,
        "previous": codes[codes.index(spec.code) - 1] if spec.code != codes[0] else None,
        "closed": closed,
        "saved_label": _saved_label(respondent),
    }
    return render(request, "survey/section.html", context, status=status)


@of_respondent
@require_GET
def summary(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Before the end: what was answered, and what was left out."""
    structure = respondent.questionnaire.structure
    values, progress = responses.answers_of(respondent), filling.progress(respondent)
    sections = [
        (
            section,
            [
                (q, forms.words(q, values[q.code]) if values[q.code] is not None else "")
                for q in section.questions
                if q.code in progress.asked
            ],
        )
        for section in structure.sections
    ]
    left_out = sum(not answer for _, questions in sections for _, answer in questions)
    context = about(request, respondent) | {
        "sections": sections,
        "left_out": left_out,
        "progress": progress,
    }
    return render(request, "survey/summary.html", context)


@of_respondent
@require_POST
def complete(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    try:
        filling.complete(respondent, by=entering(request))
    except Closed:
        return redirect(address(request, "summary"))
    return redirect(address(request, "thanks"))


@of_respondent
@require_GET
def thanks(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    context = about(request, respondent) | {"progress": filling.progress(respondent)}
    template = "survey/entered.html" if entering(request) else "survey/thanks.html"
    return render(request, template, context)


@of_respondent
@require_POST
def new_link(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """A personal link for the person whose answers were entered: shown this once."""
    link = link_of(request, filling.new_link(respondent, by=request.user))
    context = about(request, respondent) | {
        "progress": filling.progress(respondent),
        "link": link,
        "qr_code": segno.make(link, error="m").svg_data_uri(scale=4, border=2),
    }
    return render(request, "survey/entered.html", context)


def section_spec(respondent: Respondent, code: str) -> SectionSpec:
    for spec in respondent.questionnaire.structure.sections:
        if spec.code == code:
            return spec
    raise Http404


def _next(request: HttpRequest, respondent: Respondent, spec: SectionSpec) -> str:
    codes = [section.code for section in respondent.questionnaire.structure.sections]
    place = codes.index(spec.code) + 1
    if place == len(codes):
        return address(request, "summary")
    return address(request, "section", codes[place])
