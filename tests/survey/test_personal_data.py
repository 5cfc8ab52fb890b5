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
    ("un nom après «\u00a0Mme\u00a0»", "‹Mme dupont› l’a dit à la réunion"),
    ("un nom après «\u00a0M.\u00a0»", "‹M. le Goff› et ‹M.Le Goff›"),
    ("un nom après «\u00a0Mme\u00a0»", "‹Mme la directrice Dupont› décide"),
    ("un nom après «\u00a0Mme\u00a0»", "‹Mme la Directrice adjointe Anne Dupont› décide"),
    ("un nom après «\u00a0M.\u00a0»", "‹M. le maire Jean Dupont›"),
    ("un nom après «\u00a0Maître\u00a0»", "chez ‹Maître Durand›"),
    ("un nom après «\u00a0Me\u00a0»", "chez ‹Me Durand›"),
    ("un nom après «\u00a0Mmes\u00a0»", "‹Mmes Petit, Durand et Le Goff› animent"),
    ("un nom après «\u00a0Monsieur et Madame\u00a0»", "‹Monsieur et Madame Dupont› viennent"),
    ("un nom après «\u00a0M. et Mme\u00a0»", "‹M. et Mme Dupont› viennent"),
    ("un nom après «\u00a0MME\u00a0»", "‹MME DUPONT›, TOUJOURS"),
    (PHONE, "‹(+33) 6 39 98 00 01›, ‹06 399 800 01›, ‹0639 980 001›, ‹+33 639 980 001›"),
    (ADDRESS, "au ‹3 place de la mairie›, à ‹12 place du marché›"),
    (ADDRESS, "au ‹12 cours Gambetta›, au ‹4 mail de la Liberté›"),
    (TOWN, "à ‹35000 rennes›, ‹35 000 Rennes› ou ‹35510 Cesson-Sévigné›"),
    (TOWN, "‹44 800 saint-herblain›"),
    (ACCOUNT, "‹mastodon.social/@jdupont›, ‹x.com/jdupont› et ‹fb.com/jdupont›"),
    (ACCOUNT, "‹https://t.me/jdupont›, ‹https://vk.com/jdupont› ou ‹t.me/jdupont›"),
    (ACCOUNT, "‹https://jdupont.wordpress.com› et ‹jdupont.over-blog.fr/atelier›"),
    (EMAIL, "‹jdupont(a)orange.example› ou ‹jdupont [at] orange.example›"),
    (EMAIL, "‹jdupont arobase orange point fr›, merci"),
    (EMAIL, "‹j.dupont at orange dot fr›"),
    (FIRST_NAME, "‹Aïssatou› et ‹ousmane›, avec ‹Oksana›"),
    (FIRST_NAME, "‹Pierre› nous aide. ‹Rose› vient souvent. ‹Marc› m’a dit non."),
    (FIRST_NAME, "Bonjour ‹Pierre›, merci ‹Rose›. Appelez ‹Claire›"),
    (FIRST_NAME, "demandez à ‹Claude› ou à ‹Maxime›"),
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
    "Mme la Directrice, M. le Conseiller, Madame l’adjointe, MME LA DIRECTRICE",
    "Me voilà seule. Me former, Me perdre",
    "bonjour madame, un monsieur très âgé, une madame que je connais, Mme et M.",
    "maître de conférences, un maître nageur",
    "le budget est de 35000 Euros, 35 000 Habitants, 35000 Français, 12 000 Usagers",
    "35000 tours de clé, 12000 personnes",
    "0123456789",
    "le 01/02/2024 14 h 30, le 01.02.2024 10:30",
    "1 mail Google, 5 cours Windows, 3 cours FLE, 2 cours de français, 1 mail de la CAF",
    "1 place de parking, 2 place de libre, 3 routes du bois",
    "Carte Blanche à l’équipe, la Maison Blanche, Zone Franche",
    "l’école Jules Ferry, le collège Victor Hugo, au centre Simone Veil, l’IUT Jean Moulin",
    "on demande à claude, la maxime du jour, un agneau pascal",
    "la touche arobase du clavier. Le reste suit",
    "https://www.youtube.com/watch?v=abc, https://www.facebook.com/groups/mediation",
    "https://wordpress.com, https://fr.wordpress.com/support et exemple.com/jeux",
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


@pytest.mark.parametrize(
    "much",
    ["a", "1 ", "A-", "@a", "www.", "0", "M. A ", "12 rue de ", "d’", "a.", "Mme ", "Mmes A, "],
)
def test_a_text_made_to_be_slow_is_not(much):
    began = time.process_time()

    marks((much * 20_000)[:20_000])

    assert time.process_time() - began < 5


def test_the_list_of_first_names_says_its_source():
    first = personal_data.FIRST_NAMES.read_text(encoding="utf-8").splitlines()[1]

    assert "Insee" in first
    assert "Licence Ouverte" in first
