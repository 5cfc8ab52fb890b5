from typing import Any

from django.apps import AppConfig
from django.core import checks


class AnalysisConfig(AppConfig):
    name = "analysis"
    verbose_name = "Rapport"

    def ready(self) -> None:
        checks.register(measures_are_presented)
        checks.register(report_is_sound)


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
    return [checks.Error(problem, id="analysis.E001") for problem in problems]


def report_is_sound(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a report file that does not fit the questionnaire's file."""
    from pathlib import Path

    from django.conf import settings

    import survey
    from analysis import checking, declarations
    from survey.questionnaire import QuestionnaireError, read

    code = settings.QUESTIONNAIRE
    file = Path(survey.__file__).parent / "questionnaires" / f"{code}.yaml"
    try:
        checking.check(declarations.read(code), read(file))
    except (declarations.ReportError, QuestionnaireError) as error:
        return [checks.Error(str(error), id="analysis.E002")]
    return []
