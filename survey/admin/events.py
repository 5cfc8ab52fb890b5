from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format

from survey.admin.moderating import ACCOUNT, ReadOnlyAdmin, titled
from survey.models import Event
from survey.moderation import name_of

THE_PERSON = "la personne elle-même"


def author_of(event: Event) -> str:
    """Who did it: staff, an import that a command brought in, or the person."""
    if event.by:
        return name_of(event.by)
    return f"import de {event.by_import}" if event.by_import else THE_PERSON


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log of what happened to responses, decisions apart: read, searched, never changed."""

    change_list_template = "admin/log/change_list.html"
    list_display = ("moment", "respondent", "what", "detail", "author")
    list_filter = ("what", ("at", titled("date", admin.DateFieldListFilter)))
    list_select_related = ("by", "by_import")
    search_fields = ("detail", *ACCOUNT)
    search_help_text = "Un numéro de répondant, ou un nom de compte."
    fields = ("at", "author", "respondent", "what", "detail")
    readonly_fields = fields

    @admin.display(description="date", ordering="at")
    def moment(self, event: Event) -> str:
        return date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description="répondant", ordering="number")
    def respondent(self, event: Event) -> str:
        return f"#{event.number}"

    @admin.display(description="par", ordering="by__username")
    def author(self, event: Event) -> str:
        return author_of(event)
