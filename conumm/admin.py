"""Accounts, which are closed and never deleted, and the log of what was done in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from conumm import second_factor
from conumm.site import NAMES
from survey.admin.moderating import PersonFilter, ReadOnlyAdmin, count, titled
from survey.moderation import name_of

# Their pages show other people's keys; everyone has a page for their own.
admin.site.unregister([StaticDevice, TOTPDevice])
admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """The log names accounts: they are made inactive, not deleted with all they did."""

    actions = ("remove_second_factor",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description="Retirer le second facteur", permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """For whoever has lost phone and codes."""
        for user in users:
            second_factor.remove(user)
            self.log_change(request, user, "Second facteur retiré.")
        self.message_user(
            request,
            f"{count(len(users), 'second facteur retiré', 'seconds facteurs retirés')}.",
        )


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """What was done in the admin, on what its reader may see: to be read, never changed."""

    change_list_template = "admin/log/change_list.html"
    number_field = ""
    list_display = ("moment", "author", "action", "content_type", "where", "message")
    list_filter = (
        *("action_flag", ("user", PersonFilter)),
        ("content_type", titled("objet", admin.RelatedOnlyFieldListFilter)),
        ("action_time", titled("date", admin.DateFieldListFilter)),
    )
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "change_message", "user__username", "user__last_name")
    search_help_text = "Un compte, ou des mots de l’objet ou du message."
    fields = ("action_time", "author", "action", "content_type", "where", "message")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        return super().get_queryset(request).filter(_readable_by(request.user))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": NAMES["LogEntry"]}
        return super().changelist_view(request, title | (extra_context or {}))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        raise PermissionDenied

    @admin.display(description="date", ordering="action_time")
    def moment(self, entry: LogEntry) -> str:
        return date_format(timezone.localtime(entry.action_time), "SHORT_DATETIME_FORMAT")

    @admin.display(description="par", ordering="user__username")
    def author(self, entry: LogEntry) -> str:
        return name_of(entry.user)

    @admin.display(description="geste", ordering="action_flag")
    def action(self, entry: LogEntry) -> str:
        return entry.get_action_flag_display()

    @admin.display(description="sur", ordering="object_repr")
    def where(self, entry: LogEntry) -> str | SafeString:
        address = "" if entry.is_deletion() else entry.get_admin_url()
        if not address or not entry.object_id:
            return entry.object_repr
        return format_html('<a href="{}">{}</a>', address, entry.object_repr)

    @admin.display(description="message")
    def message(self, entry: LogEntry) -> str:
        return entry.get_change_message()


def _readable_by(user: Any) -> Q:
    """Entries about what this person may see, or did themselves."""
    if user.is_superuser:
        return Q()
    seen = Q(user=user)
    for permission in user.get_all_permissions():
        app, _, codename = permission.partition(".")
        action, _, model = codename.partition("_")
        if action == "view":
            seen |= Q(content_type__app_label=app, content_type__model=model)
    return seen
