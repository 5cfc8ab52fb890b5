"""What an import would change, and what undoing it takes away, in words, before anybody does it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from survey import french
from survey.french import listed
from survey.importing.placing import Response, texts_of
from survey.importing.planning import Change, Plan
from survey.models import Answer, Decision, Import, Questionnaire, Respondent
from survey.questionnaire import Structure

SHOWN = 20
FACTS = {
    "started_at": "début",
    "completed_at": "fin",
    "agreed_to_participate": "accepte de participer",
    "agreed_to_publish": "accepte la publication",
    "agreed_to_name_structure": "accepte que sa structure soit nommée",
}


def told(planned: Plan, questionnaire: Questionnaire) -> list[str]:
    """A line each: agreements of the new, what changes of the others and the first of them."""
    lines = [*_new(planned.new, questionnaire)]
    if planned.changes:
        lines += _changes(planned.changes, questionnaire.structure)
    return lines


def count(number: int, one: str, many: str) -> str:
    return f"{french.number(number)} {many if number > 1 else one}"


def lost(last: Import) -> str:
    """The decisions that go when this import is undone, "" if there are none."""
    created = Respondent.objects.filter(
        questionnaire=last.questionnaire, number__in=last.numbers
    ).values("pk")
    decisions = Decision.objects.filter(respondent__in=created)
    on_people = decisions.filter(question=None).count()
    gone = [
        count(number, *words)
        for number, words in (
            (
                decisions.count() - on_people,
                ("décision sur des textes", "décisions sur des textes"),
            ),
            (on_people, ("décision sur des répondants", "décisions sur des répondants")),
        )
        if number
    ]
    sentences = [f"Avec eux s’effacent {listed(gone)}."] if gone else []
    if again := _decided_and_replaced(last):
        words = ("texte décidé est à relire", "textes décidés sont à relire")
        sentences.append(f"{count(again, *words)}.")
    return " ".join(sentences)


def _new(responses: Sequence[Response], questionnaire: Questionnaire) -> Iterator[str]:
    if not responses:
        return
    publish = sum(response.consents.publish_texts for response in responses)
    name = sum(response.consents.name_structure for response in responses)
    yield (
        f"Accords des réponses nouvelles\u00a0: {french.number(publish)} pour publier les textes, "
        f"{french.number(name)} pour nommer la structure."
    )
    following = questionnaire.last_number + 1
    last = max(response.number for response in responses)
    if last >= following:
        yield f"Qui répondra ensuite aura le numéro {last + 1}, au lieu de {following}."


def _changes(changes: Sequence[Change], structure: Structure) -> Iterator[str]:
    counts = Counter(FACTS[name] for change in changes for name in change.facts)
    counts += Counter(code for change in changes for code in change.answers)
    numbered = [f"{words} ({french.number(number)})" for words, number in counts.items()]
    yield f"Ce qui change\u00a0: {listed(numbered)}."
    if again := sum(_texts_replaced(change, structure) for change in changes):
        yield f"{count(again, 'texte changé est à relire', 'textes changés sont à relire')}."
    yield from map(_change, changes[:SHOWN])
    if (more := len(changes) - SHOWN) > 0:
        yield f"Et {count(more, 'autre réponse', 'autres réponses')}."


def _change(change: Change) -> str:
    before = change.before["facts"]
    facts = [
        f"{FACTS[name]}, {_value(before[name])} → {_value(value)}"
        for name, value in change.facts.items()
    ]
    parts = filter(None, [*facts, ", ".join(change.answers)])
    return f"{change.respondent}\u00a0: " + "\u202f; ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if not value:
        return "aucune"
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _texts_replaced(change: Change, structure: Structure) -> int:
    """How many of this person's texts there were before, and would be in other words."""
    replaced = 0
    for code, value in change.answers.items():
        before = texts_of(change.before["answers"][code], code, structure)
        after = texts_of(value, code, structure)
        replaced += sum(before[choice] != after[choice] for choice in before.keys() & after.keys())
    return replaced


def _decided_and_replaced(last: Import) -> int:
    """How many texts that somebody decided are in other words once this import is undone."""
    structure = last.questionnaire.structure
    before = {each.respondent_id: each.before["answers"] for each in last.replaced.all()}
    pending = Q(verdict=Answer.Verdict.PENDING)
    decided = Answer.objects.filter(~pending, ~Q(text=""), respondent__in=list(before))
    return sum(
        texts_of(before[person][code], code, structure).get(choice) != text
        for person, code, choice, text in decided.values_list(
            "respondent", "question__code", "choice__code", "text"
        )
        if code in before[person]
    )
