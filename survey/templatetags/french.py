"""Numbers and dates in templates, as French pages write them."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from survey import dates
from survey.french import number

register = template.Library()


@register.filter
def figure(value: float) -> str:
    return number(value)


@register.filter
def day(value: date) -> str:
    return dates.day(value)


@register.filter
def clock(value: datetime) -> str:
    return dates.clock(value)


@register.filter
def has_come(value: datetime | None) -> bool:
    return value is None or value <= timezone.now()
