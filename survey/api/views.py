from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from survey import filling, publication, responses
from survey.api.authentication import IsRespondent, PersonalLink, invalid_token
from survey.api.parsing import JSONObject
from survey.api.serializers import (
    AnswersBodySerializer,
    CompletedSerializer,
    ConflictSerializer,
    ConsentsBodySerializer,
    ProblemSerializer,
    QuestionnaireSerializer,
    SavedSerializer,
    StartedSerializer,
)
from survey.api.throttling import WriteThrottle
from survey.filling import Consents
from survey.models import Questionnaire, Respondent

# Docstrings of views would stand, in English, in the French documentation.
INVALID = OpenApiResponse(ProblemSerializer, "Refusé en entier ; `errors` dit pourquoi.")
CLOSED = OpenApiResponse(ProblemSerializer, "`closed` : le questionnaire ne prend pas de réponses.")
UNKNOWN = OpenApiResponse(ProblemSerializer, "`not_authenticated` ou `invalid_token`.")
THROTTLED = OpenApiResponse(ProblemSerializer, "`throttled` : l’en-tête Retry-After dit quand.")
CONFLICT = OpenApiResponse(ConflictSerializer, "`conflict` : modifié ailleurs entre-temps.")


class QuestionnaireView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"Access-Control-Allow-Origin": "*"}

    @extend_schema(
        operation_id="questionnaire",
        tags=["Questionnaire"],
        summary="Le questionnaire : ses parties, ses questions, leurs choix et conditions",
        responses={200: QuestionnaireSerializer},
    )
    def get(self, request: Request) -> Response:
        return Response(QuestionnaireSerializer(publication.campaign()).data)


class UnstoredView(APIView):
    # What passes here is personal: no cache keeps it.
    parser_classes = (JSONObject,)
    throttle_classes = (WriteThrottle,)

    @property
    def default_response_headers(self) -> dict[str, str]:
        return super().default_response_headers | {"Cache-Control": "no-store"}


class StartView(UnstoredView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_scope = "start"

    @extend_schema(
        operation_id="start",
        tags=["Répondre"],
        summary="Commencer : donner ses accords, recevoir son numéro et son code",
        request=ConsentsBodySerializer,
        responses={201: StartedSerializer, 400: INVALID, 403: CLOSED, 429: THROTTLED},
    )
    def post(self, request: Request) -> Response:
        consents = Consents(**_checked(ConsentsBodySerializer(data=request.data))["consents"])
        respondent, token = filling.start(Questionnaire.objects.current(), consents)
        return Response({"number": respondent.number, "token": token}, status=201)


class RespondentView(UnstoredView):
    # Only the holder of a personal link comes here: `request.auth` is the respondent.
    authentication_classes = (PersonalLink,)
    permission_classes = (IsRespondent,)
    throttle_scope = "write"

    def handle_exception(self, exc: Exception) -> Response:
        # Erased from another device while this request was under way.
        erased = isinstance(exc, Respondent.DoesNotExist)
        return super().handle_exception(invalid_token() if erased else exc)


class MeView(RespondentView):
    @extend_schema(
        operation_id="withdraw",
        tags=["Répondre"],
        summary="Se retirer : tout effacer, même après la clôture",
        responses={204: None, 401: UNKNOWN, 429: THROTTLED},
    )
    def delete(self, request: Request) -> Response:
        filling.withdraw(request.auth)
        return Response(status=204)


class AnswersView(RespondentView):
    @extend_schema(
        operation_id="answers",
        tags=["Répondre"],
        summary="Relire toutes ses réponses",
        responses={200: SavedSerializer, 401: UNKNOWN},
    )
    def get(self, request: Request) -> Response:
        return _all_answers(request.auth)

    @extend_schema(
        operation_id="save",
        tags=["Répondre"],
        summary="Enregistrer les réponses nommées, toutes ou aucune",
        request=AnswersBodySerializer,
        responses={
            200: SavedSerializer,
            400: INVALID,
            401: UNKNOWN,
            403: CLOSED,
            409: CONFLICT,
            429: THROTTLED,
        },
    )
    def patch(self, request: Request) -> Response:
        body = _checked(AnswersBodySerializer(data=request.data))
        filling.save(request.auth, body["version"], body["answers"])
        return _all_answers(request.auth)


class CompletionView(RespondentView):
    @extend_schema(
        operation_id="complete",
        tags=["Répondre"],
        summary="Terminer ; deux fois vaut une, et les réponses restent modifiables",
        request=None,
        responses={200: CompletedSerializer, 401: UNKNOWN, 403: CLOSED, 429: THROTTLED},
    )
    def post(self, request: Request) -> Response:
        filling.complete(request.auth)
        return Response(CompletedSerializer(request.auth).data)


class ConsentsView(RespondentView):
    @extend_schema(
        operation_id="consents",
        tags=["Répondre"],
        summary="Changer ses accords, même après la clôture",
        request=ConsentsBodySerializer,
        responses={200: ConsentsBodySerializer, 400: INVALID, 401: UNKNOWN, 429: THROTTLED},
    )
    def patch(self, request: Request) -> Response:
        body = _checked(ConsentsBodySerializer(data=request.data, partial=True))
        consents = Consents(**asdict(_consents_of(request.auth)) | body.get("consents", {}))
        filling.change_consents(request.auth, consents)
        return Response({"consents": asdict(consents)})


def _checked(body: Serializer) -> dict[str, Any]:
    body.is_valid(raise_exception=True)
    return body.validated_data


def _consents_of(respondent: Respondent) -> Consents:
    return Consents(
        participate=respondent.agreed_to_participate,
        publish_texts=respondent.agreed_to_publish,
        name_structure=respondent.agreed_to_name_structure,
    )


def _all_answers(respondent: Respondent) -> Response:
    """The version was read before the answers: it may lag behind them, never be ahead."""
    saved = {
        "version": respondent.version,
        "saved_at": respondent.updated_at,
        "answers": responses.answers_of(respondent),
    }
    return Response(SavedSerializer(saved).data)
