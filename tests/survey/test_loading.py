from dataclasses import replace

import pytest

from survey import loading
from survey.models import Choice, Question, Questionnaire
from survey.questionnaire import ChoiceSpec, QuestionnaireError, SectionSpec
from tests.factories import METIER, STRUCTURE, respondent, spec

pytestmark = pytest.mark.django_db


def with_first_section(*questions):
    return replace(
        STRUCTURE, sections=(SectionSpec("lieu", "Le lieu", questions=questions), METIER)
    )


def test_loading_stores_the_questionnaire_as_it_was_declared(questionnaire):
    assert questionnaire.structure == STRUCTURE


def test_loading_again_changes_nothing(questionnaire):
    assert loading.load(STRUCTURE, "test.yaml") == []


def test_what_changed_is_told(questionnaire):
    first, *others = STRUCTURE.sections[0].questions
    changed = with_first_section(replace(first, label="Quel nom ?"), *others[:-1])

    assert loading.load(changed, "test.yaml") == [
        "question nom : label",
        "question outils : retiré",
    ]


def test_what_editors_changed_stays_unless_the_file_changes_it_too(questionnaire):
    Question.objects.filter(code="nom").update(label="Mot d’éditrice", help="Aide d’éditrice")
    first, *others = STRUCTURE.sections[0].questions

    loading.load(with_first_section(replace(first, label="Mot du fichier"), *others), "test.yaml")

    stored = Question.objects.get(code="nom")
    assert (stored.label, stored.help) == ("Mot du fichier", "Aide d’éditrice")


def test_a_question_may_move_to_another_section_with_its_answers(questionnaire):
    person = respondent({"duree": 30})
    duree = next(q for q in METIER.questions if q.code == "duree")
    rest = tuple(q for q in METIER.questions if q.code != "duree")
    first = STRUCTURE.sections[0]
    moved = replace(
        STRUCTURE,
        sections=(
            replace(first, questions=(*first.questions, duree)),
            replace(METIER, questions=rest),
        ),
    )

    loading.load(moved, "test.yaml")

    assert Questionnaire.objects.current().structure == moved
    assert person.answers.count() == 1


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (spec("type", "single", ["association", "autre"]), 'removes "mairie"'),
        (spec("type", "multiple", ["association", "mairie", "autre"]), 'becomes "multiple"'),
        (spec("autre_question", "yesno"), "has answers"),
    ],
)
def test_what_would_lose_answers_is_refused_and_nothing_changes(questionnaire, question, problem):
    respondent({"type": "mairie"})

    with pytest.raises(QuestionnaireError, match=problem) as raised:
        loading.load(with_first_section(spec("nom", "long_text"), question), "test.yaml")

    assert str(raised.value).startswith('test.yaml, question "type": key "')
    assert Questionnaire.objects.current().structure == STRUCTURE


def test_a_choice_nobody_made_may_go(questionnaire):
    respondent({"type": "association"})
    first, _, *others = STRUCTURE.sections[0].questions
    shorter = with_first_section(first, spec("type", "single", ["association", "autre"]), *others)

    loading.load(shorter, "test.yaml")

    assert not Choice.objects.filter(code="mairie").exists()


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (
            replace(
                spec("type", "single", ["association", "mairie", "autre"]),
                choices=(
                    ChoiceSpec("association", "A"),
                    ChoiceSpec("mairie", "B"),
                    ChoiceSpec("autre", "C"),
                ),
            ),
            'key "choices" takes "other" from "autre"',
        ),
        (
            spec("duree", "number", minimum=1, maximum=20),
            'key "maximum" is below an answer already given, 90',
        ),
        (
            replace(
                spec("outils", "multiple", ["ordinateur", "tablette", "autre", "aucun"]),
                choices=(
                    ChoiceSpec("ordinateur", "A", exclusive=True),
                    ChoiceSpec("tablette", "B"),
                ),
            ),
            'key "choices" makes "ordinateur" exclusive',
        ),
        (spec("nom", "short_text"), 'key "consent" changes'),
    ],
)
def test_what_would_change_the_meaning_of_answers_is_refused(questionnaire, question, problem):
    respondent(
        {
            "nom": "Le Phare",
            "type": {"choice": "autre", "other": "une péniche"},
            "outils": ["ordinateur", "tablette"],
            "duree": 90,
        }
    )
    changed = replace(
        STRUCTURE,
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    question if q.code == question.code else q for q in section.questions
                ),
            )
            for section in STRUCTURE.sections
        ),
    )

    with pytest.raises(QuestionnaireError, match=f'question "{question.code}": {problem}'):
        loading.load(changed, "test.yaml")

    assert Questionnaire.objects.current().structure == STRUCTURE


@pytest.mark.parametrize(
    ("question", "place"),
    [
        (spec("x" * 51, "yesno"), f'question {"x" * 51}: key "code" is 51 characters'),
        (replace(spec("neuve", "yesno"), title="T" * 201), 'question neuve: key "title" is 201'),
        (
            replace(spec("neuve", "yesno"), choices=(ChoiceSpec("oui", "B" * 201),)),
            'question neuve, choix oui: key "label" is 201 characters long; 200 at most',
        ),
    ],
)
def test_what_is_longer_than_its_column_is_refused(questionnaire, question, place):
    first = STRUCTURE.sections[0].questions

    with pytest.raises(QuestionnaireError, match=place):
        loading.load(with_first_section(*first, question), "test.yaml")

    assert Questionnaire.objects.current().structure == STRUCTURE
