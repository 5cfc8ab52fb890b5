"""What the admin exports as JSON imports again to the same people, answers and decisions."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import exporting, filling, moderation
from survey.filling import Consents
from survey.importing import bringing
from survey.importing.files import FileError
from survey.models import Answer, Decision, Import, Questionnaire, Respondent
from tests import factories
from tests.factories import STRUCTURE
from tests.limesurvey import problems, remarks

pytestmark = pytest.mark.django_db


def exported():
    questionnaire = Questionnaire.objects.current()
    return b"".join(exporting.as_json(questionnaire, Respondent.objects.all()))


def bring_in(content, by=None):
    return bringing.bring_in(Questionnaire.objects.current(), content, name="export.json", by=by)


def emptied():
    """As a database into which nothing was ever brought."""
    Respondent.objects.all().delete()
    Import.objects.all().delete()
    Questionnaire.objects.update(last_number=0)


def stored():
    facts = (
        *("number", "started_at", "updated_at", "completed_at", "verdict", "verdict_reason"),
        *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure"),
    )
    columns = (
        *("respondent__number", "question__code", "shape", "choice__code", "rank", "number"),
        *("text", "verdict", "public_text"),
    )
    answers = Answer.objects.order_by("respondent__number", "question", "choice", "rank")
    return list(Respondent.objects.values_list(*facts)), list(answers.values_list(*columns))


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
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
people = st.lists(
    st.tuples(
        answers,
        st.builds(Consents, st.just(True), st.booleans(), st.booleans()),
        st.booleans(),
        st.sampled_from([None, moderation.hold, moderation.exclude]),
        st.lists(st.sampled_from(["", "approve", "redact", "reject"]), min_size=5, max_size=5),
    ),
    max_size=4,
)


def person(given, consents, is_complete, judge, decisions, by):
    made = factories.respondent(given, consents)
    if is_complete:
        filling.complete(made)
    if judge:
        judge(made, by=by, reason="Essai")
    for answer, decision in zip(
        moderation.texts().filter(respondent=made), decisions, strict=False
    ):
        if decision == "reject":
            moderation.reject(answer, by=by)
        elif decision and made.agreed_to(answer.question.consent):
            redact = decision == "redact" and answer.text != "[…]"
            more = {"public_text": "[…]"} if redact else {}
            getattr(moderation, "redact" if redact else "approve")(answer, by=by, **more)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people)
def test_an_export_imports_to_the_same_content(questionnaire, people):
    emptied()
    by = factories.moderator()
    for each in people:
        person(*each, by)
    before, content = stored(), exported()
    emptied()

    trial = bring_in(content, by)

    assert problems(trial) == []
    assert stored() == before


def test_decisions_come_back_under_the_name_of_whoever_imports_them(questionnaire):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.approve(factories.text_of(made, "freins"), by=factories.moderator())
    content = exported()
    emptied()
    importer = User.objects.create(username="importatrice")

    assert problems(bring_in(content)) == [
        "ce fichier contient des décisions : dites qui les reprend (--by)."
    ]
    bring_in(content, importer)

    assert [str(d.by) for d in Decision.objects.all()] == ["importatrice"]


def test_a_text_published_without_the_consent_of_today_is_to_be_read_again(questionnaire):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.approve(factories.text_of(made, "freins"), by=factories.moderator())
    filling.change_consents(made, factories.NOTHING_PUBLIC)
    content = exported()
    emptied()

    trial = bring_in(content)

    assert remarks(trial) == [
        "question freins : texte publié, mais l’accord manque : à relire. [#1]"
    ]
    assert Answer.objects.get(question__code="freins").verdict == "pending"


def test_an_export_is_imported_by_the_command_and_again(questionnaire, tmp_path):
    made = factories.respondent({"freins": "Le bruit"})
    moderation.hold(made, by=factories.moderator(), reason="Essai")
    file = tmp_path / "export.json"
    file.write_bytes(exported())
    emptied()

    call_command("import_responses", file, by="moderatrice")
    call_command("import_responses", file, by="moderatrice")

    held = Respondent.objects.get()
    assert (held.verdict, held.verdict_reason) == ("held", "Essai")
    with pytest.raises(CommandError, match="no user"):
        call_command("import_responses", file, by="personne")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(version=2),
        lambda data: data.update(questionnaire="autre"),
        lambda data: data["respondents"][0].pop("number"),
        lambda data: data["respondents"][0].update(number="1"),
        lambda data: data["respondents"][0].update(started_at="2021-02-03T10:00:00"),
        lambda data: data["respondents"][0].update(verdict="loved"),
        lambda data: data["respondents"][0].update(verdict="held"),
        lambda data: data["respondents"][0]["texts"][0].update(verdict="redacted"),
        lambda data: data["respondents"].append("x"),
    ],
)
def test_json_of_another_shape_is_refused_whole(questionnaire, spoil):
    factories.respondent({"freins": "Le bruit"})
    data = json.loads(exported())
    spoil(data)
    emptied()

    with pytest.raises(FileError):
        bring_in(json.dumps(data).encode())

    assert not Respondent.objects.exists()


def test_answers_that_are_none_are_told_and_keep_everything_out(questionnaire):
    factories.respondent({"type": "mairie"})
    data = json.loads(exported())
    data["respondents"][0]["answers"] = {"type": "chateau", "inconnue": 1}
    emptied()

    trial = bring_in(json.dumps(data).encode())

    assert problems(trial) == [
        "colonne « answers.type » : « chateau » n’est pas un choix de cette question. [#1]",
        "colonne « answers.inconnue » : Cette question n’existe pas. [#1]",
    ]
    assert not Respondent.objects.exists()
