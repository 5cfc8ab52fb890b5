from django import template
from django.http import HttpRequest
from django.urls import reverse

from conumm.guide import chapters

register = template.Library()


@register.simple_tag
def guide_of(request: HttpRequest) -> str:
    """Where the guide speaks of this page, or else its contents."""
    match = request.resolver_match
    chapter = chapters.of_page(match.url_name or "") if match else None
    if chapter is None:
        return reverse("admin:guide")
    return reverse("admin:guide_chapter", args=[chapter.slug])
