"""« Aide » in the admin: its contents, and each chapter."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from conumm.guide.chapters import BY_SLUG, CHAPTERS, by_errand


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": "Aide",
        "errands": list(by_errand(request.user)),
    }
    return TemplateResponse(request, "admin/guide/contents.html", context)


@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in BY_SLUG:
        raise Http404
    place = CHAPTERS.index(BY_SLUG[slug])
    shown = CHAPTERS[place]
    context = admin.site.each_context(request) | {
        "title": shown.text.title,
        "chapter": shown,
        "chapters": CHAPTERS,
        "is_for_reader": shown.is_for(request.user),
        "previous": CHAPTERS[place - 1] if place else None,
        "following": CHAPTERS[place + 1] if place + 1 < len(CHAPTERS) else None,
    }
    return TemplateResponse(request, "admin/guide/chapter.html", context)
