"""What was asked, of whom, and with which choices: the key to the report's figures."""

import json
from collections.abc import Iterator

from analysis import sheets
from analysis.report import Block, Report, Section
from analysis.sheets import Field, Sheet
from analysis.tables import Cell
from survey.french import quoted
from survey.questionnaire import Condition, Structure

EVERYBODY = "Posée à tout le monde."

QUESTIONS = (
    Field("question", "string", "Question", "Son code.", {"required": True, "unique": True}),
    Field("section", "string", "Partie", constraints={"required": True}),
    Field("section_title", "string", "Titre de la partie"),
    Field("title", "string", "Titre du bloc"),
    Field("wording", "string", "Énoncé", "La question telle qu’elle est posée."),
    Field("help", "string", "Aide", "Ce qui est écrit sous la question."),
    Field("kind", "string", "Type", "De question."),
    Field("measure", "string", "Mesure", "Comment la question est résumée."),
    Field("ordered", "boolean", "Échelle", "Les choix sont dans un ordre qui compte."),
    Field("unit", "string", "Unité", "D’une réponse en nombre."),
    Field("minimum", "number", "Minimum accepté"),
    Field("maximum", "number", "Maximum accepté"),
    Field("asked_of", "string", "À qui", "À qui la question est posée, en mots."),
    Field(
        "condition",
        "object",
        "Condition",
        "La même chose en JSON : la question dont la réponse est l’un des choix any_of, ou a été"
        " donnée sans être l’un des choix none_of ; vide : posée à tout le monde.",
    ),
    Field("asked", "integer", "Personnes à qui elle a été posée", "Vide : d’un groupe."),
    Field("answered", "integer", "Personnes qui ont répondu", "La base des parts."),
    Field("missing", "integer", "Sans réponse (na)"),
    Field("not_asked", "integer", "Non posée"),
    Field("not_concerned", "integer", "Non concernées", "Parmi les précédentes, qui l’ont dit."),
)

CHOICES = (
    Field("question", "string", "Question", constraints={"required": True}),
    Field("choice", "string", "Choix", "Son code.", {"required": True}),
    Field("label", "string", "Libellé"),
    Field("position", "integer", "Place", "À partir de 1.", {"minimum": 1}),
    Field("exclusive", "boolean", "Seul", "Ce choix ne va avec aucun autre."),
    Field("other", "boolean", "À préciser", "Ce choix appelle une précision écrite."),
    Field("added", "boolean", "Ajouté", "D’après les précisions : il n’était pas proposé."),
)


def questions(report: Report) -> Sheet:
    structure = report.campaign.structure
    asked = (
        _question(structure, section, block)
        for section in report.sections
        for block in section.blocks
        if block.question
    )
    return Sheet(
        name="questions",
        title="Les questions",
        description="Une ligne par question : son énoncé, son type, à qui elle est posée.",
        fields=QUESTIONS,
        rows=sheets.lines(QUESTIONS, asked),
        key="question",
    )


def choices(report: Report) -> Sheet:
    return Sheet(
        name="choices",
        title="Les choix",
        description="Une ligne par choix d’une question, dans l’ordre où il est proposé.",
        fields=CHOICES,
        rows=sheets.lines(CHOICES, _choices(report)),
        keys={"question": ("questions", "question")},
    )


def _question(structure: Structure, section: Section, block: Block) -> dict[str, Cell]:
    question, base = block.question, block.base
    rule = question.condition.rule if question.condition else None
    counts = ("asked", "answered", "missing", "not_asked", "not_concerned")
    return {
        "question": question.code,
        "section": section.code,
        "section_title": section.title,
        "title": question.title,
        "wording": question.label,
        "help": question.help,
        "kind": question.kind,
        "measure": block.measure,
        "ordered": _boolean(question.ordered),
        "unit": question.unit,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "asked_of": asked_of(structure, question.condition),
        "condition": json.dumps(rule, ensure_ascii=False) if rule else None,
        **({name: getattr(base, name) for name in counts} if base else {}),
    }


def _choices(report: Report) -> Iterator[dict[str, Cell]]:
    for block in report.blocks.values():
        choices = block.question.choices if block.question else ()
        for position, choice in enumerate(choices, start=1):
            yield {
                "question": block.code,
                "choice": choice.code,
                "label": choice.label,
                "position": position,
                "exclusive": _boolean(choice.exclusive),
                "other": _boolean(choice.other),
                "added": _boolean(choice.added),
            }


def asked_of(structure: Structure, condition: Condition | None) -> str:
    """« Posée à qui a répondu « Oui » à « Pratiquez-vous la médiation à distance ? ». »"""
    if condition is None:
        return EVERYBODY
    parent = structure.questions[condition.question]
    labels = [quoted(parent.choices_by_code[code].label) for code in condition.choices]
    if condition.any_of:
        return f"Posée à qui a répondu {' ou '.join(labels)} à {quoted(parent.label)}."
    other = f"autre chose que {' ou '.join(labels)}"
    return f"Posée à qui a répondu {other} à {quoted(parent.label)}."


def _boolean(value: bool) -> str:
    return "true" if value else "false"
