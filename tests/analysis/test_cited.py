import pytest

from analysis import cited, live
from analysis.cited import Figure, number_of
from analysis.figures import FIGURES
from analysis.templates import NoFigure
from tests.analysis.commenting import answered, plain
from tests.factories import respondent

pytestmark = pytest.mark.usefixtures("commented")


@pytest.fixture
def report():
    respondent({"type": "association", "tiers_lieu": "oui", "duree": 30, "publics": ["jeunes"]})
    for duration in range(40, 140, 10):
        respondent({"type": "association", "tiers_lieu": "oui", "duree": duration})
    respondent({"tiers_lieu": "non", "outils": ["tablette"], "freins": "Le temps"})
    return live.report()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("share tiers_lieu oui", "92 %"),
        ("count tiers_lieu oui", "11"),
        ("count tiers_lieu non : réponse : réponses", "1 réponse"),
        (" count  tiers_lieu oui:réponse:réponses ", "11 réponses"),
        ("base tiers_lieu", "12"),
        ("missing type", "1"),
        ("label tiers_lieu oui", "« Oui »"),
        ("lead tiers_lieu", "« Oui »"),
        ("lead tiers_lieu 2", "« Non »"),
        ("lead_share tiers_lieu", "92 %"),
        ("groups tiers_lieu oui", "toutes des associations"),
        ("by tiers_lieu oui", "11 associations"),
        ("share outils tablette", "1 sur 1"),
        ("first publics", "« Jeunes »"),
        ("first_count publics : fois : fois", "1 fois"),
        ("median duree", "80"),
        ("maximum duree", "130"),
        ("published freins", "0"),
        ("base participation", "12"),
        ("partial participation : partielle : partielles", "12 partielles"),
        ("departments participation", "0"),
    ],
)
def test_a_figure_is_said_as_sentences_say_it(report, written, words):
    assert plain(Figure.parse(written).words(report)) == words


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "il manque le chiffre : écrivez par exemple base participation"),
        ("duree", "il manque le chiffre : écrivez par exemple base duree"),
        ("median", "« median » ne dit pas de quel bloc : écrivez par exemple median duree"),
        (
            "shares tiers_lieu oui",
            "le chiffre « shares » n’existe pas dans le bloc « tiers_lieu » : "
            "écrivez share ou lead_share",
        ),
        (
            "median participation",
            "le chiffre « median » n’existe pas dans le bloc « participation » : "
            "écrivez base, total, complete, partial ou departments",
        ),
        (
            "mediane duree2",
            "le chiffre « mediane » n’existe pas : écrivez median, mean ou mentioned",
        ),
        (
            "groups type association",
            "le chiffre « groups » n’existe pas dans le bloc « type » : écrivez base, asked, "
            "total, missing, share, count, fraction, label, lead, lead_share ou lead_count",
        ),
        ("base tierslieu", "le bloc « tierslieu » n’existe pas : écrivez tiers_lieu"),
        ("share tiers_lieu", "il manque le choix après « share tiers_lieu » : écrivez oui ou non"),
        (
            "share type asociation",
            "« asociation » n’est pas un choix du bloc « type » : écrivez association",
        ),
        ("lead type asso", "« asso » n’est pas une place : écrivez lead type 2"),
        ("lead type 99", "il n’y a que 3 places : écrivez lead type 3"),
        ("base type oui", "« oui » est de trop : écrivez base type"),
        (
            "share tiers_lieu oui : a : b",
            "« share » n’est pas un effectif : écrivez-le sans deux-points",
        ),
        (
            "base type : réponse",
            "il faut deux formes, pour un et pour plusieurs : "
            "écrivez base type : réponse : réponses",
        ),
    ],
)
def test_a_figure_that_does_not_exist_says_what_to_write_instead(report, written, problem):
    assert plain(Figure.parse(written).problem(report)) == problem


def test_a_figure_without_a_value_yet_is_a_dash():
    report = answered(oui=1, non=1)

    assert Figure.parse("median duree").problem(report) == ""
    assert cited.said(Figure.parse("median duree"), report) == "—"
    assert cited.said(Figure.parse("lead tiers_lieu"), report) == "—"
    assert cited.said(Figure.parse("median nowhere"), report) == "—"
    with pytest.raises(NoFigure):
        Figure.parse("median duree").value(report)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1\u202f234,5", 1234.5),
        ("38\u202f%", 38),
        ("38 %", 38),
        ("un tiers (33\u202f%)", 33),
        ("plus de la moitié (57\u202f%)", 57),
        ("moins de 1\u202f%", 1),
        ("plus de 99\u202f%", 99),
        ("3 sur 7", 43),
        ("−3", -3),
    ],
)
def test_the_number_is_the_one_a_reader_sees(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize("words", ["", "oui", "nan", "1_000", "3 %%", "1.2.3"])
def test_what_is_not_a_number_is_refused(words):
    with pytest.raises(ValueError, match=r".*"):
        number_of(words)


def test_every_figure_of_a_block_can_be_cited_and_says_something(report):
    for block in report.blocks.values():
        for figure, words in cited.examples(block, report).items():
            assert figure.problem(report) == ""
            assert words


def test_every_figure_has_its_meaning_in_french():
    assert FIGURES.keys() - cited.MEANINGS.keys() == set()
