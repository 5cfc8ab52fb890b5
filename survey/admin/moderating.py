"""What the admin pages of respondents, texts and decisions share."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from survey import french
from survey.models import Answer, Decision, Respondent
from survey.moderation import Outcome, name_of

REFUSALS_SHOWN = 8
ACCOUNT = ("by__username", "by__first_name", "by__last_name")
"""What an account is searched by."""

VERDICT_LABELS = {str(code): label for code, label in Answer.Verdict.choices} | {
    str(code): label for code, label in Respondent.Verdict.choices
}
VERDICT_LABELS[Decision.CODED] = "recodé"


class ListAdmin(admin.ModelAdmin):
    """Its list is headed by what it lists, not by « Sélectionnez l’objet… »."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))


class ReadOnlyAdmin(ListAdmin):
    """Shows rows and never writes them: what decides on them goes through `moderation`."""

    verb = "Consulter"
    """What one does there, on the index."""
    number_field = "number"
    """The lookup of the respondent's number, which the search understands; "" if there is none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Whoever may change these rows may decide on them."""
        return super().has_change_permission(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        number = search_term.strip().lstrip("#")
        if self.number_field and number.isdecimal():
            return queryset.filter(**{self.number_field: number}), False
        return super().get_search_results(request, queryset, search_term)


def titled(title: str, base: type[admin.FieldListFilter]) -> type[admin.FieldListFilter]:
    """This kind of filter under another title than its field's name."""

    class Titled(base):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


class PersonFilter(admin.RelatedOnlyFieldListFilter):
    """By who did it, under the names that the lists show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "personne"

    def field_choices(self, field: Any, *args: Any) -> list[tuple[Any, str]]:
        keys = [key for key, _ in super().field_choices(field, *args)]
        users = field.related_model.objects.in_bulk(keys)
        return [(key, name_of(users[key])) for key in keys]


def badge(verdict: str) -> SafeString:
    label = VERDICT_LABELS.get(verdict, verdict)
    return format_html('<span class="verdict verdict-{}">{}</span>', verdict, label)


def badge_before(decision: Decision) -> SafeString:
    """What held before this decision."""
    if decision.verdict == Decision.CODED:
        return _badge_of_code(f"compté avec {french.quoted(decision.counted_before)}")
    return badge(decision.previous)


def badge_after(decision: Decision) -> SafeString:
    if decision.verdict == Decision.CODED:
        return _badge_of_code(decision.verdict_label)
    return badge(decision.verdict)


def _badge_of_code(words: str) -> SafeString:
    return format_html('<span class="verdict verdict-coded">{}</span>', words)


def count(number: int, one: str, many: str) -> str:
    """« 1 texte publié », « 3 textes publiés », « 0 texte publié »."""
    return f"{french.number(number)} {many if number > 1 else one}"


def tell(request: HttpRequest, outcome: Outcome, one: str, many: str) -> None:
    """Say how many were decided, and why the others were not."""
    if outcome.decided:
        messages.success(request, f"{count(outcome.decided, one, many)}.")
    if outcome.refused:
        messages.warning(request, _refusals(outcome.refused))


def _refusals(reasons: tuple[str, ...]) -> str:
    told = list(Counter(reasons).items())[:REFUSALS_SHOWN]
    shown = " ".join(reason for reason, _ in told)
    more = len(reasons) - sum(times for _, times in told)
    rest = f" Et {count(more, 'autre refus', 'autres refus')}." if more > 0 else ""
    return f"{count(len(reasons), 'refus', 'refus')}\u00a0: {shown}{rest}"
