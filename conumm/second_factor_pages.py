"""Where staff take a second factor, show it, and give it up."""

from base64 import b32encode
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conumm import second_factor

View = Callable[[HttpRequest], HttpResponse]
REFUSED = (
    "Ce code n’est pas bon, ou il a déjà servi. Attendez le suivant, puis recommencez\u202f; "
    "après plusieurs erreurs, l’attente s’allonge."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": "Écrivez le code."},
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = label


def for_staff(view: View) -> View:
    """A page for whoever has signed in with a password, second factor shown or not."""

    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if not admin.site.has_signed_in(request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request)

    return wrapped


@for_staff
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the application, or one on paper; then go where one was going."""
    if not second_factor.has_one(request.user) or request.user.is_verified():
        return redirect(_next(request))
    form = CodeForm(request.POST or None, label="Code")
    if form.is_valid():
        device = second_factor.shown_by(request.user, form.cleaned_data["code"])
        if device:
            _let_in(request, device)
            return redirect(_next(request))
        form.add_error("code", REFUSED)
    return _page(request, "verify", "Second facteur", form=form, next=_next(request))


@for_staff
def manage(request: HttpRequest) -> HttpResponse:
    """Take a second factor; once it is there, and shown, renew its codes or give it up."""
    if not second_factor.has_one(request.user):
        return _enrol(request)
    if second_factor.is_missing(request.user):
        return redirect(f"{second_factor.page_for(request.user)}{query_of_next(request)}")
    if "new_codes" in request.POST:
        return _codes(request)
    if "remove" in request.POST:
        second_factor.remove(request.user)
        messages.success(request, "Le second facteur est retiré.")
        return redirect("admin:second_factor")
    left = second_factor.backup_codes_left(request.user)
    return _page(request, "manage", "Second facteur", left=left)


def query_of_next(request: HttpRequest) -> str:
    """`?next=…`, to hand on where one was going."""
    return f"?{urlencode({'next': _next(request)})}"


def _enrol(request: HttpRequest) -> HttpResponse:
    device = second_factor.being_enrolled(request.user)
    form = CodeForm(request.POST or None, label="Code affiché par l’application")
    if form.is_valid():
        if second_factor.confirm(device, form.cleaned_data["code"]):
            _let_in(request, device)
            return _codes(request)
        form.add_error("code", REFUSED)
    return _page(
        request,
        "enrol",
        "Ajouter un second facteur",
        form=form,
        next=_next(request),
        image=second_factor.qr_code(device),
        key=b32encode(device.bin_key).decode(),
    )


def _codes(request: HttpRequest) -> HttpResponse:
    """The codes, once: they are never shown again."""
    codes = second_factor.new_backup_codes(request.user)
    return _page(request, "codes", "Codes de secours", codes=codes, next=_next(request))


def _let_in(request: HttpRequest, device: Any) -> None:
    # Whoever held this session's key before holds nothing now.
    request.session.cycle_key()
    django_otp.login(request, device)


def _next(request: HttpRequest) -> str:
    """Where one was going, if it is here; or else the admin's first page."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("admin:index")


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, f"admin/second_factor/{template}.html", context)
