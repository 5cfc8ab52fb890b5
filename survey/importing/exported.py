"""Reading what `survey.exporting` writes, JSON or CSV: the same people and answers come back."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from survey import responses
from survey.exporting import CONSENTS, FORMAT, VERSION
from survey.filling import Consents
from survey.french import quoted
from survey.importing import bounds, coded, files, tabulated
from survey.importing.files import FileError
from survey.importing.findings import Findings, Place, Unplaced
from survey.importing.placing import Decided, Placed, Response, texts_of
from survey.kinds.base import clean_text
from survey.models import Answer, Respondent
from survey.questionnaire import Structure
from survey.responses import InvalidAnswers

MISSHAPEN = "elle n’a pas la forme d’une réponse exportée"

Person: TypeAlias = Mapping[str, Any]
"""One respondent, as the JSON has them."""


def is_one(content: bytes) -> bool:
    """Whether this file is an export of ours, and not what LimeSurvey writes."""
    return _is_json(content) or tabulated.is_one(content)


def place(content: bytes, structure: Structure, findings: Findings) -> Placed:
    """The responses of this file; raise FileError if it is not an export of this questionnaire."""
    if _is_json(content):
        data = _loaded(content, structure)
        told, persons = data.get("added_choices", ()), _persons(data, structure, findings)
    else:
        file = tabulated.read(content)
        told = tabulated.added_choices(file, structure)
        persons = tabulated.persons(file, structure, findings)
    added = coded.added_choices(told, structure, findings)
    found: dict[int, Response] = {}
    refused: set[int] = set()
    for name, person in persons:
        response = _read(person, name, findings)
        if response is None:
            continue
        name = f"#{response.number}"
        if response.number in found:
            findings.refuse("ce numéro est donné deux fois.", line=name)
        elif not response.consents.participate:
            refused.add(response.number)
            findings.remark("sans accord pour participer\u00a0: laissé de côté.", line=name)
        else:
            found[response.number] = _cleaned(response, structure, findings)
    coded.refuse_unknown(found.values(), structure, added, findings)
    return Placed(tuple(found.values()), frozenset(refused), added)


def _is_json(content: bytes) -> bool:
    return content.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"


def _loaded(content: bytes, structure: Structure) -> Any:
    try:
        data = json.loads(files.decoded(content))
    except json.JSONDecodeError as error:
        where = f"ligne {error.lineno}, colonne {error.colno}"
        raise FileError(f"Ce n’est pas du JSON valable ({where}).") from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("Ce n’est pas du JSON que l’on puisse lire ici.") from error
    told = (data.get("format"), data.get("version"), data.get("questionnaire"))
    if told != (FORMAT, VERSION, structure.code):
        raise FileError(
            f"Ce fichier n’est pas un export des réponses à «\u00a0{structure.code}\u00a0» "
            f"({FORMAT}, version {VERSION})."
        )
    if not isinstance(data.get("respondents"), list):
        raise FileError(f"Il manque à ce fichier la liste des réponses, {quoted('respondents')}.")
    return data


def _persons(data: Any, structure: Structure, findings: Findings) -> Iterator[tuple[str, Person]]:
    # What is not in the file is empty: every question was in the questionnaire that it exports.
    empty = dict.fromkeys(structure.questions)
    for place, person in enumerate(data["respondents"], start=1):
        name = f"réponse n°{place}"
        try:
            yield name, person | {"answers": empty | person["answers"]}
        except (KeyError, TypeError) as error:
            findings.refuse(_misshapen(error), line=name)


def _read(person: Person, name: str, findings: Findings) -> Response | None:
    try:
        return _response(person)
    except Unplaced as unplaced:
        findings.refuse(unplaced.message, place=unplaced.place, line=name)
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
        findings.refuse(_misshapen(error), line=name)
    return None


def _misshapen(error: Exception) -> str:
    missing = f"\u00a0: il y manque {quoted(error.args[0])}" if isinstance(error, KeyError) else ""
    return f"{MISSHAPEN}{missing}."


def _response(person: Person) -> Response:
    number = person["number"]
    if type(number) is not int:
        raise Unplaced(Place("number", str(number)), "ce n’est pas un numéro de réponse.")
    number = bounds.numbered("number", str(number))
    started, updated = _moment(person, "started_at"), _moment(person, "updated_at")
    completed = _moment(person, "completed_at") if person["completed_at"] else None
    bounds.require_in_order(started, completed, Place("completed_at", person["completed_at"] or ""))
    consents = {name: person["consents"][name] is True for name in CONSENTS}
    return Response(
        number,
        Consents(**consents),
        started,
        updated,
        completed,
        person["answers"],
        texts={(t["question"], t["choice"]): _decided(t) for t in person["texts"]},
        verdict=_one_of(Respondent.Verdict, "verdict", person["verdict"]),
        verdict_reason=_reason(person),
        mode=_one_of(Respondent.Mode, "mode", person.get("mode") or Respondent.Mode.WEB),
    )


def _moment(person: Person, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(person[name])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = "un moment s’écrit 2021-02-01T14:32:00+01:00, avec son décalage."
        raise Unplaced(Place(name, person[name]), message)
    bounds.require_possible(moment, Place(name, person[name]))
    return moment


def _one_of(choices: type[TextChoices], name: str, written: str) -> str:
    if written not in choices.values:
        raise Unplaced(Place(name, written), f"on y écrit {', '.join(choices.values)}.")
    return written


def _decided(text: Mapping[str, Any]) -> Decided:
    where = _where(text["question"], text["choice"]).column
    verdict = _one_of(Answer.Verdict, f"{where}.decision", text["verdict"])
    public_text = clean_text(text["public_text"])
    if (verdict == Answer.Verdict.REDACTED) != bool(public_text):
        message = "un texte publié en partie, et lui seul, a son texte publié à côté."
        raise Unplaced(Place(f"{where}.publie", public_text), message)
    coded_as = text.get("coded_as")
    if coded_as is not None and not (isinstance(coded_as, str) and text["choice"]):
        raise ValueError(coded_as)
    return Decided(verdict, public_text, coded_as)


def _reason(person: Person) -> str:
    reason = clean_text(person["verdict_reason"])
    most = Respondent._meta.get_field("verdict_reason").max_length
    if len(reason) > most:
        raise Unplaced(Place("verdict_reason", reason), f"{most} caractères au plus.")
    if person["verdict"] != Respondent.Verdict.COUNTED and not reason:
        message = "qui est en attente ou exclu l’est pour un motif."
        raise Unplaced(Place("verdict_reason"), message)
    return reason


def _cleaned(response: Response, structure: Structure, findings: Findings) -> Response:
    name = f"#{response.number}"
    given = {code: value for code, value in response.answers.items() if value is not None}
    try:
        answers = response.answers | responses.clean(structure, given)
    except InvalidAnswers as error:
        for code, messages in error.errors.items():
            findings.refuse(" ".join(messages), place=Place(code), line=name)
        return response
    texts = {}
    for (code, choice), text in response.texts.items():
        if choice not in texts_of(answers.get(code), code, structure):
            findings.refuse(
                "il n’y a pas de texte à cet endroit.", place=_where(code, choice), line=name
            )
        elif _may_be_so(text, code, response, structure):
            texts[code, choice] = text
        else:
            texts[code, choice] = Decided(Answer.Verdict.PENDING, "", text.coded_as)
            findings.remark(
                f"question {code}\u00a0: texte publié, mais l’accord manque\u00a0: à relire.",
                line=name,
            )
    return replace(response, answers=answers, texts=texts)


def _where(code: str, choice: str | None) -> Place:
    return Place(".".join(filter(None, [code, choice])))


def _may_be_so(text: Decided, code: str, response: Response, structure: Structure) -> bool:
    if text.verdict not in Answer.PUBLIC_VERDICTS:
        return True
    return getattr(response.consents, structure.questions[code].consent)
