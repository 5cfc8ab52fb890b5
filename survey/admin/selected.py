"""What was ticked in a list: each is decided on or told of, whatever the list has become since."""

from collections.abc import Collection
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest


def ticked(page: ModelAdmin, request: HttpRequest, listed: QuerySet[Any]) -> QuerySet[Any]:
    """What was ticked, even what its filter no longer lists: somebody has decided on it since."""
    if _is_all_listed(request):
        return listed
    rows = page.get_queryset(request).select_related(*page.list_select_related)
    return rows.filter(pk__in=_keys(request)).order_by(*page.get_ordering(request))


def gone(request: HttpRequest, found: Collection[Model]) -> list[str]:
    """The keys of what was ticked and is no longer there."""
    if _is_all_listed(request):
        return []
    there = {str(row.pk) for row in found}
    return [key for key in dict.fromkeys(_keys(request)) if key not in there]


def _is_all_listed(request: HttpRequest) -> bool:
    """Whether all that the filter lists was asked for, on every page of it."""
    return request.POST.get("select_across") == "1"


def _keys(request: HttpRequest) -> list[str]:
    return request.POST.getlist(ACTION_CHECKBOX_NAME)
