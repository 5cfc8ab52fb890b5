"""What the admin exports imports again to the same people, answers and decisions."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import coding, exporting, filling, moderation, responses
from survey.coding import NewChoice
from survey.filling import Consents
from survey.importing import bringing, writing
from survey.importing.files import FileError
from survey.models import Answer, Choice, Decision, Import, Question, Questionnaire, Respondent
from tests import factories
from tests.factories import STRUCTURE
from tests.limesurvey import problems, remarks

pytestmark = pytest.mark.django_db


JSON, CSV = exporting.as_json, exporting.as_csv
either = pytest.mark.parametrize("export", [JSON, CSV])


def exported(export=JSON):
    return b"".join(export(Questionnaire.objects.current(), Respondent.objects.all()))


def bring_in(content, by=None):
    return bringing.bring_in(Questionnaire.objects.current(), content, name="export", by=by)


def saved_by_a_spreadsheet(content, delimiter=";", mark="\ufeff", end="\n"):
    """The same cells, as a program that separates, ends and marks otherwise writes them."""
    output = io.StringIO()
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    csv.writer(output, delimiter=delimiter, lineterminator=end).writerows(rows)
    return (mark + output.getvalue()).encode()


def edited(content, edit):
    """The CSV with its rows changed, by what is done to them as dictionaries."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    edit(rows)
    output = io.StringIO()
    writer = csv.DictWriter(output, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue().encode()


def emptied():
    """As a database into which nothing was ever brought."""
    Respondent.objects.all().delete()
    Import.objects.all().delete()
    Questionnaire.objects.update(last_number=0)
    coding.forget_unused(Questionnaire.objects.current())


def stored():
    facts = (
        *("number", "started_at", "updated_at", "completed_at", "verdict", "verdict_reason"),
        *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure", "mode"),
    )
    columns = (
        *("respondent__number", "question__code", "shape", "choice__code", "rank", "number"),
        *("text", "verdict", "public_text", "coded_as__code"),
    )
    answers = Answer.objects.order_by("respondent__number", "question", "choice", "rank")
    return list(Respondent.objects.values_list(*facts)), list(answers.values_list(*columns))


def added():
    choices = Choice.objects.filter(added=True).order_by("question", "position")
    return list(choices.values_list("question__code", "code", "label", "position"))


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
            redact = decision == "redact" and answer.text != "=[…]"
            more = {"public_text": "=[…]"} if redact else {}
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
        (lambda person: person.pop("number"), "(KeyError('number'))"),
        (lambda person: person.pop("answers"), "(KeyError('answers'))"),
        (lambda person: person.update(number="1"), "pas un numéro de réponse. [réponse n°1]"),
        (lambda person: person.update(started_at="2021-02-03T10:00:00"), "avec son décalage."),
        (lambda person: person.update(verdict="loved"), "on y écrit counted, held, excluded."),
        (lambda person: person.update(verdict="held"), "l’est pour un motif."),
        (lambda person: person["texts"][0].update(verdict="redacted"), "a son texte publié à côté"),
        (lambda person: person["texts"].append("x"), "(TypeError("),
        (lambda person: person["texts"][0].update(coded_as="mairie"), "(ValueError("),
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


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"number": "un"}, "colonne « number », « un » : ce n’est pas un nombre entier. [ligne 2]"),
        ({"number": "9" * 20}, "ce n’est pas un numéro de réponse. [ligne 2]"),
        ({"completed_at": "03/02/2021"}, "avec son décalage. [ligne 2]"),
        ({"publish_texts": ""}, "colonne « publish_texts » : on y écrit 1 ou 0. [ligne 2]"),
        ({"type": "chateau"}, "« chateau » n’est pas un choix de cette question. [#1]"),
        ({"outils.aucun": "1"}, "« Aucun » ne va avec aucun autre choix. [#1]"),
        ({"outils.tablette": "oui"}, "« outils.tablette », « oui » : on y écrit 1 ou 0."),
        ({"publics.seniors": "1"}, "« 1, 1 » : les rangs se suivent depuis 1, chacun une fois."),
        ({"publics.jeunes": ""}, "« publics », « 2 » : les rangs se suivent depuis 1"),
        (
            {"type.autre.texte": "un phare"},
            "cette précision accompagne un choix qui n’est pas fait",
        ),
        ({"freins.decision": "loved"}, "on y écrit pending, approved, redacted, rejected."),
        ({"freins.decision": "redacted"}, "a son texte publié à côté. [ligne 2]"),
        ({"site.decision": "rejected"}, "il n’y a pas de texte à côté. [ligne 2]"),
        ({"type.autre.compte_comme": "mairie"}, "il n’y a pas de texte à côté. [ligne 2]"),
        ({"type.autre.compte_comme.libelle": "X"}, "il n’y a pas de code à côté. [ligne 2]"),
        ({"not_concerned": "duree freins"}, "« not_concerned » la nomme aussi. [ligne 2]"),
        ({"not_concerned": "toit"}, "« not_concerned », « toit » : cette question n’existe pas."),
        ({"toit": ""}, "colonne « toit » : elle n’est d’aucune question : ôtez-la du fichier"),
    ],
)
def test_a_cell_that_is_no_answer_is_told_and_keeps_everything_out(questionnaire, cells, told):
    answers = {"outils": ["ordinateur"], "publics": ["jeunes", "seniors"], "freins": "Le bruit"}
    factories.respondent(answers | {"type": "mairie"})
    content = edited(exported(CSV), lambda rows: rows[0].update(cells))
    emptied()

    [problem] = problems(bring_in(content))

    assert told in problem
    assert not Respondent.objects.exists()


