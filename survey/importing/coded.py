"""What was decided of texts where a file comes from, and as which choices it counts them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError

from survey import coding, conditions, moderation
from survey.french import quoted
from survey.importing.files import FileError
from survey.importing.findings import Findings, Place
from survey.importing.placing import AddedChoice, Response
from survey.kinds import kind_of
from survey.kinds.base import clean_text
from survey.models import Answer, Choice, Decision, Question, Questionnaire
from survey.moderation import User
from survey.questionnaire import Structure
from survey.responses import Places

IS_CODE = re.compile(r"\w{1,50}")
LONGEST_LABEL = 200

Choices: TypeAlias = Mapping[tuple[str, str], Choice]
"""By question and by the code that a file calls it."""


def added_choices(
    told: Iterable[Any], structure: Structure, findings: Findings
) -> tuple[AddedChoice, ...]:
    """Those of a file that people here are not offered; older files have none."""
    try:
        added = [
            AddedChoice(c["question"], clean_text(c["choice"]), clean_text(c["label"]))
            for c in told
        ]
        offered = {c: {o.code for o in structure.questions[c.question].offered} for c in added}
    except (AttributeError, KeyError, TypeError, ValidationError) as error:
        raise FileError(
            f"Les choix ajoutés ({quoted('added_choices')}) sont mal écrits\u00a0: chacun a sa "
            "question, d’ici, son code et son libellé."
        ) from error
    missing = [choice for choice in added if choice.code not in offered[choice]]
    _refuse_ill_written(missing, findings)
    return tuple(missing)


def _refuse_ill_written(added: Iterable[AddedChoice], findings: Findings) -> None:
    labels: dict[tuple[str, str], str] = {}
    for question, code, label in added:
        place = Place(f"{question}.compte_comme", code)
        if not IS_CODE.fullmatch(code):
            findings.refuse("un code s’écrit en lettres, chiffres et _, 50 au plus.", place=place)
        if not 0 < len(label) <= LONGEST_LABEL:
            message = f"le libellé d’un choix fait de 1 à {LONGEST_LABEL} caractères."
            findings.refuse(message, place=place)
        if labels.setdefault((question, code), label) != label:
            both = f"{quoted(labels[question, code])} et {quoted(label)}"
            findings.refuse(f"ce choix a deux libellés, {both}\u00a0: gardez-en un.", place=place)


def refuse_unknown(
    found: Iterable[Response],
    structure: Structure,
    added: Iterable[AddedChoice],
    findings: Findings,
) -> None:
    known = {(code, c) for code, q in structure.questions.items() for c in q.choice_codes}
    known |= {(choice.question, choice.code) for choice in added}
    for response in found:
        for (code, beside), text in response.texts.items():
            if text.coded_as and (code, text.coded_as) not in known:
                message = f"{quoted(text.coded_as)} n’est pas un choix de cette question."
                place = Place(f"{code}.{beside}.compte_comme")
                findings.refuse(message, place=place, line=f"#{response.number}")
            elif text.coded_as and (
                why := _untrue(response, code, beside, text.coded_as, structure)
            ):
                place = Place(f"{code}.{beside}.compte_comme", text.coded_as)
                findings.refuse(why, place=place, line=f"#{response.number}")


def _untrue(
    response: Response, code: str, beside: str | None, coded_as: str, structure: Structure
) -> str:
    """Why this person cannot be counted so, by the rules of `coding`; "" if they can."""
    question = structure.questions[code]
    rows = kind_of(question).rows(response.answers.get(code))
    chosen = [row.choice for row in rows if row.choice]
    if coded_as == beside:
        return "c’est déjà ce que cette personne a choisi."
    if len(chosen) > 1 and any(c.exclusive for c in question.choices if c.code == coded_as):
        return "ce choix ne va avec aucun autre, et cette personne en a coché d’autres."
    before = {code: frozenset(chosen)}
    after = {code: frozenset(coded_as if choice == beside else choice for choice in chosen)}
    for other in structure.questions.values():
        rule = other.condition if other.condition and other.condition.question == code else None
        if rule and conditions.holds(rule, before) != conditions.holds(rule, after):
            return f"il changerait si la question {quoted(other.title)} se pose."
    return ""


def choices(questionnaire: Questionnaire, added_choices: Iterable[AddedChoice]) -> Choices:
    """Those as which texts may count: added for this file where the questionnaire lacks them."""
    there = Choice.objects.filter(question__questionnaire=questionnaire)
    found = {(c.question.code, c.code): c for c in there.select_related("question")}
    for added in added_choices:
        question = Question.objects.get(questionnaire=questionnaire, code=added.question)
        question.questionnaire = questionnaire
        found[added.question, added.code] = coding.add(question, added.label, added.code)
    return found


def decisions(
    answers: Sequence[Answer],
    response: Response,
    places: Places,
    choices: Choices,
    by: User | None,
) -> Iterator[Decision]:
    """Give these answers what was decided of them elsewhere, under the name of who imports it."""
    if not response.texts:
        return
    for answer in answers:
        question, own = answer.question.code, places.code(answer.choice_id)
        text = response.texts.get((question, own))
        if text and text.verdict != Answer.Verdict.PENDING:
            yield moderation.decided(answer, text.verdict, by=by, public_text=text.public_text)
        if text and text.coded_as and answer.text:
            choice = choices[question, text.coded_as]
            yield coding.coded(answer, choice, choices[question, own].label, by=by)
