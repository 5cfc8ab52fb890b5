"""What the public sees of precisions on « Autre » that are counted as other choices."""

import io
import zipfile
from dataclasses import replace

import pytest

from analysis import declarations
from analysis.declarations import BlockSpec, Declaration, FilterSpec, StructureTable
from analysis.wording import Noun
from survey import coding, consequences, loading, moderation
from survey.coding import NewChoice
from survey.models import Answer, Choice, Question
from survey.questionnaire import Condition
from tests.factories import (
    LIEU,
    METIER,
    NOTHING_PUBLIC,
    STRUCTURE,
    moderator,
    respondent,
    spec,
    text_of,
)

pytestmark = pytest.mark.django_db

PEOPLE = Noun("personne", "personnes", feminine=True)
PUBLIC = (
    *("/resultats/", "/resultats/textes/type/", "/resultats/tableaux/type.csv"),
    *("/api/v1/report/", "/api/v1/report/blocks/type/texts/", "/resultats/rapport.zip"),
)


@pytest.fixture(autouse=True)
def small_report(questionnaire, settings, monkeypatch):
    settings.MINIMUM_GROUP = 2
    nouns = {code: Noun(code, f"{code}s") for code in ("association", "mairie", "autre")}
    sentence = "{count oui : lieu est : lieux sont}[, {groups oui}]."
    declared = Declaration(
        "test.yaml",
        "Le rapport",
        PEOPLE,
        choices={"type": nouns},
        filters={"type": FilterSpec()},
        blocks={
            "type": BlockSpec(tables=(StructureTable("Les structures", ("nom", "type")),)),
            "tiers_lieu": BlockSpec(by="type", sentence=sentence),
        },
    )
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def precision(person, code="type"):
    return Answer.objects.select_related("respondent__questionnaire", "question").get(
        respondent=person, question__code=code, choice__code="autre"
    )


def written(other="Péniche", **more):
    return precision(respondent({"type": {"choice": "autre", "other": other}} | more))


def code(text, target, of="type"):
    choice = Choice.objects.filter(question__code=of, code=target).first()
    coding.code(text, choice or NewChoice(Question.objects.get(code=of), target), by=moderator())


def block(client, code="type", query=""):
    return client.get(f"/api/v1/report/blocks/{code}/{query}").json()


def shares(client, code="type"):
    return {share["choice"]: share["count"] for share in block(client, code)["shares"]}


def page(client, address="/resultats/"):
    return client.get(address).content.decode()


def test_figures_count_a_precision_where_it_was_coded_and_back(client):
    texts = [written("Asso"), written("Barge")]
    respondent({"type": "association"})
    before = shares(client)

    code(texts[0], "association")
    coded = block(client)
    coding.uncode(texts[0], by=moderator())

    assert before == {"association": 1, "mairie": 0, "autre": 2}
    assert [(s["choice"], s["count"]) for s in coded["shares"]] == [
        ("association", 2),
        ("mairie", 0),
        ("autre", 1),
    ]
    assert coded["base"]["answered"] == 3
    assert coded["sentence"].startswith("2 personnes sur 3 répondent «\u00a0Association\u00a0»")
    assert shares(client) == before


def test_several_choices_count_people_once(client):
    person = respondent({"outils": ["ordinateur", {"choice": "autre", "other": "PC"}]})
    respondent({"outils": ["tablette"]})

    code(precision(person, "outils"), "ordinateur", "outils")

    assert shares(client, "outils") == {"ordinateur": 1, "tablette": 1, "autre": 0, "aucun": 0}
    assert block(client, "outils")["base"]["answered"] == 2


def test_a_new_choice_is_in_figures_chart_and_table_and_said_to_be_new(client):
    code(written(), "Bateau")

    content = page(client)

    assert shares(client) == {"association": 0, "mairie": 0, "bateau": 1, "autre": 0}
    assert "Bateau" in page(client, "/resultats/tableaux/type.csv")
    assert "«\u00a0Bateau\u00a0» n’était pas proposé" in content


def test_a_new_choice_goes_from_the_report_with_its_last_text(client):
    text = written()
    code(text, "Bateau")
    coding.uncode(text, by=moderator())

    assert shares(client) == {"association": 0, "mairie": 0, "autre": 1}
    assert "Bateau" not in "".join(page(client, url) for url in PUBLIC[:-1])


def test_a_group_that_was_added_is_named_in_sentences_and_can_be_filtered(client):
    for words in ("Péniche", "Barge"):
        code(written(words, tiers_lieu="oui"), "Bateau")
    for _ in range(2):
        respondent({"type": "mairie", "tiers_lieu": "oui"})

    sentence = block(client, "tiers_lieu")["sentence"]

    assert "2 réponses «\u00a0Bateau\u00a0»" in sentence
    assert "Bateau (2)" in page(client)


