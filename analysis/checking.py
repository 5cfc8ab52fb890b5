"""What a report file asks for must exist: every error names file, block and key."""

from analysis import declarations, structures, textgroups
from analysis.declarations import REPORTS, BlockSpec, Declaration, FilterSpec, ReportError
from analysis.templates import OF_GROUPS, asked_of, problems
from survey.publication import measure_of
from survey.questionnaire import QuestionSpec, Structure


def check(declaration: Declaration, structure: Structure) -> None:
    """Raise ReportError for what names a question, choice or figure that does not exist."""
    for code, block in declaration.blocks.items():
        place = f'{declaration.file}, block "{code}"'
        question = structure.questions.get(code)
        if question is None:
            raise ReportError(f"{place}: no question has this code.")
        for key, problem in _problems(declaration, block, question, structure):
            raise ReportError(f'{place}: key "{key}" {problem}.')
    for code, spec in declaration.filters.items():
        for key, problem in _filter_problems(code, spec, structure):
            raise ReportError(f'{declaration.file}, filter "{code}": key "{key}" {problem}.')


def _filter_problems(code: str, spec: FilterSpec, structure: Structure) -> list[tuple[str, str]]:
    name = spec.question or code
    if _measure(structure, name) not in ("nominal", "ordinal"):
        return [("question", f'names "{name}", which is not a question with one choice')]
    if spec.file and not (REPORTS / f"{spec.file}.yaml").exists():
        return [("file", f'names "{spec.file}", which is not a file of groups')]
    known = structure.questions[name].choice_codes
    listed = [choice for group in spec.groups.values() for choice in group.choices]
    found = [("groups", f'names "{c}", which is no choice') for c in listed if c not in known]
    doubled = {choice for choice in listed if listed.count(choice) > 1}
    return found + [("groups", f'names "{choice}" twice') for choice in sorted(doubled)]


def _problems(
    declaration: Declaration, block: BlockSpec, question: QuestionSpec, structure: Structure
) -> list[tuple[str, str]]:
    measure = measure_of(question)
    found = [("sentence", p) for p in problems(block.sentence, measure, question.choice_codes)]
    if block.of and block.of not in declaration.nouns:
        found.append(("of", f'names "{block.of}", which is not one of the nouns'))
    found += _groups_problems(block, question)
    if block.map:
        found += _map_problems(block.map, question)
    if block.by:
        found += _by_problems(declaration, block.by, structure)
    if block.chart not in ("", "diverging"):
        found.append(("chart", f'is "{block.chart}"; write "diverging" or leave it out'))
    if block.group_by:
        found += [("group_by", p) for p in textgroups.problems(block.group_by, question, structure)]
    grouping = {each.group_by for each in declaration.blocks.values()}
    for table in block.tables:
        wrong = structures.problems(table, structure, grouping)
        found += [("tables", f'of "{table.title}": {problem}') for problem in wrong]
    return found


def _groups_problems(block: BlockSpec, question: QuestionSpec) -> list[tuple[str, str]]:
    asked = asked_of(block.sentence) & OF_GROUPS
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
    unsaid = [label for label, words in declarations.within(block.groups).items() if not words]
    if "places" in asked:
        found += [("sentence", f'wants "within" of "{label}"') for label in unsaid]
    return found


def _map_problems(name: str, question: QuestionSpec) -> list[tuple[str, str]]:
    if measure_of(question) not in ("nominal", "ordinal"):
        return [("map", "stands at a question that does not take one choice")]
    if not (REPORTS / f"{name}.json").exists():
        return [("map", f'names "{name}", which is not a file of places')]
    codes = sorted(declarations.geography(name).codes - set(question.choice_codes))
    return [("map", f'draws "{code}", which is no choice') for code in codes]


def _by_problems(declaration: Declaration, by: str, structure: Structure) -> list[tuple[str, str]]:
    if _measure(structure, by) not in ("nominal", "ordinal"):
        return [("by", f'names "{by}", which is not a question with one choice')]
    named = declaration.choices.get(by, {})
    unnamed = [code for code in structure.questions[by].choice_codes if code not in named]
    return [("by", f'wants a noun for "{code}" of "{by}" under "choices"') for code in unnamed]


def _measure(structure: Structure, code: str) -> str | None:
    question = structure.questions.get(code)
    return question and measure_of(question)
