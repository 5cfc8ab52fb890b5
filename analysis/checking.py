"""What a report file asks for must exist: every error names file, block and key."""

from collections.abc import Mapping
from dataclasses import fields

from analysis import declarations, structures, textgroups
from analysis.declarations import REPORTS, BlockSpec, Declaration, FilterSpec, ReportError
from analysis.figures import OF_GROUPS, ONE_CHOICE
from analysis.participation import PARTICIPATION
from analysis.templates import asked_of, places_of_groups, problems
from analysis.wording import Noun
from survey.publication import measure_of
from survey.questionnaire import QuestionSpec, Structure

# Labels may change while the report is read, codes never.
BESIDE_A_SCALE = frozenset({"ne_sait_pas", "ne_se_prononce_pas", "nsp", "sans_avis"})
"""Codes of « Je ne sais pas », which would stand as an end of a scale that leans to it."""
NARROWEST = 0.001
"""Of the classes of a number: edges are rounded, and a narrower one would be none."""


def check(declaration: Declaration, structure: Structure) -> None:
    """Raise ReportError for what names a question, choice or figure that does not exist."""
    for code, block in declaration.blocks.items():
        place = f'{declaration.file}, block "{code}"'
        question = structure.questions.get(code)
        if code == PARTICIPATION:
            found = _participation_problems(block)
        elif question is None:
            raise ReportError(f"{place}: no question has this code.")
        else:
            found = _problems(declaration, block, question, structure)
        for key, problem in found:
            raise ReportError(f'{place}: key "{key}" {problem}.')
    for code, spec in declaration.filters.items():
        found = _filter_problems(code, spec, structure)
        for key, problem in found or _overlaps(code, declaration.filters, structure):
            raise ReportError(f'{declaration.file}, filter "{code}": key "{key}" {problem}.')
    for code, nouns in declaration.choices.items():
        for problem in _noun_problems(structure.questions.get(code), nouns):
            raise ReportError(f'{declaration.file}, key "choices", "{code}": {problem}.')


def _noun_problems(question: QuestionSpec | None, nouns: Mapping[str, Noun]) -> list[str]:
    if question is None:
        return ["no question has this code"]
    if not question.choices:
        return ["this question has no choices"]
    known = ", ".join(question.choice_codes)
    unknown = [choice for choice in nouns if choice not in question.choice_codes]
    return [f'"{choice}" is not a choice; write one of {known}' for choice in unknown]


def _participation_problems(block: BlockSpec) -> list[tuple[str, str]]:
    found = [("sentence", problem) for problem in problems(block.sentence, PARTICIPATION, ())]
    plain = BlockSpec(sentence=block.sentence)
    others = [f.name for f in fields(BlockSpec) if getattr(block, f.name) != getattr(plain, f.name)]
    return found + [(key, 'goes with a question; write "sentence" alone') for key in others]


def _filter_problems(code: str, spec: FilterSpec, structure: Structure) -> list[tuple[str, str]]:
    name = spec.question or code
    if _measure(structure, name) not in ONE_CHOICE:
        return [("question", f'names "{name}", which is not a question with one choice')]
    if spec.file and not (REPORTS / f"{spec.file}.yaml").exists():
        return [("file", f'names "{spec.file}", which is not a file of groups')]
    if spec.file and spec.groups:
        return [("file", 'stands beside "groups"; keep one of the two')]
    known = structure.questions[name].choice_codes
    key, groups = "groups", [group.choices for group in spec.groups.values()]
    if spec.file:
        key, groups = "file", declarations.groups(spec.file).values()
    listed = [choice for choices in groups for choice in choices]
    found = [(key, f'names "{c}", which is no choice') for c in listed if c not in known]
    doubled = {choice for choice in listed if listed.count(choice) > 1}
    return found + [(key, f'names "{choice}" twice') for choice in sorted(doubled)]


def _overlaps(
    code: str, filters: Mapping[str, FilterSpec], structure: Structure
) -> list[tuple[str, str]]:
    """Other filters whose groups hold this one's: what they leave out would tell of a few."""
    question = filters[code].question or code
    above = [question, *_asked_after(question, structure)]
    others = {name: spec.question or name for name, spec in filters.items() if name != code}
    return [
        ("question", f'names "{question}", whose answers the filter "{name}" has within its own')
        for name, other in others.items()
        if other in above
    ]


def _asked_after(code: str, structure: Structure) -> list[str]:
    """The questions on whose answers it hangs whether this one is asked."""
    found = []
    while (condition := structure.questions[code].condition) is not None:
        code = condition.question
        found.append(code)
    return found


