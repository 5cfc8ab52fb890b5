from django.utils.crypto import salted_hmac
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from survey.models import Respondent


class WriteThrottle(ScopedRateThrottle):
    """Limits writes, by respondent or else by address; the cache holds neither in clear."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method in SAFE_METHODS or super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        writer = request.auth
        who = writer.token_hash if isinstance(writer, Respondent) else self.get_ident(request)
        ident = salted_hmac("survey.api.throttling", str(who), algorithm="sha256").hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": ident}
