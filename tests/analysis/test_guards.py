import pytest

from analysis import guards, live
from tests.analysis.commenting import answered, plain
from tests.factories import respondent

pytestmark = pytest.mark.usefixtures("commented")


@pytest.fixture
def report():
    respondent({"publics": ["seniors", "jeunes"], "duree": 30})
    return answered(oui=8, non=12)


@pytest.mark.parametrize(
    "line",
    [
        "share tiers_lieu oui entre 30 et 50",
        "share tiers_lieu oui between 40 and 50 %",
        "{{ share tiers_lieu oui }} entre 30\u202f% et 40\u202f%",
        "count tiers_lieu oui = 8",
        "count tiers_lieu oui=8",
        "count tiers_lieu oui ≠ 9",
        "count tiers_lieu oui != 9",
        "count tiers_lieu oui au moins 8",
        "count tiers_lieu oui au plus 8",
        "count tiers_lieu oui moins de 9",
        "count tiers_lieu oui plus de 7",
        "lead tiers_lieu est non",
        "lead tiers_lieu is non",
        "lead tiers_lieu 2 est oui",
        "lead tiers_lieu n’est pas oui",
        "lead tiers_lieu n'est pas oui",
        "first publics est seniors",
        "median duree <= 30",
        "median duree < 30,5",
        "base participation ≥ 21",
        "tiers_lieu oui between 30 and 50 %",
        "« tiers_lieu oui ENTRE 30 et 50 »",
        "count tiers_lieu oui == 8",
        "count tiers_lieu oui <> 9",
        "count tiers_lieu oui : structure : structures = 8",
        "base participation : réponse : réponses > 3",
    ],
)
def test_a_guard_that_holds(report, line):
    assert guards.problems(line, report) == []
    assert guards.failures(line, report) == []


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("share tiers_lieu oui entre 41 et 50", "aujourd’hui : 40 %"),
        ("count tiers_lieu oui > 8", "aujourd’hui : 8"),
        ("lead tiers_lieu est oui", "aujourd’hui : « Non »"),
        ("median duree > 1 234,5", "aujourd’hui : 30"),
        ("count type mairie = 0", ""),
        ("lead type est mairie", "aujourd’hui : —"),
        ("share forme de_fait = 0", "aujourd’hui : —"),
    ],
)
def test_a_guard_says_the_figure_of_now_when_it_fails(report, line, now):
    expected = [f"{line} ({now})"] if now else []
    assert [plain(failure) for failure in guards.failures(line, report)] == expected


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("tiers_lieu", "cela ne compare rien : écrivez par exemple share tiers_lieu oui entre 30"),
        ("tiers_lieu = 3", "il manque le chiffre : écrivez par exemple base tiers_lieu"),
        ("share tiers_lieu ouii = 3", "« ouii » n’est pas un choix du bloc « tiers_lieu »"),
        ("share tiers_lieu oui entre 30", "il faut deux bornes : écrivez entre 30 et 50"),
        ("share tiers_lieu oui entre 50 et 30", "la plus petite borne vient en premier"),
        ("count tiers_lieu oui = huit", "« huit » n’est pas un nombre : écrivez par exemple 30"),
        ("count tiers_lieu oui =", "il manque une valeur : écrivez par exemple share"),
        ("count tiers_lieu oui = 8 %", "« count » n’est pas une part : écrivez-le sans %"),
        ("lead tiers_lieu < 3", "« lead » se compare par « est » ou « n’est pas »"),
        ("lead tiers_lieu est Oui", "« Oui » n’en fait pas partie : écrivez l’un de oui, non"),
        ("label tiers_lieu oui = 3", "« label » ne se compare pas : écrivez count ou share"),
    ],
)
def test_a_guard_that_cannot_be_says_which_and_what_to_write(report, line, problem):
    (said,) = guards.problems(f"\n{line}\nbase tiers_lieu > 0", report)

    assert plain(said).startswith(f"Garde 1, « {line} » : {problem}")


def test_a_guard_whose_figure_has_disappeared_fails(report):
    assert guards.failures("share autrefois oui = 3", report) == [
        "share autrefois oui = 3 (ce chiffre n’existe plus)"
    ]


def test_guards_hold_when_there_is_none(report):
    assert guards.failures("\n \n", report) == []


def test_a_group_is_compared_by_its_name(report):
    from dataclasses import replace

    from analysis.summaries import Shares

    block = report.blocks["tiers_lieu"]
    facts = replace(block.facts, grouped=Shares(20, {"Bretagne": 12, "Pays de la Loire": 8}))
    blocks = (replace(block, facts=facts),)
    regional = replace(live.report(), sections=(replace(report.sections[0], blocks=blocks),))

    assert guards.failures("group tiers_lieu est Bretagne", regional) == []
    assert guards.failures("group_count tiers_lieu 2 = 8", regional) == []
    assert guards.failures("group tiers_lieu est Pays de la Loire", regional) != []
    assert guards.problems("group tiers_lieu est Corse", regional) != []
