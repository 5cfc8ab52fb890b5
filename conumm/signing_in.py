"""What whoever tried too many passwords is told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked(request: HttpRequest, *_: Any) -> HttpResponse:
    minutes = settings.SIGN_IN_LOCK_MINUTES
    context = {"attempts": settings.SIGN_IN_ATTEMPTS, "minutes": minutes}
    response = render(request, "conumm/locked.html", context, status=429)
    response["Retry-After"] = str(minutes * 60)
    response["Cache-Control"] = "no-store"
    return response
