import pytest

from analysis import sentences
from analysis.summaries import Base, Crossed, Distribution, Quotes, Ranks, Shares
from analysis.templates import problems
from analysis.wording import Facts, Noun, Wording

PEOPLE = Noun("personne", "personnes", feminine=True)
TYPES = {
    "asso": Noun("association", "associations", feminine=True),
    "mairie": Noun("mairie", "mairies", feminine=True),
}
LABELS = {"a": "Association", "m": "Mairie", "x": "Autre"}
YES_NO = {"oui": "Oui", "non": "Non"}


def said(summary, labels=LABELS, base=None, crossed=None, **wording):
    base = base or Base(summary.base, summary.base, summary.base)
    facts = Facts(summary, base, Wording(labels, PEOPLE, groups=TYPES, **wording), crossed)
    return sentences.sentence(facts).replace("\u00a0", " ").replace("\u202f", " ")


def shares(a, m=0, x=0, base=None):
    return Shares(base or a + m + x, {"a": a, "m": m, "x": x})


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (shares(0), "Aucune réponse pour l’instant."),
        (shares(1), "Une seule réponse : « Association »."),
        (shares(12), "Réponse unanime, 12 personnes sur 12 : « Association »."),
        (
            shares(36, 22, 5),
            "En tête : « Association », 57 % des personnes (36 sur 63) ; "
            "puis « Mairie » (35 %) et « Autre » (8 %).",
        ),
        (
            shares(4, 2),
            "En tête : « Association », 4 personnes sur 6 ; puis « Mairie » (2 sur 6).",
        ),
        (
            shares(10, 10),
            "À égalité : « Association » et « Mairie », "
            "50 % des personnes (10 sur 20) à chaque fois.",
        ),
        (
            Ranks(60, {"a": (28, 20, 5), "m": (14, 30, 14), "x": (18, 0, 0)}),
            "« Association » vient le plus souvent en premier : 28 personnes sur 60, "
            "devant « Autre » (18). Le plus mentionné, à n’importe quel rang : "
            "« Mairie » (58 personnes).",
        ),
        (
            Ranks(4, {"a": (2, 0, 0), "m": (2, 0, 0), "x": (0, 0, 0)}),
            "« Association » et « Mairie » viennent le plus souvent en premier : "
            "2 personnes sur 4 à chaque fois. Les plus mentionnés, à n’importe quel rang : "
            "« Association » et « Mairie » (2 personnes).",
        ),
        (Ranks(1, {"a": (0,), "m": (1,)}), "Une seule réponse : « Mairie » en premier."),
        (Quotes(0, 0), "Aucune réponse pour l’instant."),
        (Quotes(1, 0), "1 texte reçu, aucun publié pour l’instant."),
        (Quotes(1, 1), "1 texte reçu, publié."),
        (Quotes(5, 5), "5 textes reçus, tous publiés."),
        (Quotes(31, 24), "31 textes reçus, dont 24 publiés."),
        (Quotes(31, 1), "31 textes reçus, dont 1 publié."),
    ],
)
def test_each_measure_says_its_figures(summary, sentence):
    assert said(summary) == sentence


def test_yes_and_no_are_said_by_their_yes():
    assert said(Shares(69, {"oui": 27, "non": 42}), YES_NO) == (
        "Oui : 39 % des personnes (27 sur 69)."
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({1.5: 1}, "Une seule réponse : 1,5 an."),
        ({30.0: 3}, "3 réponses, toutes les mêmes : 30 ans."),
        (
            {20.0: 1, 30.0: 2, 50.0: 1},
            "Médiane : 30 ans ; la moitié des réponses vont de 27,5 à 35 ans. "
            "Moyenne : 32,5 ans, sur 4 réponses.",
        ),
    ],
)
def test_numbers_are_said_with_their_unit(values, sentence):
    assert said(Distribution(values), unit="ans", unit_one="an") == sentence


def test_more_than_a_third_missing_is_said():
    many = Base(total=95, asked=90, answered=50)

    assert said(shares(50), base=many).endswith(" 40 personnes sur 90 n’ont pas répondu.")
    assert "pas répondu" not in said(shares(50), base=Base(95, 60, 50))


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{share a} des lieux ({count a} sur {base}).", "57 % des lieux (36 sur 63)."),
        ("{fraction a} des lieux.", "Plus de la moitié (57 %) des lieux."),
        ("{count x : lieu reste : lieux restent} à part.", "5 lieux restent à part."),
        ("{lead} d’abord, puis {lead 2}.", "« Association » d’abord, puis « Mairie »."),
    ],
)
def test_editors_write_their_own_sentences(template, sentence):
    assert said(shares(36, 22, 5), template=template) == sentence


@pytest.mark.parametrize(
    ("a", "m", "words"),
    [
        (33, 67, "un tiers (33 %)"),
        (65, 35, "les deux tiers (65 %)"),
        (50, 50, "la moitié (50 %)"),
        (24, 76, "un quart (24 %)"),
        (54, 46, "plus de la moitié (54 %)"),
        (38, 62, "38 %"),
    ],
)
def test_shares_near_a_simple_fraction_are_said_in_words(a, m, words):
    assert said(shares(a, m), template="Ici, {fraction a}.") == f"Ici, {words}."


def test_a_crossed_figure_says_which_groups():
    all_one = Crossed(
        {"asso": Shares(9, {"oui": 8, "non": 1}), "mairie": Shares(5, {"oui": 0, "non": 5})}
    )
    two = Crossed(
        {"asso": Shares(9, {"oui": 3, "non": 6}), "mairie": Shares(5, {"oui": 1, "non": 4})}
    )
    template = "{count oui : lieu : lieux}, {groups oui}."

    assert said(Shares(14, {"oui": 8, "non": 6}), YES_NO, crossed=all_one, template=template) == (
        "8 lieux, toutes des associations."
    )
    assert said(Shares(14, {"oui": 4, "non": 10}), YES_NO, crossed=two, template=template) == (
        "4 lieux, dont 3 associations et 1 mairie."
    )


def test_a_template_without_its_figure_gives_way_to_the_default():
    assert said(shares(10, 10), template="{lead} mène.").startswith("À égalité")


def test_what_a_template_cannot_say_is_named():
    assert problems("{share nope}", "nominal", ["oui"]) == [
        'asks for share of "nope", which is not a choice'
    ]
    assert problems("{median}", "nominal", ["oui"])[0].startswith('asks for "median"')
    assert problems("{count oui : un}", "nominal", ["oui"]) == [
        'gives 1 forms in "count oui : un"; write one : several'
    ]