def test_columns_that_are_missing_are_told(questionnaire):
    factories.respondent({"freins": "Le bruit", "type": "mairie", "duree": 5})

    def without(*headings):
        return edited(exported(CSV), lambda rows: [rows[0].pop(heading) for heading in headings])

    shorter, undated = without("duree", "type.autre.texte"), without("started_at")
    emptied()

    assert problems(bring_in(undated)) == [
        "colonne « started_at » : elle n’est pas dans le fichier."
    ]
    assert remarks(bring_in(shorter)) == [
        "colonne « type.autre.texte » : elle n’est pas dans le fichier : comptée vide.",
        "question duree : aucune de ses colonnes n’est dans le fichier : ce qui y est répondu "
        "reste tel quel.",
    ]


def test_answers_to_a_question_that_the_file_has_not_stay(questionnaire):
    factories.respondent({"freins": "Le bruit", "duree": 5})
    content = exported(CSV)
    emptied()
    bring_in(content)

    bring_in(
        edited(content, lambda rows: (rows[0].pop("duree"), rows[0].update({"type": "mairie"})))
    )

    values = responses.answers_of(Respondent.objects.get())
    assert (values["duree"], values["type"], values["freins"]) == (5, "mairie", "Le bruit")


def test_an_edited_csv_changes_what_was_imported(questionnaire):
    person = factories.respondent({"freins": "Le bruit", "duree": 5})
    content = exported(CSV)
    emptied()
    bring_in(content)

    again = bring_in(edited(content, lambda rows: rows[0].update({"freins": "", "duree": "7,5"})))

    assert again.summary == "1 réponse modifiée."
    values = responses.answers_of(Respondent.objects.get(number=person.number))
    assert (values["freins"], values["duree"]) == (None, 7.5)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_that_a_spreadsheet_saved_is_known(questionnaire, delimiter, mark):
    factories.respondent({"freins": "Le bruit ;\nla lumière"})
    before, content = stored(), exported(CSV)
    emptied()

    bring_in(saved_by_a_spreadsheet(content, delimiter, mark, "\r\n"))

    assert stored() == before


def test_nobody_imports_without_having_agreed(questionnaire):
    factories.respondent({"freins": "Le bruit"})
    content = edited(exported(CSV), lambda rows: rows[0].update(participate="0"))
    emptied()

    trial = bring_in(content)

    assert trial.summary == "1 laissée de côté faute d’accord."
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


