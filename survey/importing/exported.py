"""Reading the JSON that `survey.exporting` writes: the same people and answers come back."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from survey import responses
from survey.exporting import CONSENTS, FORMAT, VERSION
from survey.filling import Consents
from survey.importing.facts import LARGEST_NUMBER
from survey.importing.files import FileError
from survey.importing.findings import Findings, Place
from survey.importing.placing import Decided, Placed, Response
from survey.kinds.base import clean_text
from survey.models import Answer, Respondent
from survey.questionnaire import Structure
from survey.responses import InvalidAnswers


def is_one(content: bytes) -> bool:
    """Whether this file is such JSON, and not what LimeSurvey writes."""
    return content.lstrip()[:1] == b"{"


def place(content: bytes, structure: Structure, findings: Findings) -> Placed:
    """The responses of this file; raise FileError if it is not an export of this questionnaire."""
    try:
        data = json.loads(content)
    except ValueError as error:
        raise FileError(f"Ce n’est pas du JSON valable\u00a0: {error}.") from error
    told = (data.get("format"), data.get("version"), data.get("questionnaire"))
    if told != (FORMAT, VERSION, structure.code):
        raise FileError(
            f"Ce fichier n’est pas un export des réponses à «\u00a0{structure.code}\u00a0» "
            f"({FORMAT}, version {VERSION})."
        )
    found: dict[int, Response] = {}
    refused: set[int] = set()
    for place, person in enumerate(data.get("respondents", ()), start=1):
        try:
            response = _response(person)
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
            raise FileError(f"La réponse n°{place} est mal écrite\u00a0: {error!r}.") from error
        name = f"#{response.number}"
        if response.number in found:
            findings.refuse("ce numéro est donné deux fois.", line=name)
        elif not response.consents.participate:
            refused.add(response.number)
            findings.remark("sans accord pour participer\u00a0: laissé de côté.", line=name)
        else:
            found[response.number] = _cleaned(response, structure, findings)
    return Placed(tuple(found.values()), frozenset(refused))


def _response(person: Any) -> Response:
    number = person["number"]
    if type(number) is not int or not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(number)
    consents = {name: person["consents"][name] is True for name in CONSENTS}
    completed_at = person["completed_at"]
    return Response(
        number,
        Consents(**consents),
        _moment(person["started_at"]),
        _moment(person["updated_at"]),
        completed_at and _moment(completed_at),
        dict(person["answers"]),
        texts={(t["question"], t["choice"]): _decided(t) for t in person["texts"]},
        verdict=Respondent.Verdict(person["verdict"]),
        verdict_reason=_reason(person),
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment


def _decided(text: Any) -> Decided:
    verdict, public_text = Answer.Verdict(text["verdict"]), clean_text(text["public_text"])
    if (verdict == Answer.Verdict.REDACTED) != bool(public_text):
        raise ValueError(text)
    return Decided(verdict, public_text)


def _reason(person: Any) -> str:
    reason = clean_text(person["verdict_reason"])
    most = Respondent._meta.get_field("verdict_reason").max_length
    if len(reason) > most or (person["verdict"] != Respondent.Verdict.COUNTED and not reason):
        raise ValueError(reason)
    return reason


def _cleaned(response: Response, structure: Structure, findings: Findings) -> Response:
    name = f"#{response.number}"
    try:
        answers = responses.clean(structure, response.answers)
    except InvalidAnswers as error:
        for code, messages in error.errors.items():
            findings.refuse(" ".join(messages), place=Place(f"answers.{code}"), line=name)
        return response
    texts = {}
    for (code, choice), text in response.texts.items():
        if _may_be_so(text, code, response, structure):
            texts[code, choice] = text
        else:
            findings.remark(
                f"question {code}\u00a0: texte publié, mais l’accord manque\u00a0: à relire.",
                line=name,
            )
    # What is not in the file is empty: every question was in the questionnaire that it exports.
    empty = dict.fromkeys(structure.questions)
    return replace(response, answers=empty | answers, texts=texts)


def _may_be_so(text: Decided, code: str, response: Response, structure: Structure) -> bool:
    if text.verdict not in Answer.PUBLIC_VERDICTS or code not in structure.questions:
        return True
    return getattr(response.consents, structure.questions[code].consent)
