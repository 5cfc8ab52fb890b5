from django import template
from django.conf import settings

from analysis import commentary, live
from analysis.models import Commentary

register = template.Library()


@register.simple_tag
def commentaries_to_review() -> int:
    published = Commentary.objects.of(settings.QUESTIONNAIRE).published().written()
    if not published:
        return 0
    report = live.report()
    return sum(bool(commentary.reasons_to_review(written, report)) for written in published)
