"""The admin's site: it opens to staff, once they have shown the second factor that they must."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path

from conumm import second_factor, second_factor_pages
from conumm.guide import pages as guide

COMES_FIRST = (
    *("survey", "analysis"),
    *("TextToRead", "Respondent", "Decision", "Event", "Import"),
    *("Commentary", "Edition", "Questionnaire", "Section", "Question"),
)
"""What people come for, apps and models; all else follows as Django has it."""
NAMES = {"LogEntry": "Journal de l’administration"}
"""Of models that are not ours, as our pages call them."""


class Site(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not second_factor.is_missing(request.user)

    def has_signed_in(self, request: HttpRequest) -> bool:
        """Whether this is staff, who may still have a second factor to show."""
        return super().has_permission(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            # Not behind `has_permission`: these lead there, or away.
            path("logout/", self.logout, name="logout"),
            path("second-facteur/", second_factor_pages.manage, name="second_factor"),
            path("second-facteur/code/", second_factor_pages.verify, name="second_factor_code"),
            path("aide/", self.admin_view(guide.contents), name="guide"),
            path("aide/<slug:slug>/", self.admin_view(guide.chapter), name="guide_chapter"),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The index and the sidebar: what people come for first, with what they do there."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            for model in app["models"]:
                model["verb"] = getattr(self._registry[model["model"]], "verb", "")
                model["name"] = NAMES.get(model["object_name"], model["name"])
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: _place(app["app_label"]))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A password is not enough where a second factor is missing: go and show it."""
        if self.has_signed_in(request) and second_factor.is_missing(request.user):
            following = second_factor_pages.query_of_next(request)
            return redirect(f"{second_factor.page_for(request.user)}{following}")
        return super().login(request, extra_context)


def _place(name: str) -> int:
    return COMES_FIRST.index(name) if name in COMES_FIRST else len(COMES_FIRST)
