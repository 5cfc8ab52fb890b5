"""Who may speak for a respondent: whoever holds the code of the personal link."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from survey import filling
from survey.models import Respondent


class PersonalLink(BaseAuthentication):
    """`Authorization: Bearer <token>`; `request.auth` is then the respondent."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Respondent] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        respondent = filling.find(token)
        if respondent is None:
            raise invalid_token()
        return AnonymousUser(), respondent

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="respondent"'


def invalid_token() -> AuthenticationFailed:
    return AuthenticationFailed(
        "Ce code n’ouvre aucun questionnaire : il est incomplet, ou les réponses ont été effacées.",
        code="invalid_token",
    )


class IsRespondent(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, Respondent)


class PersonalLinkScheme(OpenApiAuthenticationExtension):
    target_class = "survey.api.authentication.PersonalLink"
    name = "personalLink"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Le code du lien personnel, reçu une seule fois en commençant. "
            "Il ne va dans aucune adresse.",
        }
