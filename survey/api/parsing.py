"""The body of a request: one JSON object in UTF-8, of sane size and depth."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MAXIMUM_DEPTH = 10
LONGEST_INTEGER = 100


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = "Cet envoi est trop volumineux : répartissez les réponses en plusieurs envois."


class JSONObject(BaseParser):
    """Raises ParseError in French.

    NaN, Infinity and endless integers are read, as no finite number: it is then the question
    they answer that refuses them, by its name.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        data = _read(stream)
        if not isinstance(data, dict):
            raise ParseError("Envoyez un objet JSON : {…}.")
        if _is_deeper(data, MAXIMUM_DEPTH):
            raise ParseError("Ce JSON est trop imbriqué.")
        return data


def _read(stream: IO[bytes]) -> Any:
    body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise TooLarge
    try:
        return json.loads(body.decode("utf-8"), parse_int=_integer)
    except UnicodeDecodeError as error:
        raise ParseError("Ce texte n’est pas de l’UTF-8.") from error
    except RecursionError as error:
        raise ParseError("Ce JSON est trop imbriqué.") from error
    except ValueError as error:
        raise ParseError("Ce texte n’est pas du JSON.") from error


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _is_deeper(data: Any, levels: int) -> bool:
    if not isinstance(data, dict | list):
        return False
    inside = data.values() if isinstance(data, dict) else data
    return levels == 0 or any(_is_deeper(value, levels - 1) for value in inside)
