"""What a report says of a campaign comes from its files: other sections, other nouns."""

from dataclasses import replace

import pytest

from analysis import checking, declarations, participation, sentences
from analysis.declarations import BlockSpec, Declaration
from analysis.participation import Day, Participation
from analysis.summaries import Base, Shares
from analysis.wording import Facts, Noun, Wording
from survey.questionnaire import SectionSpec, Structure
from tests import factories
from tests.factories import LIEU, METIER, STRUCTURE

CYCLISTS = Noun("cycliste", "cyclistes")


def declared(sentence):
    blocks = {"participation": BlockSpec(sentence=sentence)}
    return Declaration("velo.yaml", "Vélo", CYCLISTS, blocks=blocks)


def by_the_end(responses, complete):
    return Participation((Day(None, responses, complete),))


def test_participation_opens_its_section_or_else_the_first():
    own = SectionSpec("participation", "Participation")

    assert participation.section_of(Structure("velo", "Vélo", sections=(LIEU, METIER))) == "lieu"
    assert participation.section_of(Structure("x", "X", sections=(LIEU, own))) == "participation"


def test_participation_can_have_a_sentence_of_its_own():
    sentence = "{total : cycliste a : cyclistes ont} répondu, dont {partial} en partie."
    checking.check(declared(sentence), STRUCTURE)

    told = participation.sentence(by_the_end(95, 64), declared(sentence))

    assert told == "95 cyclistes ont répondu, dont 31 en partie."


@pytest.mark.django_db
def test_a_campaign_without_a_section_of_its_own_tells_its_participation(client, monkeypatch):
    factories.questionnaire()
    sentence = "{total : cycliste a : cyclistes ont} répondu, {complete} en entier."
    monkeypatch.setattr(declarations, "read", lambda code: declared(sentence))
    for _ in range(2):
        factories.respondent({"type": "mairie"})

    block = client.get("/api/v1/report/blocks/participation/").json()
    page = client.get("/resultats/").content.decode()

    assert block["sentence"] == "2 cyclistes ont répondu, 0 en entier."
    assert page.index('id="participation"') < page.index('id="nom"')


@pytest.mark.django_db
def test_what_a_percentage_is_of_has_the_noun_of_the_campaign(client, monkeypatch):
    factories.questionnaire()
    factories.respondent({"type": "mairie"})
    monkeypatch.setattr(declarations, "read", lambda code: declared("{total}"))

    page = client.get("/resultats/").content.decode()

    assert "Chaque pourcentage porte sur les cyclistes qui ont répondu à la question." in page
    assert "une ligne dit combien ils sont." in page


def test_a_sentence_of_participation_says_nothing_of_nobody():
    assert participation.sentence(Participation(()), declared("{total}")).startswith("Aucune")


def test_who_did_not_answer_has_the_noun_of_the_campaign():
    summary, base = Shares(5, {"oui": 5}), Base(12, 12, 5)
    wording = Wording({"oui": "Oui"}, CYCLISTS, people=CYCLISTS)

    said = sentences.sentence(Facts(summary, base, wording))

    assert said.endswith("7 cyclistes sur 12 n’ont pas répondu.")


def test_ranks_are_named_after_what_is_ranked_or_have_a_number_alone():
    ranked = STRUCTURE.questions["publics"]

    assert ranked.ranks == ("Public n°1", "Public n°2", "Public n°3")
    assert replace(ranked, item="").ranks == ("n°1", "n°2", "n°3")


@pytest.mark.parametrize(("item", "option"), [("Outil", ">Outil n°2<"), ("", ">n°2<")])
def test_the_form_offers_the_ranks_under_their_name(item, option):
    from survey.kinds import kind_of

    ranked = replace(STRUCTURE.questions["publics"], item=item)
    form = kind_of(ranked).widget(ranked).render("publics", ["jeunes"])

    assert option in form
