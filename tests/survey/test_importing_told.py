"""What is said before an import, or its undoing: what changes of whom, and what is lost."""

import pytest

from survey import moderation
from survey.importing import bringing, writing
from survey.models import Respondent
from tests import factories
from tests.factories import moderator
from tests.limesurvey import MAPPING, bring_in, response, responses_file, try_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]

SILENT = MAPPING.replace("publish_texts: true", "publish_texts: false")


def told(trial):
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in trial.told]


def undoing(questionnaire):
    words = bringing.undoing(writing.last_import(questionnaire))
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_how_many_of_the_new_agree_is_said_and_which_number_comes_next():
    file = responses_file(response(1), response(7000))

    assert told(try_out(file, SILENT)) == [
        "Accords des réponses nouvelles : 0 pour publier les textes, 2 pour nommer la structure.",
        "Qui répondra ensuite aura le numéro 7001, au lieu de 1.",
    ]


def test_what_changes_is_counted_then_said_of_each():
    bring_in(responses_file(response(1, {"Q6": "Le bruit", "Q4": "Y"}), response(2)), SILENT)

    changed = responses_file(response(1, {"Q6": "Le temps", "Q4": "N"}), response(2))

    assert told(try_out(changed)) == [
        "Ce qui change : accepte la publication (2), tiers_lieu (1) et freins (1).",
        "1 texte changé est à relire.",
        "#1 : accepte la publication, non → oui ; tiers_lieu, freins",
        "#2 : accepte la publication, non → oui",
    ]


def test_dates_that_change_are_said_in_full():
    bring_in(responses_file(response(1, submitted="")))

    assert told(try_out(responses_file(response(1))))[1:] == [
        "#1 : début, 15/01/2021 00:00 → 03/02/2021 10:20 ; fin, aucune → 03/02/2021 10:20"
    ]


def test_only_the_first_changes_are_said_one_by_one():
    numbers = range(1, 23)
    bring_in(responses_file(*(response(n) for n in numbers)))

    lines = told(try_out(responses_file(*(response(n, {"Q4": "Y"}) for n in numbers))))

    assert lines[1] == "#1 : tiers_lieu"
    assert lines[-2:] == ["#20 : tiers_lieu", "Et 2 autres réponses."]


def test_undoing_says_which_decisions_go_with_whom_it_erases(questionnaire):
    bring_in(responses_file(response(1, {"Q6": "Le bruit"}), response(2, {"Q6": "Le temps"})))
    one, two = Respondent.objects.order_by("number")
    moderation.approve(factories.text_of(one, "freins"), by=moderator())
    moderation.reject(factories.text_of(two, "freins"), by=moderator())
    moderation.exclude(two, reason="Essai", by=moderator())

    assert undoing(questionnaire).endswith(
        "2 répondants effacés, 0 remis comme avant. Avec eux s’effacent 2 décisions sur des textes "
        "et 1 décision sur des répondants."
    )


def test_undoing_says_how_many_decided_texts_are_to_be_read_again(questionnaire):
    bring_in(responses_file(response(1, {"Q6": "Le bruit"})))
    bring_in(responses_file(response(1, {"Q6": "Le temps"})))
    moderation.approve(factories.text_of(Respondent.objects.get(), "freins"), by=moderator())

    assert undoing(questionnaire).endswith("1 remis comme avant. 1 texte décidé est à relire.")
