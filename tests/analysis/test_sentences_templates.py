import pytest

from analysis import sentences
from analysis.summaries import Base, Crossed, Distribution, Ranks, Shares
from analysis.templates import asked_of, problems
from analysis.wording import Facts, Noun, Wording, fraction

STRUCTURES = Noun("structure", "structures", feminine=True)
GROUPS = {
    "asso": Noun("association", "associations", feminine=True),
    "mairie": Noun("mairie", "mairies", feminine=True),
}
YES_NO = {"oui": "Oui", "non": "Non"}
LETTERS = {"a": "A", "b": "B", "c": "C"}


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


def said(summary, template, labels=YES_NO, **facts):
    base = Base(summary.base, summary.base, summary.base)
    wording = Wording(labels, STRUCTURES, template=template, groups=GROUPS)
    return plain(sentences.sentence(Facts(summary, base, wording, **facts)))


@pytest.mark.parametrize(
    ("template", "measure", "problem"),
    [
        ("{share nope}", "nominal", 'asks for share of "nope", which is not a choice'),
        ("{share oui+nope}", "nominal", 'asks for share of "nope", which is not a choice'),
        ("{share oui+non}", "multiple", 'asks for share of "oui+non", which is not a choice'),
        ("{lead 0}", "nominal", 'asks for lead "0"; write a place: 1, 2, 3 …'),
        ("{lead_share x}", "nominal", 'asks for lead_share "x"; write a place: 1, 2, 3 …'),
        ("{first un}", "ranking", 'asks for first "un"; write a place: 1, 2, 3 …'),
        ("{mean_rank x}", "ranking", 'asks for mean_rank of "x", which is not a choice'),
        ("{share oui : a : b}", "nominal", "gives forms to share, which is not a count"),
        ("{count oui : un}", "nominal", 'gives 1 forms in "count oui : un"; write one : several'),
        ("{share oui", "nominal", "has a brace without its other; write {figure}"),
        ("{lead}[, {lead 2}", "nominal", "has a bracket without its other; write [, {figure}]"),
        ("share oui}", "nominal", "has a brace without its other; write {figure}"),
    ],
)
def test_a_template_that_would_fail_on_the_page_is_refused_before(template, measure, problem):
    assert problems(template, measure, ["oui", "non"]) == [problem]


def test_a_figure_of_another_measure_is_refused_with_those_there_are():
    (problem,) = problems("{median}", "nominal", ["oui"])

    assert problem.startswith('asks for "median", which is none of asked, base, by, count')


@pytest.mark.parametrize(
    "template",
    [
        "{lead} puis {lead 2}",
        "{lead_count 2 : voix : voix}",
        "{base : an : ans}",
        "{share oui+non}",
    ],
)
def test_a_good_template_has_no_problem(template):
    assert problems(template, "nominal", ["oui", "non"]) == []


def test_the_figures_that_a_template_asks_for_are_known():
    assert asked_of("{count oui : a : b} et {by oui}.") == {"count", "by"}


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.003, "moins de 1 %"),
        (0.24, "un quart (24 %)"),
        (0.33, "un tiers (33 %)"),
        (0.38, "38 %"),
        (0.45, "45 %"),
        (0.46, "près de la moitié (46 %)"),
        (0.5, "la moitié (50 %)"),
        (0.51, "plus de la moitié (51 %)"),
        (0.54, "plus de la moitié (54 %)"),
        (0.6, "plus de la moitié (60 %)"),
        (0.61, "61 %"),
        (0.65, "les deux tiers (65 %)"),
        (0.76, "les trois quarts (76 %)"),
        (0.8, "80 %"),
        (0.998, "plus de 99 %"),
        (1, "100 %"),
    ],
)
def test_shares_near_a_simple_fraction_are_said_in_words(share, words):
    assert plain(fraction(share)) == words


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{share a} des lieux ({count a} sur {base}).", "57 % des lieux (36 sur 63)."),
        ("{fraction a} des lieux.", "Plus de la moitié (57 %) des lieux."),
        ("{count c : lieu reste : lieux restent} à part.", "5 lieux restent à part."),
        ("{lead} d’abord, puis {lead 2}.", "« A » d’abord, puis « B »."),
        ("{share a+c} des lieux ({count a + c}).", "65 % des lieux (41)."),
    ],
)
def test_editors_write_their_own_sentences(template, sentence):
    assert said(Shares(63, {"a": 36, "b": 22, "c": 5}), template, LETTERS) == sentence


def test_editors_name_what_ranks_come_to():
    ranks = Ranks(20, {"a": (12, 3), "b": (8, 10)})
    template = "{first} : {first_share} ; {mentioned} : {mentioned_share}, rang {mean_rank b}."

    assert said(ranks, template, {"a": "A", "b": "B"}) == "« A » : 60 % ; « B » : 90 %, rang 1,6."


