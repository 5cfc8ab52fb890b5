"""One file from its bytes to the database, or to what keeps it from there."""

from dataclasses import dataclass, replace

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from survey import dates
from survey.french import listed
from survey.importing import exported, files, mapping, placing, planning, telling, writing
from survey.importing.findings import Findings
from survey.importing.placing import Placed
from survey.importing.planning import Plan
from survey.models import Import, Questionnaire, Respondent
from survey.moderation import User


@dataclass(frozen=True)
class Trial:
    """What an import would do, or did: `done` is there once it is done.

    `told`: what changes, in words, a line each.
    """

    plan: Plan
    findings: Findings
    refused: int
    told: tuple[str, ...] = ()
    done: Import | None = None

    @property
    def is_possible(self) -> bool:
        return not self.findings.problems

    @property
    def changes_nothing(self) -> bool:
        """Whether all that it says is there already."""
        return self.is_possible and self.plan.is_empty and self.plan.unchanged > 0

    @property
    def summary(self) -> str:
        told = [
            telling.count(number, one, many)
            for number, one, many in (
                (len(self.plan.new), "réponse nouvelle", "réponses nouvelles"),
                (len(self.plan.changes), "réponse modifiée", "réponses modifiées"),
                (self.plan.unchanged, "réponse inchangée", "réponses inchangées"),
                (self.refused, "laissée de côté faute d’accord", "laissées de côté faute d’accord"),
            )
            if number
        ]
        if not told:
            return "Aucune réponse."
        return f"{listed(told)}."


def undoing(last: Import) -> str:
    """What undoing this import takes back, in words."""
    there = Respondent.objects.filter(questionnaire=last.questionnaire)
    created = len(set(last.numbers).intersection(there.values_list("number", flat=True)))
    erased = telling.count(created, "répondant effacé", "répondants effacés")
    restored = telling.count(last.replaced.count(), "remis comme avant", "remis comme avant")
    people = f"Import de {last.file} ({dates.day(last.at)})\u00a0: {erased}, {restored}."
    return " ".join(filter(None, [people, telling.lost(last)]))


def take_back(last: Import, *, by: User | None = None) -> str:
    """Undo the last import, and return what was taken back, in words; raise NothingToUndo."""
    with transaction.atomic():
        told = undoing(last)
        writing.undo(last, by=by)
        _log(last, CHANGE, f"Annulé. {told}", by)
    return told


def try_out(
    questionnaire: Questionnaire,
    content: bytes,
    correspondence: str = "",
    *,
    by: User | None = None,
) -> Trial:
    """The dry run: what would be imported, and all that has no place; nothing is written.

    What was exported here, CSV or JSON, needs no mapping. Raises FileError, MappingError.
    """
    placed, findings = _placed(questionnaire, content, correspondence, by)
    return _trial(questionnaire, placed, findings)


def _trial(questionnaire: Questionnaire, placed: Placed, findings: Findings) -> Trial:
    planned = planning.plan(questionnaire, placed, findings)
    told = tuple(telling.told(planned, questionnaire))
    return Trial(planned, findings, len(placed.refused), told)


def _placed(
    questionnaire: Questionnaire, content: bytes, correspondence: str, by: User | None
) -> tuple[Placed, Findings]:
    """What the file alone says, with nothing of who is there."""
    findings = Findings()
    structure = questionnaire.structure
    if exported.is_one(content):
        placed = exported.place(content, structure, findings)
    else:
        offered = structure.as_offered
        said = mapping.read(correspondence, offered)
        placed = placing.place(files.read(content), said, offered, findings)
    if by is None and any(response.holds_decisions for response in placed.responses):
        findings.refuse("ce fichier contient des décisions\u00a0: dites qui les reprend (--by).")
    return placed, findings


def bring_in(
    questionnaire: Questionnaire,
    content: bytes,
    correspondence: str = "",
    *,
    name: str,
    by: User | None = None,
) -> Trial:
    """Import the whole file, or nothing if there is a problem. Raises FileError, MappingError.

    The file is read before anything is locked: SQLite locks everybody else out.
    """
    questionnaire = Questionnaire.objects.get(pk=questionnaire.pk)
    placed, findings = _placed(questionnaire, content, correspondence, by)
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if locked.structure_revision != questionnaire.structure_revision:
            placed, findings = _placed(locked, content, correspondence, by)
        trial = _trial(locked, placed, findings)
        if not trial.is_possible or trial.plan.is_empty:
            return trial
        done = writing.write(locked, trial.plan, file=name, by=by)
        _log(done, ADDITION, trial.summary, by)
    return replace(trial, done=done)


def _log(done: Import, flag: int, message: str, by: User | None) -> None:
    """A line of the admin's log; of a command that says not by whom, the import itself is one."""
    if by is not None:
        LogEntry.objects.create(
            user_id=by.pk,
            content_type=ContentType.objects.get_for_model(Import),
            object_id=done.pk,
            object_repr=f"Import {done.file}"[:200],
            action_flag=flag,
            change_message=message,
        )
