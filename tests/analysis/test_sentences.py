"""What each measure says of itself, one line a situation: to be read by eye, for its French."""
# ruff: noqa: E501 (one situation stays one line, however long its sentence)

import subprocess
import sys
from pathlib import Path

import pytest

import survey
from analysis import declarations, sentences
from analysis.summaries import Base, Crossed, Distribution, InClasses, Quotes, Ranks, Shares
from analysis.wording import Facts, Noun, Phrase, Wording
from survey.questionnaire import read

PEOPLE = Noun("personne", "personnes", feminine=True)
STRUCTURES = Noun("structure", "structures", feminine=True)
PLACES = Noun("lieu", "lieux")
LETTERS = {letter: letter.upper() for letter in "abcdefgh"}
YES_NO = {"oui": "Oui", "non": "Non"}
HOME = Phrase("intervient à domicile", "interviennent à domicile", "n’intervient à domicile")


def facts(summary, labels=LETTERS, of=PEOPLE, whom=None, is_protected=False, **wording):
    whom = whom or Base(summary.base, summary.base, summary.base)
    return Facts(summary, whom, Wording(labels, of, **wording), is_protected=is_protected)


def one(base, *counts, hidden=False, **more):
    """Answers with one choice, A first."""
    shares = Shares(base, dict(zip(LETTERS, counts, strict=False)), is_protected=hidden)
    return facts(shares, is_protected=hidden, **more)


def several(base, *counts, **more):
    return one(base, *counts, measure="multiple", **more)


def yes_no(yes, no, hidden=False, **more):
    base = more.pop("answered", yes + no)
    shares = Shares(base, {"oui": yes, "non": no}, is_protected=hidden)
    return facts(shares, YES_NO, is_protected=hidden, **more)


def at_home(yes, no, **more):
    return yes_no(yes, no, of=STRUCTURES, says={"oui": HOME}, **more)


def ranks(base, **counts):
    """By item, how often it was put first, second …"""
    return facts(Ranks(base, counts), {code: LETTERS[code] for code in counts})


def numbers(values, unit="ans", unit_one="an", **more):
    return facts(Distribution(values), unit=unit, unit_one=unit_one, **more)


def of_group(values):
    return facts(InClasses(values, ()), unit="ans", unit_one="an", is_protected=True)


def texts(written, published):
    return facts(Quotes(written, published))


CONUMM = read(Path(survey.__file__).parent / "questionnaires" / "conumm.yaml")
DECLARED = declarations.read("conumm")


def declared(code, by=None, base=None, hidden=False, **counts):
    """A block as the report file of this questionnaire words it; `by` type of structure."""
    block = DECLARED.blocks[code]
    labels = {choice.code: choice.label for choice in CONUMM.questions[code].choices} or YES_NO
    counts = dict.fromkeys(labels, 0) | counts
    shares = Shares(base or sum(counts.values()), counts, is_protected=hidden)
    crossed = by and Crossed({type_: Shares(12, some) for type_, some in by.items()})
    groups, of = DECLARED.choices.get(block.by, {}), DECLARED.nouns.get(block.of, PEOPLE)
    wording = Wording(labels, of, template=block.sentence, groups=groups, says=block.says)
    return Facts(shares, Base(20, 20, shares.base), wording, crossed, is_protected=hidden)


def named(code, count):
    template = DECLARED.blocks[code].sentence
    return facts(Quotes(count, 0), {}, STRUCTURES, template=template)