def test_nobody_has_no_mean_rank():
    ranks = Ranks(20, {"a": (20, 0), "b": (0, 0)})

    assert said(ranks, "Rang {mean_rank b}.", {"a": "A", "b": "B"}).startswith("Toutes")


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{share oui} des structures disent oui.", "40 % des structures disent oui."),
        (
            "{fraction non} des structures disent non.",
            "Plus de la moitié (60 %) des structures disent non.",
        ),
        ("{lead} mène, avec {lead_share} des voix.", "« Non » mène, avec 60 % des voix."),
    ],
)
def test_a_template_that_gives_shares_waits_for_a_base_that_bears_them(template, sentence):
    seven, ten = Shares(7, {"oui": 3, "non": 4}), Shares(10, {"oui": 4, "non": 6})

    assert said(seven, template) == "3 structures sur 7 répondent oui."
    assert said(ten, template) == sentence


def test_a_template_that_gives_counts_serves_a_small_base_too():
    template = "{count oui : structure intervient : structures interviennent} sur {base}."

    assert said(Shares(7, {"oui": 1, "non": 6}), template) == "1 structure intervient sur 7."
    assert said(Shares(7, {"oui": 2, "non": 5}), template) == "2 structures interviennent sur 7."


def test_a_template_without_its_figure_gives_way_to_the_default():
    level = Shares(20, {"a": 10, "b": 10})

    assert said(level, "{lead} mène.", LETTERS).startswith("Deux réponses arrivent en tête")


def test_of_a_group_nothing_leads_that_a_hidden_count_may_outnumber():
    hidden = Shares(16, {"a": 6, "b": 0, "c": 0}, is_protected=True)
    template = "{lead} mène."

    assert said(hidden, template, LETTERS, is_protected=True) == (
        "38 % des structures répondent « A » (6 sur 16)."
    )


def test_a_sum_of_choices_is_hidden_where_one_of_them_is():
    hidden = Shares(16, {"a": 6, "b": 0, "c": 10}, is_protected=True)

    assert said(hidden, "{count a+b}.", LETTERS, is_protected=True).startswith("63 %")
    assert said(hidden, "{count a+c}.", LETTERS, is_protected=True) == "16."


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"a": 6, "b": 6}, "A 50 %, B 50 %."),
        ({"a": 6, "b": 0, "c": 6}, "A 50 %."),
    ],
)
def test_what_is_between_brackets_is_left_out_where_its_figure_is_zero(counts, sentence):
    assert said(Shares(12, counts), "A {share a}[, B {share b}].", LETTERS) == sentence


def test_a_sentence_without_its_figure_is_left_out_and_the_others_stay():
    shares = Shares(12, {"oui": 5, "non": 7})

    assert said(shares, "{count oui} disent oui. Ce sont {by oui}. C’est tout.") == (
        "5 disent oui. C’est tout."
    )


def test_statistics_are_named():
    ages = Distribution({20.0: 1, 30.0: 2, 50.0: 1})

    assert (
        said(ages, "De {minimum} à {maximum}, {median} au milieu.") == "De 20 à 50, 30 au milieu."
    )


def test_a_crossed_figure_says_which_groups():
    all_one = Crossed(
        {"asso": Shares(9, {"oui": 8, "non": 1}), "mairie": Shares(5, {"oui": 0, "non": 5})}
    )
    two = Crossed(
        {"asso": Shares(9, {"oui": 3, "non": 6}), "mairie": Shares(5, {"oui": 1, "non": 4})}
    )
    template = "{count oui : lieu : lieux}, {groups oui}."

    assert said(Shares(14, {"oui": 8, "non": 6}), template, crossed=all_one) == (
        "8 lieux, toutes des associations."
    )
    assert said(Shares(14, {"oui": 4, "non": 10}), template, crossed=two) == (
        "4 lieux, dont 3 associations et 1 mairie."
    )


def test_a_group_without_a_noun_is_not_named():
    crossed = Crossed({"autre": Shares(12, {"oui": 5, "non": 7})})

    for template in ("{groups oui}.", "{by oui}."):
        assert said(Shares(12, {"oui": 5, "non": 7}), template, crossed=crossed).startswith("42 %")


def test_one_of_a_single_group_is_said_in_the_singular():
    crossed = Crossed({"asso": Shares(12, {"oui": 1, "non": 11})})
    template = "{count oui : structure intervient : structures interviennent}, {groups oui}."

    assert said(Shares(12, {"oui": 1, "non": 11}), template, crossed=crossed) == (
        "1 structure intervient, une association."
    )


def test_no_group_leads_when_two_are_level():
    template = "Région la plus représentée : {group}."
    shares = Shares(20, {"oui": 12, "non": 8})

    level, ahead = Shares(20, {"Bretagne": 10, "Corse": 10}), Shares(20, {"Bretagne": 20})

    assert said(shares, template, grouped=level) == (
        "Plus de la moitié (60 %) des structures répondent oui (12 sur 20)."
    )
    assert said(shares, template, grouped=ahead) == "Région la plus représentée : Bretagne."
