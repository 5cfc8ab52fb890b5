"""The questionnaire on paper: a page to print, and the same as a PDF, always in today's wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from survey import conditions, filling, pdf
from survey.forms import ConsentsForm
from survey.kinds import kind_of
from survey.models import Questionnaire
from survey.pdf import Printed
from survey.questionnaire import QuestionSpec, SectionSpec, Structure


@dataclass(frozen=True)
class Item:
    """A question under its number in print; `condition`: who answers it, nothing if all do."""

    number: int
    question: QuestionSpec
    condition: str
    answer: SafeString


@dataclass(frozen=True)
class Part:
    section: SectionSpec
    items: tuple[Item, ...]


def parts(structure: Structure) -> list[Part]:
    """Every question of every section, numbered throughout, as it is answered in writing."""
    numbers = {code: n for n, code in enumerate(structure.questions, start=1)}
    return [
        Part(section, tuple(_item(structure, numbers, question) for question in section.questions))
        for section in structure.sections
    ]


def _item(structure: Structure, numbers: Mapping[str, int], question: QuestionSpec) -> Item:
    return Item(
        number=numbers[question.code],
        question=question,
        condition=_condition(structure, numbers, question),
        answer=kind_of(question).widget(question).on_paper(),
    )


def _condition(structure: Structure, numbers: Mapping[str, int], question: QuestionSpec) -> str:
    condition = question.condition
    if condition is None:
        return ""
    parent = structure.questions[condition.question]
    name = f"la question\u00a0{numbers[parent.code]}"
    return f"Si vous avez {conditions.in_words(condition, parent, name)}\u00a0:"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The questionnaire to print from a browser."""
    response = render(request, "survey/paper.html", _context())
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The questionnaire as a PDF, where this machine can make it."""
    context = _context()
    printed = Printed(
        "survey/paper_pdf.html",
        home=settings.SITE_URL + reverse("survey:paper"),
        title="Le questionnaire à imprimer",
        name=f"{context['questionnaire'].code}-questionnaire.pdf",
    )
    return pdf.answer(request, printed, context)


def _context() -> dict[str, Any]:
    questionnaire = Questionnaire.objects.filter(code=settings.QUESTIONNAIRE).first()
    if questionnaire is None:
        raise Http404
    structure = questionnaire.structure
    return {
        "questionnaire": questionnaire,
        "structure": structure,
        "parts": parts(structure),
        "minutes": filling.minutes(structure.questions.values()),
        "consents": ConsentsForm(),
        "online": settings.SITE_URL + reverse("survey:introduction"),
        "has_pdf": pdf.is_available(),
    }
