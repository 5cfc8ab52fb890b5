"""What is pointed at in a text, one line a case; « ‹ › » stand around what must be."""

import re
import time

import pytest

from survey import personal_data
from survey.personal_data import (
    ACCOUNT,
    ADDRESS,
    EMAIL,
    FIRST_NAME,
    PHONE,
    TOWN,
    marks,
    pieces,
)

CASES = [
    (EMAIL, "écrivez à ‹lea.martin@exemple.fr›, merci"),
    (EMAIL, "‹lea@sous.exemple.co.uk›"),
    (EMAIL, "‹lea (at) exemple.fr› pour les robots"),
    (PHONE, "appelez le ‹01 99 00 45 67›."),
    (PHONE, "‹0199004567›"),
    (PHONE, "‹06.39.98.00.01› ou ‹06-39-98-00-02›"),
    (PHONE, "‹+33 6 39 98 00 01›, ‹0033639980001›, ‹+33 (0)6 39 98 00 01›"),
    (PHONE, "‹+262 2 69 39 98 00›"),
    (PHONE, "au ‹01\u00a099\u00a000\u00a045\u00a067›"),
    (ACCOUNT, "‹https://mes-cours.example/u/karim-b› (mon compte)"),
    (ACCOUNT, "voir ‹https://mastodon.example/@lea›."),
    (ACCOUNT, "‹https://www.linkedin.com/in/l-martin› et ‹facebook.com/mediation.lea›"),
    (ACCOUNT, "‹https://exemple.fr/~lmartin/cours›"),
    (ACCOUNT, "suivez ‹@lea_numerique›"),
    (ADDRESS, "passez au ‹12 rue des Lilas›, le mardi"),
    (ADDRESS, "‹12 bis, avenue du Général Leclerc, 44000 Nantes›"),
    (ADDRESS, "nous sommes ‹3 place de la République›"),
    (ADDRESS, "‹8 rue des écoles› ou ‹10 cours Victor Hugo›"),
    (TOWN, "à ‹44100 Nantes›"),
    ("un nom après «\u00a0M.\u00a0»", "‹M. Durand› l’a dit"),
    ("un nom après «\u00a0Mme\u00a0»", "demandez à ‹Mme de La Tour›"),
    ("un nom après «\u00a0Monsieur\u00a0»", "‹Monsieur Le Goff Yann› passe"),
    ("un nom après «\u00a0Mme\u00a0»", "‹Mme D.› la connaît"),
    (FIRST_NAME, "avec ‹Sandrine›, à deux"),
    (FIRST_NAME, "c’est ‹sandrine› qui le dit"),
    (FIRST_NAME, "‹Jean-Karim Dupont› et ‹Léa›"),
    (FIRST_NAME, "grâce à ‹Pierre›"),
    (FIRST_NAME, "‹Rose Dupont› anime l’atelier"),
    (FIRST_NAME, "d’‹Anna›"),
]

NOTHING = [
    "",
    "Le manque de temps et de salles.",
    "3 cours par semaine, 2 places, 12 avenues",
    "le 01/02/2024, de 2019 à 2021, 35000 visites",
    "les 12 et 13 mars 2021 à 14 h 30",
    "n° SIRET 123 456 789 00012",
    "https://exemple.fr/ressources/atelier et www.exemple.fr",
    "un travail manuel, l’art roman, un milieu urbain, les lois, un rôle vital",
    "Pierre par pierre. Rose, la salle est claire.",
    "VITAL POUR LE MILIEU URBAIN",
    "à Saint-Denis, à Saint-Nazaire, en France, à Nancy",
    "Madame la directrice, monsieur le maire, M. le Maire",
    "des jeux vidéo @ la maison",
]


@pytest.mark.parametrize(("reason", "case"), CASES)
def test_what_looks_personal_is_pointed_at_with_its_reason(reason, case):
    text = case.replace("‹", "").replace("›", "")
    expected = re.findall("‹(.*?)›", case)

    found = marks(text)

    assert [text[mark.start : mark.end] for mark in found] == expected
    assert {mark.reason for mark in found} == {reason}


@pytest.mark.parametrize("text", NOTHING)
def test_plain_words_are_not_pointed_at(text):
    assert marks(text) == ()


def test_pieces_hold_the_whole_text_in_its_order():
    text = "Appelez Sandrine au 01 99 00 45 67,\nmerci"

    assert [(p.text, p.reason) for p in pieces(text)] == [
        ("Appelez ", ""),
        ("Sandrine", FIRST_NAME),
        (" au ", ""),
        ("01 99 00 45 67", PHONE),
        (",\nmerci", ""),
    ]


@pytest.mark.parametrize("much", ["a", "1 ", "A-", "@a", "www.", "0", "M. A ", "12 rue de ", "d’"])
def test_a_text_made_to_be_slow_is_not(much):
    began = time.perf_counter()

    marks((much * 20_000)[:20_000])

    assert time.perf_counter() - began < 2


def test_the_list_of_first_names_says_its_source():
    first = personal_data.FIRST_NAMES.read_text(encoding="utf-8").splitlines()[1]

    assert "Insee" in first
    assert "Licence Ouverte" in first