def coded(label="Bateau"):
    """A precision that is counted as a choice that was added for it."""
    person = factories.respondent({"type": {"choice": "autre", "other": "Péniche"}})
    new = NewChoice(Question.objects.get(code="type"), label)
    coding.code(factories.text_of(person, "type"), new, by=factories.moderator())
    return person


@either
def test_added_choices_come_with_what_is_counted_as_them(questionnaire, export):
    coded()
    content = exported(export)
    emptied()
    importer = User.objects.create(username="importatrice")
    assert not Choice.objects.filter(added=True).exists()

    assert problems(bring_in(content)) == [
        "ce fichier contient des décisions : dites qui les reprend (--by)."
    ]
    bring_in(content, importer)

    answer = Answer.objects.get()
    assert (answer.coded_as.code, answer.coded_as.added) == ("bateau", True)
    assert [(d.counted_before, d.counted_as, str(d.by)) for d in Decision.objects.codings()] == [
        ("Autre", "Bateau", "importatrice")
    ]


def test_the_json_names_added_choices_once(questionnaire):
    coded()
    coded()

    assert json.loads(exported())["added_choices"] == [
        {"question": "type", "choice": "bateau", "label": "Bateau"}
    ]


def test_a_choice_that_is_there_under_this_name_is_not_added_twice(questionnaire):
    coded()
    content = exported().replace(b'"bateau"', b'"navire"')
    emptied()
    coded()
    Questionnaire.objects.update(last_number=0)
    data = json.loads(content)
    data["respondents"][0]["number"] = 7

    bring_in(json.dumps(data).encode(), factories.moderator())

    assert list(Answer.objects.values_list("coded_as__code", flat=True)) == ["bateau"] * 2


def test_an_older_export_says_nothing_of_codes(questionnaire):
    coded()
    data = json.loads(exported())
    del data["added_choices"]
    del data["respondents"][0]["texts"][0]["coded_as"]
    newer = [f"{c}.autre.compte_comme{end}" for c in ("type", "outils") for end in ("", ".libelle")]
    older = edited(exported(CSV), lambda rows: [rows[0].pop(heading) for heading in newer])

    for content in (json.dumps(data).encode(), older):
        emptied()
        trial = bring_in(content)
        assert problems(trial) + remarks(trial) == []
        assert Answer.objects.get().coded_as is None


def test_undoing_an_import_takes_its_added_choices_back(questionnaire):
    coded()
    content = exported()
    emptied()
    done = bring_in(content, factories.moderator()).done

    writing.undo(done)

    assert not Choice.objects.filter(added=True).exists()


def test_a_text_counted_as_no_choice_is_told_and_keeps_everything_out(questionnaire):
    coded()
    data = json.loads(exported())
    data["respondents"][0]["texts"][0]["coded_as"] = "chateau"
    emptied()

    trial = bring_in(json.dumps(data).encode(), factories.moderator())

    assert problems(trial) == [
        "colonne « type.autre.compte_comme » : « chateau » n’est pas un choix de cette question. "
        "[#1]"
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"type.autre.compte_comme.libelle": "Barge"},
            "« bateau » : ce choix a deux libellés, « Barge » et « Bateau » : gardez-en un.",
        ),
        ({"type.autre.compte_comme": "a b"}, "« a b » : un code s’écrit en lettres"),
        ({"type.autre.compte_comme.libelle": "X" * 201}, "fait de 1 à 200 caractères."),
    ],
)
def test_an_added_choice_that_cannot_be_is_told_and_keeps_everything_out(
    questionnaire, cells, told
):
    coded()
    coded()
    content = edited(exported(CSV), lambda rows: rows[0].update(cells))
    emptied()

    trial = bring_in(content, factories.moderator())

    assert any(told in problem for problem in problems(trial))
    assert not Respondent.objects.exists()


def test_one_line_names_an_added_choice_for_all(questionnaire):
    coded()
    coded()
    content = edited(
        exported(CSV), lambda rows: rows[1].update({"type.autre.compte_comme.libelle": ""})
    )
    emptied()

    trial = bring_in(content, factories.moderator())

    assert problems(trial) == []
    assert [answer.coded_as.code for answer in Answer.objects.all()] == ["bateau"] * 2
