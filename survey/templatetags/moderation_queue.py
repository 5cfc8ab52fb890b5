from django import template

from survey import french
from survey.models import Respondent, TextToRead

register = template.Library()
register.filter("thousands", french.number)


@register.simple_tag
def texts_waiting() -> int:
    return TextToRead.objects.waiting().count()


@register.simple_tag
def texts_without_consent() -> int:
    """Those that nobody decided on, and that cannot be published."""
    return TextToRead.objects.pending().filter(agreed=False).count()


@register.simple_tag
def respondents_held() -> int:
    return Respondent.objects.filter(verdict=Respondent.Verdict.HELD).count()