def _problems(
    declaration: Declaration, block: BlockSpec, question: QuestionSpec, structure: Structure
) -> list[tuple[str, str]]:
    measure = measure_of(question)
    found = _by_problems(block, question, structure) if block.by or block.about else []
    found += [("sentence", p) for p in problems(block.sentence, measure, question.choice_codes)]
    found += _sentence_problems(declaration, block, structure)
    unknown = [c for c in block.says if not set(c.split("+")) <= set(question.choice_codes)]
    found += [("says", f'names "{choice}", which is not a choice') for choice in unknown]
    if block.of and block.of not in declaration.nouns:
        found.append(("of", f'names "{block.of}", which is not one of the nouns'))
    found += _groups_problems(block, question)
    if block.map:
        found += _map_problems(block.map, question)
    if block.chart:
        found += [("chart", problem) for problem in _chart_problems(block.chart, question)]
    if block.class_width is not None:
        found += _width_problems(block.class_width, measure)
    if block.group_by:
        found += [("group_by", p) for p in textgroups.problems(block.group_by, question, structure)]
    titles = [table.title for table in block.tables]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    found += [("tables", f'has the title "{title}" twice; give each its own') for title in twice]
    grouping = {each.group_by for each in declaration.blocks.values()}
    for table in block.tables:
        wrong = structures.problems(table, structure, grouping)
        found += [("tables", f'of "{table.title}": {problem}') for problem in wrong]
    return found


def _chart_problems(chart: str, question: QuestionSpec) -> list[str]:
    if chart != "diverging":
        return [f'is "{chart}"; write "diverging" or leave it out']
    if measure_of(question) != "ordinal":
        return ["is for a scale: a question with one choice, ordered"]
    aside = [c.code for c in question.choices if c.other or c.code in BESIDE_A_SCALE]
    return [f'is for a scale, and "{code}" is no step of one; leave it out' for code in aside]


def _groups_problems(block: BlockSpec, question: QuestionSpec) -> list[tuple[str, str]]:
    asked = asked_of(block.sentence) & OF_GROUPS
    if not block.groups and block.groups_title != BlockSpec.groups_title:
        return [("groups_title", 'has no use without the key "groups"')]
    if not block.groups:
        return [("sentence", f'asks for "{name}" without "groups"') for name in sorted(asked)]
    if not (REPORTS / f"{block.groups}.yaml").exists():
        return [("groups", f'names "{block.groups}", which is not a file of groups')]
    together = declarations.groups(block.groups)
    found = [
        ("groups", f'puts "{choice}" in "{label}", which is no choice')
        for label, choices in together.items()
        for choice in choices
        if choice not in question.choice_codes
    ]
    found += [
        ("sentence", f"asks for group {place}; write a place up to {len(together)}")
        for place in places_of_groups(block.sentence)
        if place > len(together)
    ]
    unsaid = [label for label, words in declarations.within(block.groups).items() if not words]
    if "places" in asked:
        found += [("sentence", f'wants "within" of "{label}"') for label in unsaid]
    return found


def _map_problems(name: str, question: QuestionSpec) -> list[tuple[str, str]]:
    if measure_of(question) not in ONE_CHOICE:
        return [("map", "stands at a question that does not take one choice")]
    if not (REPORTS / f"{name}.json").exists():
        return [("map", f'names "{name}", which is not a file of places')]
    codes = sorted(declarations.geography(name).codes - set(question.choice_codes))
    return [("map", f'draws "{code}", which is no choice') for code in codes]


def _sentence_problems(
    declaration: Declaration, block: BlockSpec, structure: Structure
) -> list[tuple[str, str]]:
    """Figures of a crossing that the block does not have, or of groups without a noun."""
    if not asked_of(block.sentence) & {"groups", "by"}:
        return []
    if block.by not in structure.questions:
        return [("sentence", 'asks for groups of answers, which needs the key "by"')]
    named = declaration.choices.get(block.by, {})
    offered = [choice.code for choice in structure.questions[block.by].offered]
    unnamed = [code for code in offered if code not in named]
    wants = [f'wants a noun for "{c}" of "{block.by}" under "choices"' for c in unnamed]
    return [("sentence", want) for want in wants]


def _by_problems(
    block: BlockSpec, question: QuestionSpec, structure: Structure
) -> list[tuple[str, str]]:
    if not block.by:
        return [("about", 'has no use without the key "by"')]
    if block.by == question.code or _measure(structure, block.by) not in ONE_CHOICE:
        return [("by", f'names "{block.by}", which is not another question with one choice')]
    if measure_of(question) not in ONE_CHOICE:
        return [("by", "is for questions with one choice")]
    if block.about and block.about not in question.choice_codes:
        return [("about", f'names "{block.about}", which is not a choice')]
    return []


def _width_problems(width: float, measure: str) -> list[tuple[str, str]]:
    if measure != "numeric":
        return [("class_width", "is for numbers")]
    if width < NARROWEST:
        return [("class_width", f"is {width!r}; write a number from {NARROWEST} up")]
    return []


def _measure(structure: Structure, code: str) -> str | None:
    question = structure.questions.get(code)
    return question and measure_of(question)