SITUATIONS = [
    # One choice.
    (one(0, 0, 0), "Aucune réponse pour l’instant."),
    (one(1, 1, 0), "Une seule réponse : « A »."),
    (one(2, 2, 0), "Les deux personnes répondent « A »."),
    (one(12, 12, 0), "Toutes les personnes répondent « A » (12 sur 12)."),
    (one(12, 12, 0, of=PLACES), "Tous les lieux répondent « A » (12 sur 12)."),
    (one(9, 8, 1), "8 personnes sur 9 répondent « A ». Vient ensuite « B » (1)."),
    (one(6, 4, 1, 1), "4 personnes sur 6 répondent « A ». Viennent ensuite « B » et « C » (1 chacune)."),
    (one(12, 8), "Les deux tiers (67 %) des personnes répondent « A » (8 sur 12)."),
    (one(63, 36, 22, 5, of=STRUCTURES), "Plus de la moitié (57 %) des structures répondent « A » (36 sur 63). Viennent ensuite « B » (35 %) et « C » (8 %)."),
    (one(100, 48, 31, 21), "Près de la moitié (48 %) des personnes répondent « A » (48 sur 100). Viennent ensuite « B » (31 %) et « C » (21 %)."),
    (one(100, 40, 30, 30), "40 % des personnes répondent « A » (40 sur 100). Viennent ensuite « B » et « C » (30 % chacune)."),
    (one(100, 40, 30, 15, 15), "40 % des personnes répondent « A » (40 sur 100). Viennent ensuite « B » (30 %), « C » (15 %) et « D » (15 %)."),
    (one(100, 40, *[12] * 5), "40 % des personnes répondent « A » (40 sur 100). Viennent ensuite cinq réponses à égalité (12 % chacune)."),
    (one(100, 95, 3, 2), "95 % des personnes répondent « A » (95 sur 100)."),
    (one(1000, 998, 2), "Plus de 99 % des personnes répondent « A » (998 sur 1 000)."),
    (one(63, 36, 27, says={"a": Phrase("", "sont des associations")}, of=STRUCTURES), "Plus de la moitié (57 %) des structures sont des associations (36 sur 63). Vient ensuite « B » (43 %)."),
    # One choice, ties.
    (one(2, 1, 1), "Deux réponses arrivent en tête à égalité : « A » et « B », données chacune par une des deux personnes."),
    (one(20, 10, 10), "Deux réponses arrivent en tête à égalité : « A » et « B », données chacune par la moitié (50 %) des personnes (10 sur 20)."),
    (one(30, 9, 9, 9, 3), "Trois réponses arrivent en tête à égalité : « A », « B » et « C », données chacune par 30 % des personnes (9 sur 30)."),
    (one(8, *[1] * 8), "Aucune réponse ne se détache : huit sont à égalité, données chacune par une personne sur 8."),
    (one(40, *[10] * 4), "Aucune réponse ne se détache : quatre sont à égalité, données chacune par un quart (25 %) des personnes (10 sur 40)."),
    # Several choices.
    (several(1, 1, 1), "Une seule réponse : « A » et « B »."),
    (several(68, 60, 50, 46), "88 % des personnes citent « A » (60 sur 68). Viennent ensuite « B » (74 %) et « C » (68 %)."),
    (several(12, 12, 6), "Toutes les personnes citent « A » (12 sur 12). Vient ensuite « B » (50 %)."),
    (several(59, 33, 33), "Deux réponses arrivent en tête à égalité : « A » et « B », citées chacune par plus de la moitié (56 %) des personnes (33 sur 59)."),
    (several(12, 12, 12), "Deux réponses arrivent en tête à égalité : « A » et « B », citées chacune par toutes les personnes (12 sur 12)."),
    (several(7, 5, 3), "5 personnes sur 7 citent « A ». Vient ensuite « B » (3)."),
    # Yes or no.
    (yes_no(20, 46), "30 % des personnes répondent oui (20 sur 66)."),
    (yes_no(34, 27), "Plus de la moitié (56 %) des personnes répondent oui (34 sur 61)."),
    (yes_no(1, 6), "Une personne sur 7 répond oui."),
    (yes_no(1, 99), "Une personne sur 100 répond oui."),
    (yes_no(3, 997), "Moins de 1 % des personnes répondent oui (3 sur 1 000)."),
    (yes_no(10, 10), "La moitié (50 %) des personnes répondent oui (10 sur 20)."),
    (yes_no(9, 0), "Toutes les personnes répondent oui (9 sur 9)."),
    (yes_no(0, 9), "Toutes les personnes répondent non (9 sur 9)."),
    (yes_no(0, 1), "Une seule réponse : « Non »."),
    (at_home(8, 54), "13 % des structures interviennent à domicile (8 sur 62)."),
    (at_home(8, 1), "8 structures sur 9 interviennent à domicile."),
    (at_home(1, 8), "Une structure sur 9 intervient à domicile."),
    (at_home(0, 12), "Aucune des 12 structures n’intervient à domicile."),
    (at_home(2, 0), "Les deux structures interviennent à domicile."),
    # In the words of the report file: all give an answer that is a negation.
    (declared("logiciels_libres", jamais=14), "Aucune des 14 personnes n’utilise de logiciels libres."),
    (declared("logiciels_libres", base=14, jamais=13), "93 % des personnes n’utilisent jamais de logiciels libres (13 sur 14)."),
    (declared("handicap_refus", jamais=14), "Aucune des 14 personnes n’a eu à refuser une personne en raison de son handicap."),
    (declared("brevet_professionnel", aucun=14), "Aucune des 14 personnes n’a de diplôme professionnel de l’animation."),
    (declared("activites_numeriques", aucune=14), "Aucune des 14 structures ne propose d’initiation ni de formation."),
    # What follows, in its own words.
    (declared("handicap_acces", oui=32, en_partie=22, non=9), "Plus de la moitié (51 %) des personnes disent leur lieu accessible (32 sur 63). 35 % le disent accessible en partie et 14 % le disent inaccessible."),
    (declared("handicap_acces", oui=5, en_partie=3, non=1), "5 personnes sur 9 disent leur lieu accessible. 3 le disent accessible en partie et une dit son lieu inaccessible. 11 personnes sur 20 n’ont pas répondu."),
    (declared("logiciels_libres", jamais=10, rarement=20, parfois=10, souvent=10), "40 % des personnes utilisent rarement des logiciels libres (20 sur 50). 20 % n’en utilisent jamais, 20 % en utilisent parfois et 20 % en utilisent souvent."),
    (declared("seances_format", collectif=39, individuel=18, autre=3), "Les deux tiers (65 %) des personnes mènent surtout des séances collectives (39 sur 60). Viennent ensuite « Individuelles » (30 %) et « Autre » (5 %)."),
    (declared("equipe", seul=8, equipe=5, base=13), "38 % des personnes travaillent en équipe et 62 % en solitaire (8 sur 13). 7 personnes sur 20 n’ont pas répondu."),
    (one(5, 3, 2, labels={"a": "A", "b": "B"}), "3 personnes sur 5 répondent « A »."),
    # A template, of which nobody, one or all give what it tells.
    (declared("part_mediation", mi_temps=14), "Aucune des 14 personnes ne se consacre à la médiation à plein temps."),
    (declared("part_mediation", plein_temps=1, mi_temps=13), "Une personne sur 14 se consacre à la médiation à plein temps."),
    (declared("part_mediation", plein_temps=14), "Toutes les personnes se consacrent à la médiation à plein temps (14 sur 14)."),
    (declared("part_mediation", mi_temps=12, base=14, hidden=True), "86 % des personnes répondent « La moitié environ » (12 sur 14)."),
    (declared("equipe", {"association": {"seul": 1}}, seul=1, equipe=13), "Une personne sur 14 travaille en solitaire. Parmi les structures où l’on travaille en solitaire, on compte 1 association."),
    (declared("equipe", {"association": {"seul": 12}}, seul=14), "Toutes les personnes travaillent en solitaire (14 sur 14). Parmi les structures où l’on travaille en solitaire, on compte 12 associations."),
    (declared("equipe", equipe=14), "Toutes les personnes travaillent en équipe (14 sur 14)."),
    (declared("domicile", {"association": {"oui": 1}}, oui=1, non=13), "1 structure intervient à domicile, une association, sur 14 réponses."),
    (declared("domicile", non=14), "Aucune des 14 structures n’intervient à domicile."),
    (declared("etat_esprit", partage=14), "Toutes les personnes se disent partagées (14 sur 14)."),
    (declared("etat_esprit", optimiste=7, tres_optimiste=7), "Toutes les personnes sont optimistes ou très optimistes (14 sur 14)."),
    (declared("etat_esprit", pessimiste=7, partage=7), "Aucune des 14 personnes n’est optimiste ni très optimiste ; 50 % sont pessimistes ou très pessimistes ; 50 % se disent partagées."),
    (declared("etat_esprit", optimiste=1, pessimiste=13), "Une personne sur 14 est optimiste ou très optimiste ; 93 % sont pessimistes ou très pessimistes."),
    (declared("etat_esprit", optimiste=6, partage=8), "43 % des personnes sont optimistes ou très optimistes (6 sur 14) ; 57 % se disent partagées."),
    # A template of several sentences, of which one lacks its figure.
    (declared("activites_numeriques", {"association": {"aucune": 4}}, aucune=4, les_deux=5, formations=5), "4 structures ne proposent ni initiation ni formation, toutes des associations. Deux réponses arrivent en tête à égalité : « Des formations » et « Les deux », données chacune par 36 % des structures (5 sur 14)."),
    (declared("activites_numeriques", aucune=4, les_deux=10), "4 structures ne proposent ni initiation ni formation. La réponse la plus fréquente est « Les deux », pour 10 structures sur 14."),
    (declared("activites_numeriques", les_deux=10, formations=4), "Aucune des 14 structures n’est sans initiation ni formation. La réponse la plus fréquente est « Les deux », pour 10 structures sur 14."),
    (declared("activites_numeriques", les_deux=10, base=14, hidden=True), "71 % des structures proposent des initiations et des formations (10 sur 14)."),
    # A template that only counts serves one answer too.
    (named("structure_nom", 0), "Aucune réponse pour l’instant."),
    (named("structure_nom", 1), "1 structure a donné son nom. Il ne paraît que dans les tableaux, avec l’accord de la personne."),
    (named("structure_communication", 1), "1 structure a donné une adresse en ligne. Elle ne paraît que dans les tableaux, avec l’accord de la personne."),
    # Ranks.
    (ranks(0, a=(0, 0), b=(0, 0)), "Aucune réponse pour l’instant."),
    (ranks(1, a=(0, 1), b=(1, 0)), "Une seule réponse : « B » en premier."),
    (ranks(83, a=(46, 28), b=(20, 57), c=(17, 0)), "Plus de la moitié (55 %) des personnes placent « A » en premier (46 sur 83). Vient ensuite « B » (24 %). Tous rangs confondus, « B » est la réponse la plus citée, par 93 % des personnes (77 sur 83)."),
    (ranks(60, a=(28, 2), b=(16, 0), c=(16, 9)), "Près de la moitié (47 %) des personnes placent « A » en premier (28 sur 60). Viennent ensuite « B » et « C » (27 % chacune). Tous rangs confondus, « A » est la réponse la plus citée, par la moitié (50 %) des personnes (30 sur 60)."),
    (ranks(4, a=(2, 0), b=(2, 0), c=(0, 0)), "Deux réponses arrivent en tête à égalité : « A » et « B », placées chacune en premier par 2 personnes sur 4. Tous rangs confondus, « A » et « B » sont les réponses les plus citées, chacune par 2 personnes sur 4."),
    (ranks(12, a=(12, 0), b=(0, 5)), "Toutes les personnes placent « A » en premier (12 sur 12). Tous rangs confondus, « A » est la réponse la plus citée, par toutes les personnes (12 sur 12)."),
    (ranks(12, a=(8, 4), b=(4, 8)), "Les deux tiers (67 %) des personnes placent « A » en premier (8 sur 12). Vient ensuite « B » (33 %). Chacune des 12 personnes cite toutes les réponses."),
    (ranks(2, a=(1, 1), b=(1, 1)), "Deux réponses arrivent en tête à égalité : « A » et « B », placées chacune en premier par une des deux personnes. Chacune des deux personnes cite toutes les réponses."),
    (ranks(5, a=(0, 3), b=(0, 2)), "Tous rangs confondus, « A » est la réponse la plus citée, par 3 personnes sur 5."),
    (ranks(9, f=(2, 0), **dict.fromkeys("abcde", (0, 3))), "2 personnes sur 9 placent « F » en premier. Tous rangs confondus, cinq réponses sont citées le plus souvent, chacune par 3 personnes sur 9."),
    # Numbers.
    (numbers({}), "Aucune réponse pour l’instant."),
    (numbers({1.5: 1}), "Une seule réponse : 1,5 an."),
    (numbers({0.0: 1}, "minutes", "minute"), "Une seule réponse : 0 minute."),
    (numbers({1.0: 1}, "km", ""), "Une seule réponse : 1 km."),
    (numbers({30.0: 2}), "Les deux réponses sont identiques : 30 ans."),
    (numbers({30.0: 40}), "Les 40 réponses sont identiques : 30 ans."),
    (numbers({20.0: 1, 30.0: 2, 50.0: 1}), "Les quatre réponses vont de 20 à 50 ans. La médiane est de 30 ans."),
    (numbers({0.0: 4, 0.5: 3, 1.5: 3}), "La médiane est de 0,5 an, et la moitié des réponses vont de 0 à 1,3 an. La moyenne est de 0,6 an, sur 10 réponses."),
    (numbers({float(age): 1 for age in range(20, 61)}), "La médiane est de 40 ans, et la moitié des réponses vont de 30 à 50 ans. La moyenne est de 40 ans, sur 41 réponses."),
    (numbers({30.0: 5, 60.0: 40, 95.0: 5}, "minutes", "minute"), "La médiane est de 60 minutes : c’est la réponse d’au moins la moitié des personnes. La moyenne est de 61 minutes, sur 50 réponses."),
    (numbers({float(n): 1 for n in range(5, 35)}, "séances par mois", "séance par mois"), "La médiane est de 19,5 séances par mois, et la moitié des réponses vont de 12 à 27. La moyenne est de 20 séances par mois, sur 30 réponses."),
    # Texts.
    (texts(0, 0), "Aucune réponse pour l’instant."),
    (texts(1, 0), "Un texte reçu, pas encore publié."),
    (texts(1, 1), "Un texte reçu, publié."),
    (texts(5, 0), "5 textes reçus, aucun publié pour l’instant."),
    (texts(5, 5), "5 textes reçus, tous publiés."),
    (texts(31, 1), "31 textes reçus, dont un publié."),
    (texts(31, 24), "31 textes reçus, dont 24 publiés."),
    # Many who did not answer: more than a third of those asked.
    (one(50, 50, whom=Base(95, 90, 50)), "Toutes les personnes répondent « A » (50 sur 50). 40 personnes sur 90 n’ont pas répondu."),
    (one(50, 50, whom=Base(95, 75, 50)), "Toutes les personnes répondent « A » (50 sur 50)."),
    (one(1, 1, whom=Base(2, 2, 1)), "Une seule réponse : « A ». Une des deux personnes n’a pas répondu."),
    (one(0, 0, whom=Base(95, 90, 0)), "Aucune réponse pour l’instant."),
    # A group, of which some counts may not be told: nothing is said to lead that may not.
    (one(16, 0, 0, hidden=True), "Les effectifs de ce groupe sont trop petits pour être montrés."),
    (one(16, 7, 0, 0, hidden=True), "44 % des personnes répondent « A » (7 sur 16)."),
    (one(18, 9, 6, 0, hidden=True), "La moitié (50 %) des personnes répondent « A » (9 sur 18). On relève aussi « B » (33 %)."),
    (one(18, 12, 6, 0, hidden=True), "Les deux tiers (67 %) des personnes répondent « A » (12 sur 18). Vient ensuite « B » (33 %)."),
    (one(16, 5, 5, 0, hidden=True), "Deux réponses sont à égalité : « A » et « B », données chacune par 31 % des personnes (5 sur 16)."),
    (one(36, 6, 6, 6, 6, 0, hidden=True), "Quatre réponses sont à égalité, données chacune par 17 % des personnes (6 sur 36)."),
    (several(12, 7, 5, 0, hidden=True), "Plus de la moitié (58 %) des personnes citent « A » (7 sur 12). On relève aussi « B » (42 %)."),
    (one(18, 9, 6, 0, hidden=True, measure="ranking"), "La moitié (50 %) des personnes placent « A » en premier (9 sur 18). On relève aussi « B » (33 %)."),
    (at_home(0, 12, hidden=True, answered=15), "80 % des structures répondent non (12 sur 15)."),
    (at_home(0, 12, hidden=True), "Aucune des 12 structures n’intervient à domicile."),
    (of_group({30.0: 3, 40.0: 4}), "La médiane est de 40 ans, sur 7 réponses."),
]  # fmt: skip


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("situation", "sentence"), SITUATIONS, ids=range(len(SITUATIONS)))
def test_each_measure_says_each_situation_in_french(situation, sentence):
    assert plain(sentences.sentence(situation)) == sentence


@pytest.mark.parametrize("situation", [situation for situation, _ in SITUATIONS])
def test_figures_never_part_from_what_they_count(situation):
    """Narrow spaces before %, no-break ones inside guillemets and before colons."""
    said = sentences.sentence(situation)

    assert not any(wrong in said for wrong in (" %", "« ", " »", " :", " ;", "  "))
    assert said.endswith(".")


def test_sentences_tables_and_measures_need_neither_django_nor_matplotlib():
    code = (
        "import sys; from analysis import sentences, standing_out, tables; "
        "from analysis.measures import crossing, multiple, nominal, numeric, ordinal; "
        "from analysis.measures import ranking, text; "
        "sys.exit(bool({'django', 'matplotlib'} & sys.modules.keys()))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
