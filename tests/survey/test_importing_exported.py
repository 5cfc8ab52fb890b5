"""What the admin exports imports again to the same people, answers and decisions."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import coding, filling, moderation
from survey.coding import NewChoice
from survey.filling import Consents
from survey.importing.files import FileError
from survey.models import Answer, Decision, Respondent
from tests import factories
from tests.exported import (
    CSV,
    JSON,
    added,
    bring_in,
    edited,
    either,
    emptied,
    exported,
    saved_by_a_spreadsheet,
    stored,
)
from tests.factories import STRUCTURE
from tests.limesurvey import problems, remarks

pytestmark = pytest.mark.django_db

words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    # What CSV files and spreadsheets stumble over.
    st.text("'=+-@＝ \n\t\u2028\x0b\",;.0x", max_size=8),
)
NOT_CONCERNED = st.just({"not_concerned": True})


def chosen(question):
    def made(code):
        plain = st.just(code)
        specified = st.builds(lambda text: {"choice": code, "other": text}, words)
        return st.one_of(plain, specified) if code in question.other_codes else plain

    return st.sampled_from(question.choice_codes).flatmap(made)


def several(question):
    alone = [choice.code for choice in question.choices if choice.exclusive]
    together = st.lists(
        chosen(question), unique_by=lambda c: c if isinstance(c, str) else c["choice"]
    )
    return together.filter(lambda made: len(made) < 2 or not {*alone} & {*map(str, made)})


GIVEN = {
    "single": chosen,
    "yesno": chosen,
    "multiple": several,
    "ranking": several,
    "number": lambda question: st.decimals(1, 600, places=3).map(float),
    "long_text": lambda question: words,
    "short_text": lambda question: words,
    "url": lambda question: words,
}
answers = st.fixed_dictionaries(
    {},
    optional={
        code: st.one_of(st.none(), NOT_CONCERNED, GIVEN[question.kind](question))
        for code, question in STRUCTURE.questions.items()
    },
)
TARGETS = ("mairie", "ordinateur", "=Bateau ; « à quai »")
people = st.lists(
    st.tuples(
        answers,
        st.builds(Consents, st.just(True), st.booleans(), st.booleans()),
        st.booleans(),
        st.sampled_from([None, moderation.hold, moderation.exclude]),
        words.filter(str.strip),
        st.lists(st.sampled_from(["", "approve", "redact", "reject"]), min_size=5, max_size=5),
        st.lists(st.sampled_from(["", *TARGETS]), min_size=5, max_size=5),
    ),
    max_size=4,
)


def person(given, consents, is_complete, judge, reason, decisions, targets, by):
    made = factories.respondent(given, consents)
    if is_complete:
        filling.complete(made)
    if judge:
        judge(made, by=by, reason=reason)
    texts = moderation.texts().filter(respondent=made)
    for answer, decision, target in zip(texts, decisions, targets, strict=False):
        if decision == "reject":
            moderation.reject(answer, by=by)
        elif decision and made.agreed_to(answer.question.consent):
            redact = decision == "redact" and answer.text != "=un […]"
            more = {"public_text": "=un […]"} if redact else {}
            getattr(moderation, "redact" if redact else "approve")(answer, by=by, **more)
        if answer.choice and target:
            choice = answer.question.choices.filter(code=target).first()
            coding.code(answer, choice or NewChoice(answer.question, target), by=by)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people)
def test_either_export_imports_to_the_same_content(questionnaire, people):
    emptied()
    by = factories.moderator()
    for each in people:
        person(*each, by)
    before, as_json, as_csv = (stored(), added()), exported(JSON), exported(CSV)

    for content in (as_json, as_csv, saved_by_a_spreadsheet(as_csv)):
        emptied()
        trial = bring_in(content, by)

        assert problems(trial) + remarks(trial) == []
        assert (stored(), added()) == before


@either
def test_decisions_come_back_under_the_name_of_whoever_imports_them(questionnaire, export):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.approve(factories.text_of(made, "freins"), by=factories.moderator())
    content = exported(export)
    emptied()
    importer = User.objects.create(username="importatrice")

    assert problems(bring_in(content)) == [
        "ce fichier contient des décisions : dites qui les reprend (--by)."
    ]
    bring_in(content, importer)

    assert [str(d.by) for d in Decision.objects.all()] == ["importatrice"]


@either
def test_a_text_published_without_the_consent_of_today_is_to_be_read_again(questionnaire, export):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.approve(factories.text_of(made, "freins"), by=factories.moderator())
    filling.change_consents(made, factories.NOTHING_PUBLIC)
    content = exported(export)
    emptied()

    trial = bring_in(content)

    assert remarks(trial) == [
        "question freins : texte publié, mais l’accord manque : à relire. [#1]"
    ]
    assert Answer.objects.get(question__code="freins").verdict == "pending"


@either
def test_an_export_is_imported_by_the_command_and_again(questionnaire, tmp_path, export):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.hold(made, by=factories.moderator(), reason="Essai")
    file = tmp_path / "export"
    file.write_bytes(exported(export))
    emptied()

    call_command("import_responses", file, by="moderatrice")
    call_command("import_responses", file, by="moderatrice")

    held = Respondent.objects.get()
    assert (held.verdict, held.verdict_reason) == ("held", "Essai")
    with pytest.raises(CommandError, match="no user"):
        call_command("import_responses", file, by="personne")


@pytest.mark.parametrize(
    "told",
    [
        *({"version": 2}, {"questionnaire": "autre"}, {"format": None}),
        {"added_choices": [{"question": "type", "choice": "x"}]},
        {"added_choices": [{"question": "toit", "choice": "x", "label": "X"}]},
        {"added_choices": None},
    ],
)
def test_json_of_something_else_is_refused(questionnaire, told):
    with pytest.raises(FileError):
        bring_in(json.dumps(json.loads(exported()) | told).encode())


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda person: person.pop("number"), "il y manque « number »."),
        (lambda person: person.pop("answers"), "il y manque « answers »."),
        (lambda person: person.update(number="1"), "pas un numéro de réponse. [réponse n°1]"),
        (lambda person: person.update(started_at="2021-02-03T10:00:00"), "avec son décalage."),
        (lambda person: person.update(verdict="loved"), "on y écrit counted, held, excluded."),
        (lambda person: person.update(verdict="held"), "l’est pour un motif."),
        (lambda person: person["texts"][0].update(verdict="redacted"), "a son texte publié à côté"),
        (lambda person: person["texts"].append("x"), "la forme d’une réponse exportée."),
        (lambda person: person["texts"][0].update(coded_as="mairie"), "la forme d’une"),
    ],
)
def test_a_response_of_another_shape_is_told_and_keeps_everything_out(questionnaire, spoil, told):
    factories.respondent({"freins": "Le bruit"})
    data = json.loads(exported())
    spoil(data["respondents"][0])
    emptied()

    [problem] = problems(bring_in(json.dumps(data).encode()))

    assert told in problem
    assert not Respondent.objects.exists()


def test_answers_that_are_none_are_told_and_keep_everything_out(questionnaire):
    factories.respondent({"type": "mairie"})
    data = json.loads(exported())
    data["respondents"][0]["answers"] = {"type": "chateau", "inconnue": 1}
    emptied()

    trial = bring_in(json.dumps(data).encode())

    assert problems(trial) == [
        "colonne « type » : « chateau » n’est pas un choix de cette question. [#1]",
        "colonne « inconnue » : Cette question n’existe pas. [#1]",
    ]
    assert not Respondent.objects.exists()


@either
def test_how_people_answered_comes_back_and_who_typed_it_in_does_not(questionnaire, export):
    by = factories.moderator()
    factories.respondent({"duree": 10})
    Respondent.objects.update(mode="phone", entered_by=by)
    content = exported(export)
    emptied()

    bring_in(content, by)

    # Accounts are of one site: that one is nobody here.
    assert Respondent.objects.values_list("mode", "entered_by").get() == ("phone", None)


def test_files_of_before_there_were_modes_are_of_people_who_answered_alone(questionnaire):
    factories.respondent({"duree": 10})
    data = json.loads(exported())
    del data["respondents"][0]["mode"]
    older = edited(exported(CSV), lambda rows: rows[0].pop("mode"))

    for content in (json.dumps(data).encode(), older):
        emptied()
        assert problems(bring_in(content)) == []
        assert Respondent.objects.get().mode == "web"
