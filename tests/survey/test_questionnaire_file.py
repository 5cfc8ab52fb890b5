"""The questionnaire that the site asks, and what the reader of such files refuses."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

import survey
from survey.kinds import kind_of
from survey.questionnaire import QuestionnaireError, read
from tests.outline import SECTIONS

FILE = Path(survey.__file__).parent / "questionnaires" / "conumm.yaml"

# Choices that the report, imports and demo data rest on, in their order; others may stand between.
CHOICES = {
    "structure_type": "association collectivite auto_entrepreneur acteur_public entreprise autre",
    "tiers_lieu_forme": "labellise revendique de_fait projet",
    "activites_numeriques": "initiations formations les_deux aucune",
    "publics_age": "enfants jeunes adultes_18_30 adultes_30_60 seniors",
    "publics_csp": "employes ouvriers artisans_commercants cadres agriculteurs retraites "
    "sans_activite professions_intermediaires etudiants enfants",
    "seances_format": "individuel collectif",
    "seances_effectif": "petit_groupe groupe classe grand_groupe",
    "part_mediation": "plein_temps plus_mi_temps mi_temps moins_mi_temps ponctuelle",
    "equipe": "seul equipe",
    "evaluation": "aucune",
    "handicap_acces": "oui en_partie non",
    "handicap_refus": "jamais parfois souvent",
    "sexe": "ne_se_prononce_pas autre",
    "statut": "cdi cdd fonctionnaire contrat_aide independant service_civique benevole autre",
    "formation_initiale": "sans_diplome cap_bep bac bac_2 bac_3 bac_5 doctorat autre",
    "brevet_professionnel": "bpjeps deust autre",
    "equipements_origine": "neuf reconditionne don location pret",
    "logiciels_libres": "jamais rarement parfois souvent exclusivement",
    "production_licence": "libre droit_auteur non_partage ne_sait_pas",
    "etat_esprit": "tres_optimiste optimiste partage pessimiste tres_pessimiste",
}

# Each question that is not asked of everybody, and the answer that decides.
CONDITIONS = """
    tiers_lieu_forme:tiers_lieu=oui seances_effectif:seances_format=collectif
    autres_activites:part_mediation!=plein_temps distanciel_outils:distanciel=oui
    distanciel_animation:distanciel=oui distanciel_retour:distanciel=oui
    handicap_outils_detail:handicap_outils=oui certification_raisons:certification=oui
    formation_mediation_detail:formation_mediation=oui
    sites_ressources_detail:sites_ressources=oui production_licence:production=oui
"""

# Lists that leave nobody out: scales, and two ways of working that cover all cases.
SCALES = """
    seances_effectif part_mediation handicap_acces handicap_refus logiciels_libres etat_esprit
"""
CLOSED = {*SCALES.split(), "equipe"}
ORDERED = {*SCALES.split(), "formation_initiale"}
EXCLUSIVE = """
    evaluation:aucune preparation:aucune developpement_competences:aucun
    formation_envisagee:aucune equipements:aucun
