"""Each kind of question on its whole way: form, API, row, frame, summary, sentence, chart, CSV.

A kind that stands in survey/kinds/ and has no way here is a failure.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from django.test import Client

from analysis import frame, live, presentation
from analysis.charts.shapes import Words
from analysis.summaries import Distribution, Quotes, Ranks, Shares, Summary
from survey import moderation, publication
from survey.kinds import KINDS, kind_of
from survey.kinds.department import Department
from survey.kinds.single import Single
from survey.models import Answer
from survey.questionnaire import SectionSpec, Structure
from tests import factories
from tests.factories import moderator, spec
from tests.pages import shown

pytestmark = pytest.mark.django_db

DEPARTMENTS = Department.own_choices
AUTRE = {"choice": "autre", "other": "une péniche"}


@dataclass(frozen=True)
class Way:
    """One question: what one person types in its form, what another sends to the API, what follows.

    `stored`: shape, choice, rank, number and text of each row, in the order of people and rows;
    `column`: the frame's, as lists; `csv`: its first lines after the header.
    """

    question: object
    typed: dict
    value: object
    sent: object
    read_back: object
    stored: list
    column: list
    summary: Summary
    says: str
    drawn: str
    csv: list


def choices(*counts):
    return Shares(2, dict(counts))


WAYS = {
    "single": Way(
        question=spec("q", "single", ["association", "mairie", "autre"]),
        typed={"q": "mairie"},
        value="mairie",
        sent=AUTRE,
        read_back=AUTRE,
        stored=[
            ("choice", "mairie", None, None, ""),
            ("choice", "autre", None, None, "une péniche"),
        ],
        column=["mairie", "autre"],
        summary=choices(("association", 0), ("mairie", 1), ("autre", 1)),
        says="Mairie",
        drawn="Mairie",
        csv=["Mairie,1,0.5", "Association,0,0.0", "Autre,1,0.5"],
    ),
    "yesno": Way(
        question=spec("q", "yesno"),
        typed={"q": "oui"},
        value="oui",
        sent="non",
        read_back="non",
        stored=[("choice", "oui", None, None, ""), ("choice", "non", None, None, "")],
        column=["oui", "non"],
        summary=choices(("oui", 1), ("non", 1)),
        says="ui",
        drawn="Oui",
        csv=["Oui,1,0.5", "Non,1,0.5"],
    ),
    "department": Way(
        question=spec("q", "department", []),
        typed={"q": "loire-atlantique"},
        value="44",
        sent="1",
        read_back="01",
        stored=[("choice", "44", None, None, ""), ("choice", "01", None, None, "")],
        column=["44", "01"],
        summary=choices(*((c.code, int(c.code in ("01", "44"))) for c in DEPARTMENTS)),
        says="Loire-Atlantique (44)",
        drawn="Loire-Atlantique (44)",
        csv=["Ain (01),1,0.5", "Loire-Atlantique (44),1,0.5"],
    ),
    "multiple": Way(
        question=spec("q", "multiple", ["ordinateur", "tablette", "aucun"]),
        typed={"q": ["tablette", "ordinateur"]},
        value=["ordinateur", "tablette"],
        sent=["tablette"],
        read_back=["tablette"],
        stored=[
            ("choices", "ordinateur", None, None, ""),
            ("choices", "tablette", None, None, ""),
            ("choices", "tablette", None, None, ""),
        ],
        column=[[True, True, False], [False, True, False]],
        summary=choices(("ordinateur", 1), ("tablette", 2), ("aucun", 0)),
        says="Tablette",
        drawn="Tablette",
        csv=["Tablette,2,1.0", "Ordinateur,1,0.5", "Aucun,0,0.0"],
    ),
    "ranking": Way(
        question=spec("q", "ranking", ["seniors", "jeunes"]),
        typed={"q__seniors": "2", "q__jeunes": "1"},
        value=["jeunes", "seniors"],
        sent=["jeunes"],
        read_back=["jeunes"],
        stored=[
            ("ranks", "jeunes", 1, None, ""),
            ("ranks", "seniors", 2, None, ""),
            ("ranks", "jeunes", 1, None, ""),
        ],
        column=[[2, 1], [0, 1]],
        summary=Ranks(2, {"seniors": (0, 1), "jeunes": (2, 0)}),
        says="Jeunes",
        drawn="Jeunes",
        csv=["Jeunes,1.0,2,1.0,1.0,2,0", "Seniors,0.0,1,0.5,2.0,0,1"],
    ),
    "number": Way(
        question=spec("q", "number", unit="heures", unit_one="heure", minimum=0, maximum=50),
        typed={"q": "12,5"},
        value=12.5,
        sent=30,
        read_back=30,
        stored=[
            ("number", None, None, Decimal("12.5"), ""),
            ("number", None, None, Decimal("30"), ""),
        ],
        column=[12.5, 30.0],
        summary=Distribution({12.5: 1, 30.0: 1}),
        says="heures",
        drawn="heures",
        csv=["Réponses,2,"],
    ),
    **{
        kind: Way(
            question=spec("q", kind, []),
            typed={"q": " phare.example "},
            value="phare.example",
            sent="=1+1",
            read_back="=1+1",
            stored=[
                ("text", None, None, None, "phare.example"),
                ("text", None, None, None, "=1+1"),
            ],
            column=[2, 2],
            summary=Quotes(2, 2),
            says="2 textes reçus",
            drawn="2 ont répondu",
            csv=["Textes reçus,2", "Textes publiés,2"],
        )
        for kind in ("short_text", "long_text", "url")
    },
}


@pytest.fixture(autouse=True)
def own_report(monkeypatch):
    from analysis import declarations
    from analysis.wording import Noun

    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)


def ask(way):
    """The questionnaire that asks this question alone."""
    question = replace(way.question, choices=kind_of(way.question).choices(way.question))
    section = SectionSpec("partie", "La partie", questions=(question,))
    factories.questionnaire(Structure("conumm", "Essai", sections=(section,)))


def filled_in(way):
    """The answer that a page without a script sends."""
    browser = Client()
    browser.post("/questionnaire/", {"participate": "on", "publish_texts": "on"})
    page = "/questionnaire/section/partie/"
    sent = browser.post(page, shown(browser.get(page)) | way.typed)
    assert sent.status_code == 302
    return browser


def called(way):
    consents = {"participate": True, "publish_texts": True}
    program = Client()
    started = program.post(
        "/api/v1/respondents/", {"consents": consents}, content_type="application/json"
    )
    answers = {"version": 0, "answers": {"q": way.sent}}
    return program.patch(
        "/api/v1/respondents/me/answers/",
        answers,
        content_type="application/json",
        headers={"Authorization": f"Bearer {started.json()['token']}"},
    )


def rows():
    answers = Answer.objects.order_by("respondent__number", "rank", "choice__position")
    return list(answers.values_list("shape", "choice__code", "rank", "number", "text"))


@pytest.fixture(params=sorted(KINDS))
def way(request):
    return WAYS[request.param]


@pytest.fixture
def browser(way):
    """Of the person who filled in the form; another has called the API; all texts are approved."""
    ask(way)
    browser = filled_in(way)
    assert called(way).json()["answers"] == {"q": way.read_back}
    for text in Answer.objects.exclude(text=""):
        moderation.approve(text, by=moderator())
    return browser


def test_form_and_api_store_the_rows_of_a_kind_and_read_them_back(way, browser):
    own = browser.get("/questionnaire/mes-reponses.json").json()["answers"]

    assert [each["answer"] for each in own] == [way.value]
    assert rows() == way.stored


def test_rows_become_the_column_and_the_summary_of_a_kind(way, browser):
    (question,) = publication.campaign().structure.questions.values()
    built = frame.build(publication.campaign().structure, publication.changes("conumm"))
    measure = presentation.of(publication.measure_of(question)).measure

    column = built.answers("q")

    assert column.to_numpy().tolist() == way.column
    summary = measure.summarise(column, question.choice_codes)
    assert summary == way.summary


def test_the_summary_of_a_kind_is_said_drawn_and_written(way, browser):
    block = browser.get("/api/v1/report/blocks/q/").json()
    drawing = live.report().blocks["q"].chart.drawing(720)
    svg, png = browser.get(block["chart"]["svg"]), browser.get(block["chart"]["png"])
    lines = browser.get(block["csv"]).content.decode("utf-8-sig").splitlines()

    assert block["kind"] == way.question.kind
    assert (block["base"]["answered"], block["base"]["missing"]) == (2, 0)
    assert way.says in block["sentence"]
    assert way.drawn in [shape.text for shape in drawing.shapes if isinstance(shape, Words)]
    assert svg["Content-Type"] == "image/svg+xml"
    assert png.content.startswith(b"\x89PNG")
    assert len(lines) == 1 + len(block["table"]["rows"])
    written = zip(lines[1:], way.csv, strict=False)
    assert all(line.startswith(expected) for line, expected in written), lines
    assert 'id="q"' in browser.get("/resultats/").content.decode()


def test_a_kind_is_refused_without_a_name_of_its_own():
    with pytest.raises(TypeError, match="the kind 'slider' has no name; write one in French"):
        type("Slider", (Single,), {"code": "slider"})

    assert "slider" not in KINDS
