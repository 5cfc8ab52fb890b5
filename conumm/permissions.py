from typing import Any

from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request

from conumm import second_factor


class IsStaff(IsAdminUser):
    """Staff, once they have shown the second factor that they must."""

    # REST framework's views import this module: it cannot import them to name their type.
    def has_permission(self, request: Request, view: Any) -> bool:
        return super().has_permission(request, view) and not second_factor.is_missing(request.user)