"""


@pytest.fixture(scope="module")
def structure():
    return read(FILE)


def texts_of(value):
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    return [value] if isinstance(value, str) else []


def of_kind(structure, *kinds):
    return [q for q in structure.questions.values() if q.kind in kinds]


def written_out(condition):
    sign = "=" if condition.any_of else "!="
    return f"{condition.question}{sign}{'|'.join(condition.choices)}"


def test_it_asks_every_question_of_the_report_in_its_order_and_kind(structure):
    asked = [(s.code, [f"{q.code}:{q.kind}" for q in s.questions]) for s in structure.sections]

    assert asked == [(code, questions.split()) for code, questions in SECTIONS.items()]


def test_the_choices_that_others_rest_on_stand_in_their_order(structure):
    for code, expected in CHOICES.items():
        wanted = expected.split()
        codes = structure.questions[code].choice_codes
        assert [c for c in codes if c in wanted] == wanted, code


def test_questions_are_asked_under_these_conditions_alone(structure):
    conditional = [q for q in structure.questions.values() if q.condition]

    assert [f"{q.code}:{written_out(q.condition)}" for q in conditional] == CONDITIONS.split()


def test_scales_and_only_scales_are_ordered(structure):
    assert {code for code, q in structure.questions.items() if q.ordered} == ORDERED


def test_every_list_that_could_miss_a_case_ends_with_autre(structure):
    lists = of_kind(structure, "single", "multiple")
    last = [q.choices[-1] for q in lists if q.code not in CLOSED]

    assert {(c.code, c.label, c.other) for c in last} == {("autre", "Autre", True)}
    assert {q.code for q in lists if not q.other_codes} == CLOSED


def test_none_excludes_every_other_choice(structure):
    questions = structure.questions.values()
    exclusive = [f"{q.code}:{c.code}" for q in questions for c in q.choices if c.exclusive]

    assert sorted(exclusive) == sorted(EXCLUSIVE.split())


def test_a_list_of_ways_to_work_offers_between_five_and_twelve_choices(structure):
    sizes = {q.code: len(q.choices) for q in of_kind(structure, "multiple")}

    assert {code: size for code, size in sizes.items() if not 5 <= size <= 12} == {}


def test_texts_are_as_long_as_people_write_them(structure):
    essay = "Une longue réponse. " * 900
    for question in of_kind(structure, "long_text"):
        assert (question.minimum, question.maximum) == (None, None)
        assert kind_of(question).clean(question, essay) == essay.strip()


def test_numbers_have_their_unit_and_bounds(structure):
    numbers = of_kind(structure, "number")

    assert {q.code: (q.unit, q.unit_one, q.minimum, q.maximum) for q in numbers} == {
        "seances_nombre": ("séances par mois", "séance par mois", 0, 500),
        "seances_duree": ("minutes", "minute", 1, 1440),
        "age": ("ans", "an", 14, 99),
        "anciennete": ("ans", "an", 0, 60),
    }


def test_rankings_name_what_they_rank(structure):
    assert {q.item for q in of_kind(structure, "ranking")} == {"Public"}


def test_what_names_a_structure_needs_the_consent_to_name_it(structure):
    named = {code for code, q in structure.questions.items() if q.consent == "name_structure"}

    assert named == {"structure_nom", "structure_communication"}


def test_the_introduction_tells_who_is_concerned_and_what_for(structure):
    lead, who, aim = structure.introduction.split("\n\n")

    assert len(lead) < 160
    assert "bibliothécaires" in who
    assert "bénévoles" in who
    assert "portrait du métier" in aim
    assert len(structure.guiding_questions) == 3


def test_it_is_written_as_french_is_printed(structure):
    texts = texts_of(asdict(structure))
    faults = {
        "straight apostrophe": "'",
        "plain or missing space before ? ! or ;": "(?<!\u202f)[?!;]",
        "plain or missing space before a colon": "(?<!\u00a0):",
        "plain space inside guillemets": "«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»",
        "three dots": r"\.\.\.",
        "doubled space": r" {2}",
    }

    assert len(texts) > 300
    for fault, pattern in faults.items():
        assert [text for text in texts if re.search(pattern, text)] == [], fault


def test_questions_end_as_questions_and_choices_without_a_full_stop(structure):
    for question in structure.questions.values():
        assert re.fullmatch("[A-ZÀÉÊ].*\u202f\\?", question.label), question.code
        for choice in question.choices:
            assert not re.search(r"^[a-zàéê]|\.$", choice.label), choice.code


def test_each_question_can_be_understood_alone(structure):
    labels = [q.label for q in structure.questions.values()]

    assert len(set(labels)) == len(labels)
    assert [label for label in labels if len(label.split()) < 4] == []


def written(tmp_path, questions):
    """A file of one section holding these lines."""
    file = tmp_path / "essai.yaml"
    head = "code: essai\ntitle: Essai\nsections:\n  - code: lieu\n    title: Lieu\n    questions:\n"
    file.write_text(head + "".join(f"      - {{{q}}}\n" for q in questions), encoding="utf-8")
    return file


def refusal(file):
    with pytest.raises(QuestionnaireError) as caught:
        read(file)
    return str(caught.value)


FIRST = "code: premiere, kind: yesno, title: A, label: A"
SECOND = "code: seconde, kind: yesno, title: B, label: B"
TWICE = FIRST.replace("yesno", "single, choices: [{code: un, label: A}, {code: un, label: B}]")


def test_a_file_of_two_plain_questions_is_read(tmp_path):
    structure = read(written(tmp_path, [FIRST, SECOND]))

    assert list(structure.questions) == ["premiere", "seconde"]
    assert structure.questions["premiere"].choice_codes == ("oui", "non")


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([FIRST.replace("yesno", "nombre")], '"premiere": key "kind" "nombre" is unknown; use '),
        ([FIRST, FIRST], '"premiere": key "code" is doubled'),
        ([TWICE], '"premiere": key "choices" has the code "un" twice.'),
        (
            [FIRST + ", asked_if: {question: seconde, any_of: ['oui']}", SECOND],
            '"premiere": key "asked_if" names "seconde", which is not an earlier question.',
        ),
        (
            [FIRST, SECOND + ", asked_if: {question: troisieme, any_of: ['oui']}"],
            '"seconde": key "asked_if" names "troisieme", which is not an earlier question.',
        ),
        (
            [FIRST, SECOND + ", asked_if: {question: premiere, none_of: [jamais]}"],
            '"seconde": key "asked_if" names "jamais", which is not a choice of "premiere".',
        ),
        ([FIRST, SECOND.replace("label", "lable")], '"seconde": key "lable" is unknown; use '),
        (
            [TWICE.replace("code: un, label: B", 'code: "d x", label: B')],
            '"premiere": key "choices" has the code "d x"',
        ),
        ([FIRST.replace("label: A", 'label: "A\\0"')], '"premiere": key "label" holds a NUL'),
        (
            [FIRST.replace("yesno", "number, maximum: .nan")],
            '"premiere": key "maximum" must be a n',
        ),
        (
            [FIRST.replace("premiere", "csrfmiddlewaretoken")],
            '"csrfmiddlewaretoken": key "code" is a',
        ),
        ([FIRST.replace("premiere", "verdict")], '"verdict": key "code" is a name that Conumm'),
        (
            [
                TWICE.replace("single", "ranking").replace(
                    "un, label: B", "d, label: B, other: true"
                )
            ],
            '"premiere": key "choices" have no',
        ),
    ],
)
def test_a_refusal_names_file_question_and_key(tmp_path, questions, message):
    assert refusal(written(tmp_path, questions)).startswith(f"essai.yaml, question {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- un\n- deux\n", "essai.yaml: expected keys and values, not ['un', 'deux']"),
        ("", "essai.yaml: expected keys and values, not None"),
        ("code: [essai\n", "essai.yaml: this is not valid YAML"),
        ("code: essai\n", 'essai.yaml: key "title" is missing.'),
        ("code: a\ntitle: A\ntitle: B\n", "essai.yaml: this is not valid YAML"),
        (
            "code: a\ntitle: A\nguiding_questions: [{a: b}]\n",
            'essai.yaml: key "guiding_questions" must list texts',
        ),
        (
            "code: a\ntitle: A\nsections: [{code: vide, title: Vide}]\n",
            'essai.yaml, section "vide": key "questions" must list a question or more',
        ),
        (
            "code: a\ntitle: A\nsections: [{code: a b, title: Vide}]\n",
            'essai.yaml, section "a b": key "code" must be ASCII',
        ),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_by_name(tmp_path, content, message):
    file = tmp_path / "essai.yaml"
    file.write_text(content, encoding="utf-8")

    assert refusal(file).startswith(message)
