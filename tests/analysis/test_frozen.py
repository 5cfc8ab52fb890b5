"""Reports as JSON and back, and what was written once, read for ever."""

import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from analysis import csvfiles, frozen
from analysis.charts import render
from analysis.charts.bars import Bar, Bars
from analysis.charts.histogram import Histogram
from analysis.notes import Note
from analysis.report import Block, Detail, Report, Respondents, Section
from analysis.structures import Column
from analysis.summaries import Base
from analysis.tables import Share, Table
from survey.publication import Campaign
from survey.questionnaire import QuestionSpec, SectionSpec, Structure

OLD = Path(__file__).parent / "frozen" / "edition-1.json"

AGE = QuestionSpec("age", "number", "Âge", "Quel âge avez-vous ?", unit="ans")
STRUCTURE = Structure("conumm", "Le métier", "", ("Qui ?",), (SectionSpec("s", "S", "", (AGE,)),))
NOW = datetime(2021, 3, 5, 12, tzinfo=UTC)
TABLE = Table(("Réponse", "Part"), (("Oui", Share(0.5)), (date(2021, 3, 5), None), (3, 0.25)))
BLOCK = Block(
    code="age",
    title="Âge",
    kind="number",
    measure="numeric",
    sentence="Médiane\u00a0: 40 ans.",
    base=Base(3, 2, 1),
    chart=Histogram((0.0, 50.0, math.inf), (1, 0), ("0", "50", "et plus"), "ans", 40.0),
    table=TABLE,
    figures={"distribution": {"median": 40.0, "bins": [{"from": 50.0, "to": None, "count": 0}]}},
    details=(Detail("Selon", TABLE),),
    commentary=(Note("below", SafeString("<p>Vu.</p>"), "Vu.", NOW, 2, True),),
)


def report(*blocks):
    campaign = Campaign(STRUCTURE, 1, 2, NOW, NOW, None, "Par lettre.", True)
    return Report(campaign, "Titre", NOW, Respondents(3, 1), 2, (Section("s", "S", "", blocks),))


def back(whole):
    return frozen.read(frozen.written(whole))


def test_a_report_comes_back_as_it_was():
    whole = back(report(BLOCK))

    assert whole.sections == report(replace(BLOCK, question=AGE)).sections
    assert (whole.campaign, whole.updated_at) == (report().campaign, NOW)
    assert (whole.title, whole.respondents, whole.departments) == ("Titre", Respondents(3, 1), 2)


def test_commentary_is_kept_as_it_was_rendered():
    (note,) = back(report(BLOCK)).blocks["age"].commentary

    assert note == BLOCK.commentary[0]
    assert isinstance(note.html, SafeString)


@pytest.mark.parametrize("name", frozen.chart_classes())
def test_every_chart_has_a_name_of_its_own(name):
    assert frozen.chart_classes()[name].__name__ == name


def test_what_names_people_is_left_out():
    named = Detail("Table", Table(("Nom",), (("Le Phare",),)), (Column("nom", "Nom"),))
    document = frozen.written(report(replace(BLOCK, details=(named,), texts=(4321,))))

    assert "Le Phare" not in document
    assert "4321" not in document


def test_what_cannot_be_kept_is_refused():
    @dataclass(frozen=True)
    class Bars:
        """Not the chart of that name."""

    with pytest.raises(TypeError, match="Histogram"):
        frozen.written(report(replace(BLOCK, chart=Bars())))


def test_what_a_newer_version_wrote_beside_is_not_read():
    document = json.loads(frozen.written(report(BLOCK)))
    document["later"] = 1
    document["sections"][0]["blocks"][0]["later"] = {"Later": {}}
    document["sections"][0]["blocks"][0]["chart"]["Histogram"]["later"] = []

    assert frozen.read(json.dumps(document)).blocks["age"].chart == BLOCK.chart


def test_what_an_older_version_did_not_write_has_its_default():
    document = json.loads(frozen.written(report(replace(BLOCK, chart=Bars((Bar("Oui", 1, "1"),))))))
    del document["sections"][0]["blocks"][0]["details"]
    del document["sections"][0]["blocks"][0]["chart"]["Bars"]["missing"]

    block = frozen.read(json.dumps(document)).blocks["age"]
    assert (block.details, block.chart.missing) == ((), None)


def test_an_edition_of_the_first_version_is_read_for_ever():
    """The file was written once. Where this fails, editions that people cite have been lost: give
    what was added a default, or read what was written under its old name. Never write it anew."""
    whole = frozen.read(OLD.read_text(encoding="utf-8"))

    first = ["participation", "departement", "nom", "type", "tiers_lieu", "forme"]
    assert list(whole.blocks) == [*first, "outils", "publics", "duree", "humeur", "freins", "site"]
    assert (whole.respondents.total, whole.respondents.partial) == (12, 6)
    assert whole.campaign.circulation == "Lettre du réseau."
    assert whole.blocks["tiers_lieu"].sentence.startswith("La moitié (50\u202f%) des personnes")
    assert whole.blocks["tiers_lieu"].base == Base(12, 12, 12)
    assert whole.blocks["forme"].base.not_asked == 6
    assert whole.blocks["duree"].figures["distribution"]["median"] == 82.5
    assert whole.blocks["duree"].chart.edges[-1] == math.inf
    assert whole.blocks["departement"].map.counts == (("44", 4), ("49", 4), ("971", 4))
    named = whole.blocks["type"].details[0].structures
    assert [column.code for column in named] == ["nom", "type"]
    assert whole.blocks["humeur"].question.label == "humeur ?"
    kinds = {type(block.chart).__name__ for block in whole.blocks.values()}
    assert kinds == {"Curve", "BaseBar", "Bars", "Stacked", "Histogram", "Diverging"}
    lines = csvfiles.written(whole.blocks["tiers_lieu"].table).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Réponse,Effectif,Part", "Oui,6,0.5"]
    drawn = [block.chart for block in whole.blocks.values()]
    for chart in (*drawn, whole.blocks["departement"].map):
        assert render.svg(chart, render.WIDE, "").startswith(b"<svg")