def test_a_published_precision_says_as_what_it_is_counted(client):
    text = written()
    moderation.approve(text, by=moderator())
    code(text, "Bateau")

    [found] = client.get("/api/v1/report/blocks/type/texts/").json()["results"]
    content = page(client, "/resultats/textes/type/")

    assert found == {"number": 1, "text": "Péniche", "counted_as": "bateau"}
    assert "compté avec «&nbsp;Bateau&nbsp;»" in content
    assert "compté avec «&nbsp;Bateau&nbsp;»" in page(client)
    assert "compté avec «&nbsp;Bateau&nbsp;»" in page(client, "/resultats/textes/type/1/")


def test_coding_lets_no_word_out(client):
    person = respondent({"type": {"choice": "autre", "other": "Péniche Untel"}}, NOTHING_PUBLIC)
    waiting = written("Péniche Untel")

    code(precision(person), "mairie")
    code(waiting, "mairie")

    for url in PUBLIC:
        content = client.get(url).content
        assert "Péniche".encode() not in content, url
        assert "compté avec".encode() not in content, url


def test_tables_of_structures_keep_what_each_chose(client):
    """« #1 Péniche, compté avec Bateau » beside « La Digue · Bateau » would join both."""
    person = respondent({"type": {"choice": "autre", "other": "Péniche"}, "nom": "La Digue"})
    moderation.approve(text_of(person, "nom"), by=moderator())
    moderation.approve(precision(person), by=moderator())
    before = page(client, "/resultats/tableaux/type/1.csv")

    code(precision(person), "Bateau")

    assert "La Digue,Autre" in before.replace(";", ",")
    assert page(client, "/resultats/tableaux/type/1.csv") == before


def where(monkeypatch, *conditions):
    declared = declarations.read("conumm")
    table = StructureTable("Les structures", ("nom", "duree"), where=conditions)
    blocks = {"type": BlockSpec(tables=(table,))}
    monkeypatch.setattr(declarations, "read", lambda code: replace(declared, blocks=blocks))


@pytest.mark.parametrize(
    ("condition", "target", "of"),
    [
        ("type is mairie", "mairie", "type"),
        ("type is not mairie", "mairie", "type"),
        ("type is autre", "Bateau", "type"),
        ("outils has ordinateur", "ordinateur", "outils"),
        ("outils has not autre", "Drone", "outils"),
    ],
)
def test_tables_of_structures_keep_whom_they_kept(client, monkeypatch, condition, target, of):
    """« #1 Péniche, compté avec Mairie » beside a table of the « mairies » would join both too."""
    where(monkeypatch, condition)
    other = {"choice": "autre", "other": "Péniche"}
    named = {"nom": "La Digue", "type": other, "outils": ["tablette", other]}
    person = respondent(named)
    neighbour = {"nom": "La Mairie", "type": "mairie", "outils": ["ordinateur"]}
    for each in (person, respondent(neighbour)):
        moderation.approve(text_of(each, "nom"), by=moderator())
    before = page(client, "/resultats/tableaux/type/1.csv")

    code(precision(person, of), target, of)

    assert page(client, "/resultats/tableaux/type/1.csv") == before


def test_the_data_package_says_which_choices_were_added(client):
    code(written(), "Bateau")

    package = zipfile.ZipFile(io.BytesIO(client.get("/resultats/rapport.zip").content))
    lines = package.read("choices.csv").decode("utf-8-sig").splitlines()

    assert lines[0].endswith("added")
    assert next(line for line in lines if "bateau" in line).endswith("true")


def test_questions_are_asked_by_what_people_chose_and_not_as_what_it_counts(client):
    """Also those that a later questionnaire asks after the choice that a text counts as."""
    text = written()
    respondent({"type": "mairie"})
    code(text, "association")
    status = spec("statut", "short_text", condition=Condition("type", ("association", "mairie")))
    section = replace(LIEU, questions=(*LIEU.questions, status))

    loading.load(replace(STRUCTURE, sections=(section, METIER)), "test.yaml")

    asked = Question.objects.get(code="statut")
    named = Answer.objects.filter(question__code="type")
    assert block(client, "statut")["base"] | {"asked": 1} == block(client, "statut")["base"]
    assert shares(client) == {"association": 1, "mairie": 1, "autre": 0}
    assert consequences._of_those_asked(named, asked).count() == 1


def test_a_new_choice_is_in_the_report_while_somebody_counted_counts_as_it(client):
    text = written()
    code(text, "Bateau")
    before = shares(client)

    moderation.exclude(text.respondent, by=moderator(), reason="spam")
    excluded = [page(client, url) for url in PUBLIC[:-1]]
    moderation.restore(text.respondent, by=moderator())

    assert "bateau" in before
    assert not any("ateau" in content for content in excluded)
    assert shares(client) == before


def test_a_new_choice_of_somebody_held_is_not_in_the_report(client):
    text = written()
    moderation.hold(text.respondent, by=moderator(), reason="double ?")

    code(text, "Bateau")

    assert "bateau" not in shares(client)
