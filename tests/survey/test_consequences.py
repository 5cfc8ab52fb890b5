import pytest

from survey import consequences, moderation
from survey.models import TextToRead
from tests.factories import NOTHING_PUBLIC, moderator, respondent

pytestmark = pytest.mark.django_db


def sentence(person, code):
    text = TextToRead.objects.get(respondent=person, question__code=code)
    return consequences.sentence(text)


def published(**answers):
    person = respondent(answers)
    for code in answers:
        for text in TextToRead.objects.filter(respondent=person, question__code=code):
            moderation.approve(text, by=moderator())
    return person


def test_a_text_without_consent_changes_nothing(questionnaire):
    assert sentence(respondent({"freins": "un"}, NOTHING_PUBLIC), "freins") == ""


def test_the_texts_of_uncounted_respondents_are_not_counted(questionnaire):
    published(freins="un")
    moderation.hold(published(freins="deux"), by=moderator(), reason="essai")

    said = sentence(respondent({"freins": "trois"}), "freins")

    assert said.endswith("1 texte publié\u00a0→\u00a02.")


def test_nothing_of_an_uncounted_respondent_appears(questionnaire):
    person = respondent({"freins": "un"})
    moderation.exclude(person, by=moderator(), reason="essai")

    assert sentence(person, "freins") == (
        "Rien de #1 ne paraît\u00a0: ce répondant est «\u00a0exclu\u00a0»."
    )


def test_the_name_of_a_structure_appears_beside_no_number(questionnaire):
    assert sentence(respondent({"nom": "Le Phare"}), "nom") == (
        "Paraîtra dans les tableaux de structures, jamais à côté du numéro de la personne."
    )


def test_the_count_is_the_one_of_the_public_page(questionnaire, client, settings, monkeypatch):
    from analysis import declarations
    from analysis.wording import Noun

    plain = declarations.Declaration("test.yaml", "Le rapport", Noun("personne", "personnes"))
    monkeypatch.setattr(declarations, "read", lambda code: plain)
    for words in ("un", "deux"):
        published(type={"choice": "autre", "other": words})
    block = client.get("/api/v1/report/blocks/type/").json()

    said = sentence(respondent({"type": {"choice": "autre", "other": "trois"}}), "type")

    assert block["texts"]["published"] == 2
    assert said.endswith("2 textes publiés\u00a0→\u00a03.")


def test_a_text_no_longer_asked_for_does_not_appear(db):
    from tests import factories

    asked_if = factories.Condition("tiers_lieu", ("oui",))
    more = factories.spec("precisez", "long_text", condition=asked_if)
    lieu = factories.SectionSpec("lieu", "Le lieu", questions=(*factories.LIEU.questions, more))
    factories.questionnaire(
        factories.Structure("conumm", "Le métier", "", (), (lieu, factories.METIER))
    )
    published(tiers_lieu="oui", precisez="un")
    published(tiers_lieu="non", precisez="deux")

    assert sentence(respondent({"tiers_lieu": "oui", "precisez": "trois"}), "precisez").endswith(
        "1 texte publié\u00a0→\u00a02."
    )
    assert sentence(respondent({"tiers_lieu": "non", "precisez": "quatre"}), "precisez") == (
        "Ne paraîtra pas\u00a0: d’après ses autres réponses, la question n’est plus posée à #4."
    )


def test_several_texts_are_told_question_by_question(questionnaire):
    published(freins="un")
    held = respondent({"freins": "deux"})
    moderation.hold(held, by=moderator(), reason="essai")
    respondent({"freins": "trois", "nom": "Le Phare"})

    said = consequences.of_each(TextToRead.objects.filter(verdict="pending").in_reading_order())

    assert said == [
        "«\u00a0Nom\u00a0»\u00a0: 1 dans les tableaux de structures.",
        "Bloc «\u00a0Freins\u00a0», sous les numéros\u00a0: 1 texte publié\u00a0→\u00a02.",
        "Nulle part\u00a0: 1, de répondants qui ne sont pas comptés.",
    ]
