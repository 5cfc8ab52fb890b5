from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format

from survey.admin.moderating import ReadOnlyAdmin, titled
from survey.models import Event

THE_PERSON = "la personne elle-même"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The log of what people did about their own responses: read, searched, never changed."""

    change_list_template = "admin/log/change_list.html"
    list_display = ("moment", "respondent", "what", "detail", "author")
    list_filter = ("what", ("at", titled("date", admin.DateFieldListFilter)))
    list_select_related = ("by",)
    search_fields = ("detail", "by__username")
    search_help_text = "Un numéro de répondant, ou un nom de compte."
    fields = ("at", "author", "respondent", "what", "detail")
    readonly_fields = fields

    @admin.display(description="date", ordering="at")
    def moment(self, event: Event) -> str:
        return date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description="répondant", ordering="number")
    def respondent(self, event: Event) -> str:
        return f"#{event.number}"

    @admin.display(description="par", ordering="by")
    def author(self, event: Event) -> str:
        return str(event.by or THE_PERSON)
