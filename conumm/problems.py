"""Every error of the API as JSON: a stable code, the status, a detail to read, errors by field."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.views import defaults
from rest_framework import exceptions, views
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings

from survey.filling import Closed, Conflict, ConsentNeeded
from survey.models import Questionnaire
from survey.responses import InvalidAnswers

BODY = "body"
LONGEST_MESSAGE = 500
BUSY_SECONDS = 30

DETAILS = {
    "not_authenticated": "Identifiez-vous : cette adresse n’est pas publique.",
    "permission_denied": "Cette adresse ne vous est pas ouverte.",
    "not_found": "Rien ne se trouve à cette adresse.",
    "method_not_allowed": "Cette méthode n’est pas permise ici.",
    "not_acceptable": "Cette adresse ne répond pas dans la forme que vous demandez.",
    "unsupported_media_type": "Envoyez du JSON, annoncé par l’en-tête Content-Type.",
    "throttled": "Trop d’envois en peu de temps : attendez un peu, puis recommencez.",
    "bad_request": "Cette demande est mal formée.",
    "busy": "Le site enregistre beaucoup de réponses : recommencez dans une minute.",
    "server_error": "Une erreur s’est produite ici ; rien n’a été enregistré.",
}


class Problem(exceptions.APIException):
    """An error of this project's own, with what it says beside its detail."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.more = more


def exception_handler(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer what is known; leave the rest to `server_error`, which logs it."""
    known = _known(exception)
    response = views.exception_handler(known, context)
    if response is None:
        return None
    response.data = _problem(known)
    # Errors are JSON even where pages, drawings or YAML are served.
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = JSONRenderer(), "application/json"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return defaults.bad_request(request, exception)
    return _bare(400, "bad_request")


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_busy(sys.exc_info()[1]):
        return _busy(request)
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    return _bare(500, "server_error")


def _is_busy(error: BaseException | None) -> bool:
    """Whether SQLite has kept somebody waiting too long for another who writes."""
    return isinstance(error, OperationalError) and "locked" in str(error)


def _busy(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        response: HttpResponse = _bare(503, "busy")
    else:
        response = HttpResponse(get_template("busy.html").render(), status=503)
    response["Retry-After"] = str(BUSY_SECONDS)
    return response


def _bare(status: int, code: str) -> JsonResponse:
    content = {"code": code, "status": status, "detail": DETAILS[code]}
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def _known(exception: Exception) -> Exception:
    """The exception as one that DRF answers, if there is one for it."""
    match exception:
        case InvalidAnswers():
            return _invalid("answers", exception.errors)
        case ConsentNeeded():
            missing = "Sans cet accord, personne ne prend part."
            return _invalid("consents", {"consents.participate": [missing]})
        case exceptions.ValidationError():
            errors = dict(_by_field(exception.detail))
            is_consent = any(field.startswith("consents") for field in errors)
            return _invalid("consents" if is_consent else "answers", errors)
        case exceptions.ParseError():
            detail = str(exception.detail)
            return Problem(400, "parse_error", detail, errors={BODY: [detail]})
        case Conflict():
            detail = "Ces réponses ont été modifiées ailleurs entre-temps : choisissez."
            more = {"version": exception.version, "conflicts": exception.values}
            return Problem(409, "conflict", detail, **more)
        case Closed():
            return Problem(403, "closed", "Le questionnaire n’est pas ouvert en ce moment.")
        case Http404() | Questionnaire.DoesNotExist():
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
    return exception


def _invalid(what: str, errors: Mapping[str, list[str]]) -> Problem:
    """`what`: answers or consents."""
    details = {
        "answers": "Rien n’a été enregistré : corrigez les réponses signalées.",
        "consents": "Rien n’a été enregistré : corrigez les accords signalés.",
    }
    return Problem(400, f"invalid_{what}", details[what], errors=errors)


def _problem(exception: Exception) -> dict[str, Any]:
    code = exception.get_codes()
    more = dict(getattr(exception, "more", {}))
    if "errors" in more:
        more["errors"] = {
            _readable(field): [_readable(message) for message in messages]
            for field, messages in more["errors"].items()
        }
    return {"code": code, "status": exception.status_code, "detail": _detail(exception)} | more


def _detail(exception: Exception) -> str:
    """What was said for the occasion, or else what the code always means."""
    said = str(exception.detail)
    is_general = isinstance(
        exception,
        exceptions.MethodNotAllowed
        | exceptions.NotAcceptable
        | exceptions.UnsupportedMediaType
        | exceptions.Throttled,
    ) or said == str(type(exception).default_detail)
    return DETAILS.get(exception.get_codes(), said) if is_general else said


def _by_field(errors: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Nested errors as pairs of field, its path dotted, and messages."""
    if not isinstance(errors, Mapping):
        yield path or BODY, [str(message) for message in errors]
        return
    for key, value in errors.items():
        inside = "" if key == api_settings.NON_FIELD_ERRORS_KEY else key
        yield from _by_field(value, ".".join(filter(None, (path, inside))))


def _readable(text: str) -> str:
    """What was sent may be quoted back: cut short, and without what UTF-8 cannot say."""
    return text[:LONGEST_MESSAGE].encode("utf-8", "replace").decode("utf-8")
