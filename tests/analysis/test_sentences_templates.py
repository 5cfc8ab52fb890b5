import pytest

from analysis import sentences
from analysis.summaries import Base, Crossed, Shares
from analysis.templates import problems
from analysis.wording import Facts, Noun, Wording

STRUCTURES = Noun("structure", "structures", feminine=True)
GROUPS = {"asso": Noun("association", "associations", feminine=True)}
YES_NO = {"oui": "Oui", "non": "Non"}


@pytest.mark.parametrize(
    ("template", "measure", "problem"),
    [
        ("{lead 0}", "nominal", 'asks for lead "0"; write a place: 1, 2, 3 …'),
        ("{lead_share x}", "nominal", 'asks for lead_share "x"; write a place: 1, 2, 3 …'),
        ("{first un}", "ranking", 'asks for first "un"; write a place: 1, 2, 3 …'),
        ("{share oui : a : b}", "nominal", "gives forms to share, which is not a count"),
        ("{share oui", "nominal", "has a brace without its other; write {figure}"),
        ("share oui}", "nominal", "has a brace without its other; write {figure}"),
    ],
)
def test_a_template_that_would_fail_on_the_page_is_refused_before(template, measure, problem):
    assert problems(template, measure, ["oui", "non"]) == [problem]


@pytest.mark.parametrize(
    "template", ["{lead} puis {lead 2}", "{lead_count 2 : voix : voix}", "{base : an : ans}"]
)
def test_a_good_template_has_no_problem(template):
    assert problems(template, "nominal", ["oui", "non"]) == []


def said(summary, template, **facts):
    base = Base(summary.base, summary.base, summary.base)
    wording = Wording(YES_NO, STRUCTURES, template=template, groups=GROUPS)
    sentence = sentences.sentence(Facts(summary, base, wording, **facts))
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


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

    assert said(shares, template, grouped=level) == "Oui : 60 % des structures (12 sur 20)."
    assert said(shares, template, grouped=ahead) == "Région la plus représentée : Bretagne."
