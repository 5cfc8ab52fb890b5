"""Addresses of the pages of the person whose page is shown."""

from typing import Any

from django import template

from survey import access

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: template.Context, name: str, *args: Any) -> str:
    return access.address(context["request"], name, *args)
