from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.core import checks

if TYPE_CHECKING:
    from survey.questionnaire import Structure


class AnalysisConfig(AppConfig):
    name = "analysis"
    verbose_name = "Rapport"

    def ready(self) -> None:
        from survey import questionnaire

        checks.register(measures_are_presented)
        checks.register(report_is_sound)
        questionnaire.READERS.append(refuse_unreported)


def measures_are_presented(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start where a kind has no measure's module, or a measure no presentation."""
    from pkgutil import iter_modules

    from analysis import measures, presentation
    from survey.publication import measures_of_kinds

    modules = {module.name for module in iter_modules(measures.__path__)} - {"crossing"}
    presented = set(presentation.PRESENTATIONS)
    problems = [
        (f'The kind "{kind}" names the measure "{measure}", which presentation.py does not have.')
        for kind, found in measures_of_kinds().items()
        for measure in found - presented
    ]
    problems += [
        f'The measure "{name}" has a module and no line in presentation.py, or the reverse.'
        for name in modules ^ presented
    ]
    problems += [
        f'The measure "{name}" has no function "{function}".'
        for name, shown in presentation.PRESENTATIONS.items()
        for function in ("encode", "summarise")
        if not hasattr(shown.measure, function)
    ]
    return [checks.Error(problem, id="analysis.E001") for problem in problems]


def report_is_sound(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a report file that does not fit the questionnaire's file."""
    from django.conf import settings

    from survey.questionnaire import QuestionnaireError, file_of, read

    try:
        refuse_unreported(read(file_of(settings.QUESTIONNAIRE)))
    except QuestionnaireError as error:
        return [checks.Error(str(error), id="analysis.E002")]
    return []


def refuse_unreported(structure: "Structure") -> None:
    """Refuse a questionnaire that its report file does not fit."""
    from analysis import checking, declarations
    from survey.questionnaire import QuestionnaireError

    try:
        checking.check(declarations.read(structure.code), structure)
    except declarations.ReportError as error:
        raise QuestionnaireError(str(error)) from error
