"""The API's addresses, whoever answers there, and its documentation."""

from typing import Any

from django.urls import include, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

PROBLEM = {
    "description": "Toute autre erreur, sous la même forme.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class SchemaView(SpectacularAPIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="schema",
        tags=["Documentation"],
        summary="La description de cette API, en OpenAPI 3",
        description="En YAML, ou en JSON avec `?format=json`.",
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._get_schema_response(request)


class DocumentationView(SpectacularSwaggerSplitView):
    """Swagger, in a page and a script of our own: theirs styles inline and sets a cookie."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    url_name = "api:schema"
    template_name = "conumm/swagger.html"
    template_name_js = "conumm/swagger.js"


class UnknownAddress(APIView):
    """Whatever address the API does not have: an error like any other of the API's."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound("Rien ne se trouve à cette adresse ; toutes finissent par « / ».")


def describe_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say in the schema, once for all, what every operation's other errors look like."""
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = PROBLEM
    return result


# Each app that answers under /api/v1/ has its line here.
api_urls = [
    path("", include("survey.api.urls")),
    path("", include("analysis.api")),
    path("", include("analysis.editions_api")),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
]
