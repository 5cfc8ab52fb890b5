"""What has changed from one report to another, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from analysis import progress
from analysis.charts.bars import Bars
from analysis.report import Block, Report, Respondents, Section
from analysis.summaries import Base
from analysis.tables import Table
from survey.publication import Campaign
from survey.questionnaire import QuestionSpec, Structure

NOW = datetime(2021, 3, 5, tzinfo=UTC)
CAMPAIGN = Campaign(Structure("conumm", "Le métier"), 1, 1, NOW, None, None, "", True)
MINUTES = QuestionSpec("duree", "number", "Durée", "Durée ?", unit="minutes", unit_one="minute")


def report(total, *blocks, edition=None):
    section = Section("lieu", "Le lieu", "", blocks)
    whole = Report(CAMPAIGN, "Le rapport", NOW, Respondents(total, 0), 0, (section,))
    return replace(whole, edition=edition)


def edition(total, *blocks):
    return report(total, *blocks, edition=date(2021, 3, 5))


def block(code, title, answered, figures, question=None):
    base = Base(answered, answered, answered)
    empty = Bars(()), Table((), ())
    return Block(code, title, "", "", "", base, *empty, figures, question=question)


def yesno(oui, non, code="tiers_lieu", title="Tiers-lieu"):
    counts = {"oui": ("Oui", oui), "non": ("Non", non)}
    shares = [{"choice": c, "label": label, "count": n} for c, (label, n) in counts.items()]
    return block(code, title, oui + non, {"shares": shares})


def durations(median, counts):
    """Of classes of thirty minutes, from 0."""
    bins = [{"from": 30.0 * n, "to": 30.0 * (n + 1), "count": c} for n, c in enumerate(counts)]
    figures = {"distribution": {"median": median, "bins": bins}}
    return block("duree", "Durée", sum(counts), figures, MINUTES)


def said(before, now):
    """The sentence, its spaces all alike."""
    return progress.since(before, now).replace("\u00a0", " ").replace("\u202f", " ")


def test_nothing_changed():
    assert said(edition(95, yesno(38, 57)), report(95, yesno(38, 57))) == (
        "Depuis l’édition du 5 mars 2021, rien n’a changé."
    )


def test_only_responses_came():
    assert said(edition(95, yesno(38, 57)), report(107, yesno(42, 65))) == (
        "Depuis l’édition du 5 mars 2021 : 12 réponses de plus ; aucun chiffre n’a nettement bougé."
    )


def test_one_response_more_or_less_is_singular():
    assert "1 réponse de plus ;" in said(edition(95, yesno(38, 57)), report(96, yesno(39, 57)))
    assert "1 réponse de moins ;" in said(edition(95, yesno(38, 57)), report(94, yesno(37, 57)))


def test_as_many_responses_that_say_something_else():
    assert "autant de réponses ;" in said(edition(95, yesno(38, 57)), report(95, yesno(39, 56)))


def test_what_moved_most_is_said_with_both_shares():
    assert said(edition(95, yesno(36, 59)), report(145, yesno(76, 69))) == (
        "Depuis l’édition du 5 mars 2021 : 50 réponses de plus ; "
        "ce qui a le plus bougé : « Tiers-lieu », « Oui » passe de 38 % à 52 %."
    )


def test_those_who_came_since_are_compared_with_those_before():
    """42 more of 54 said yes: the whole moved by 12 points only, the newcomers not by chance."""
    assert "« Oui » passe de 40 % à 53 %" in said(
        edition(100, yesno(40, 60)), report(154, yesno(82, 72))
    )


def test_of_several_blocks_the_three_that_moved_most_come_first():
    moves = {"a": 60, "b": 90, "c": 80, "d": 70}
    before = edition(100, *(yesno(30, 70, code, code.upper()) for code in moves))
    now = report(200, *(yesno(30 + n, 170 - n, code, code.upper()) for code, n in moves.items()))

    sentence = said(before, now)

    assert sentence.index("« B »") < sentence.index("« C »") < sentence.index("« D »")
    assert "« A »" not in sentence


def test_too_few_answers_say_nothing():
    assert "aucun chiffre" in said(edition(9, yesno(0, 9)), report(40, yesno(30, 10)))


def test_hidden_counts_say_nothing():
    hidden = yesno(40, 60)
    hidden.figures["shares"][0]["count"] = None
    assert "« Non » passe de 60 % à 95 %" in said(
        edition(100, hidden), report(1000, yesno(50, 950))
    )


def test_a_block_of_groups_says_nothing():
    grouped = replace(yesno(40, 60), base=None)
    assert "aucun chiffre" in said(edition(100, grouped), report(200, yesno(140, 60)))


def test_questions_on_one_side_only_are_named():
    before = edition(95, yesno(38, 57), yesno(1, 2, "a", "A"))
    now = report(95, yesno(38, 57), *(yesno(1, 2, code, code.upper()) for code in "bcdefg"))

    assert said(before, now) == (
        "Depuis l’édition du 5 mars 2021 : autant de réponses ; "
        "6 questions ajoutées : « B », « C », « D » et 3 autres ; question retirée : « A » ; "
        "aucun chiffre n’a nettement bougé."
    )


def test_a_median_moves():
    before = edition(60, durations(45.0, [20, 30, 10]))
    now = report(160, durations(75.0, [25, 35, 100]))

    assert "« Durée », médiane de 45 à 75 minutes" in said(before, now)


def test_a_median_that_chance_moves_says_nothing():
    before = edition(60, durations(45.0, [20, 30, 10]))
    assert "aucun chiffre" in said(before, report(64, durations(46.0, [21, 32, 11])))


def test_medians_in_classes_with_no_edge_in_common_say_nothing():
    now = durations(75.0, [25, 35, 100])
    for each in now.figures["distribution"]["bins"]:
        each["from"] += 7
    assert "aucun chiffre" in said(edition(60, durations(45.0, [20, 30, 10])), report(160, now))


def test_of_ranks_who_comes_first_moves():
    def ranks(seniors, base):
        counts = [seniors, base - seniors]
        ranked = [{"choice": "seniors", "label": "Seniors", "counts": counts, "mentioned": base}]
        return block("publics", "Publics", base, {"ranks": ranked})

    assert "« Publics », « Seniors » en premier passe de 30 % à 60 %" in said(
        edition(100, ranks(30, 100)), report(200, ranks(120, 200))
    )
