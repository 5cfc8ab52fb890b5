"""Bring a questionnaire file into the database, keeping what editors changed since.

Every row remembers the values that the file last gave it (`source`). A value that the file
changes wins; one that the file leaves as it was stays as editors made it.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from survey import losses
from survey.kinds import kind_of
from survey.models import Answer, Choice, Question, Questionnaire, Section
from survey.questionnaire import QuestionnaireError, QuestionSpec, SectionSpec, Structure

QUESTION_FIELDS = (
    *("kind", "title", "label", "help", "ordered", "consent"),
    *("unit", "unit_one", "item", "minimum", "maximum"),
)


def load(structure: Structure, file: str) -> list[str]:
    """Make the database ask this questionnaire; return what changed, a line each.

    Raises QuestionnaireError, having changed nothing, where the meaning of answers already given
    would be lost.
    """
    with transaction.atomic():
        return _Loading(structure, file).run()


@dataclass
class _Loading:
    structure: Structure
    file: str
    changes: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        self.questionnaire, _ = Questionnaire.objects.get_or_create(code=self.structure.code)
        Questionnaire.objects.select_for_update().get(pk=self.questionnaire.pk)
        self._refuse_losses()
        values = {
            "title": self.structure.title,
            "introduction": self.structure.introduction,
            "guiding_questions": list(self.structure.guiding_questions),
        }
        self._put(self.questionnaire, values, "questionnaire")
        self._sections()
        self._drop_the_rest()
        if self.changes:
            self.questionnaire.restructured()
        return self.changes

    def _sections(self) -> None:
        known = {section.code: section for section in self.questionnaire.sections.all()}
        for position, spec in enumerate(self.structure.sections):
            section = known.get(spec.code) or Section(
                questionnaire=self.questionnaire, code=spec.code
            )
            values = {"title": spec.title, "introduction": spec.introduction, "position": position}
            self._put(section, values, f"partie {spec.code}")
            self._questions(section, spec)

    def _questions(self, section: Section, spec: SectionSpec) -> None:
        known = {question.code: question for question in self._stored_questions()}
        for position, question_spec in enumerate(spec.questions):
            question = known.get(question_spec.code) or Question(
                questionnaire=self.questionnaire, code=question_spec.code
            )
            question.section = section
            is_new = question.pk is None
            values = _question_values(question_spec) | {
                "section": section.code,
                "position": position,
            }
            self._put(question, values, f"question {question.code}")
            told = len(self.changes)
            self._choices(question, question_spec)
            if is_new:
                del self.changes[told:]  # A new question is told in one line.

    def _choices(self, question: Question, spec: QuestionSpec) -> None:
        known = {choice.code: choice for choice in question.choices.all()}
        for position, choice_spec in enumerate(spec.choices):
            choice = known.get(choice_spec.code) or Choice(question=question, code=choice_spec.code)
            choice.added = False
            values = {
                "label": choice_spec.label,
                "exclusive": choice_spec.exclusive,
                "other": choice_spec.other,
                "position": position,
            }
            self._put(choice, values, f"question {question.code}, choix {choice.code}")

    def _put(self, row: models.Model, values: dict[str, Any], place: str) -> None:
        """Store what the file changed of these values since it was last loaded."""
        new = row.pk is None
        changed = {name: v for name, v in values.items() if row.source.get(name, ...) != v}
        if not changed:
            return
        self._refuse_too_long(row, {"code": row.code} | changed, place)
        for name in changed.keys() - {"section"}:
            setattr(row, name, values[name])
        row.source = values
        row.save()
        self.changes.append(f"{place} : {'ajouté' if new else ', '.join(changed)}")

    def _refuse_too_long(self, row: models.Model, values: dict[str, Any], place: str) -> None:
        columns = {field.name: field for field in row._meta.get_fields()}
        for name, value in values.items():
            most = getattr(columns.get(name), "max_length", None)
            if most and isinstance(value, str) and len(value) > most:
                problem = f"is {len(value)} characters long; {most} at most"
                raise QuestionnaireError(f'{self.file}, {place}: key "{name}" {problem}.')

    def _stored_questions(self) -> models.QuerySet[Question]:
        return Question.objects.filter(questionnaire=self.questionnaire)

    def _refuse_losses(self) -> None:
        answered = Answer.objects.filter(question__questionnaire=self.questionnaire)
        kinds = set(answered.values_list("question__code", "question__kind").distinct())
        for code, kind in sorted(kinds):
            self._refuse_question_loss(code, kind)
        self._refuse_choice_loss(answered.exclude(choice=None), "choice", "people have chosen")
        coded = answered.filter(coded_as__added=False)
        self._refuse_choice_loss(coded, "coded_as", "moderators count precisions with")
        for code, spec in self.structure.questions.items():
            for key, problem in losses.of_question(self.questionnaire, spec):
                self._refuse(code, key, problem)

    def _refuse_choice_loss(self, answers: models.QuerySet[Answer], column: str, why: str) -> None:
        found = answers.values_list("question__code", f"{column}__code")
        for question, choice in sorted(set(found.distinct())):
            if choice not in self.structure.questions[question].choice_codes:
                self._refuse(question, "choices", f'removes "{choice}", which {why}')

    def _refuse_question_loss(self, code: str, kind: str) -> None:
        spec = self.structure.questions.get(code)
        if spec is None:
            self._refuse(code, "code", "is gone from the file, but the question has answers")
        elif spec.kind != kind and kind_of(spec).shape != self._shape_of(code):
            self._refuse(code, "kind", f'becomes "{spec.kind}", but answers were given to "{kind}"')

    def _shape_of(self, code: str) -> str:
        stored = self._stored_questions().get(code=code)
        return kind_of(stored.spec).shape

    def _refuse(self, question: str, key: str, problem: str) -> None:
        raise QuestionnaireError(f'{self.file}, question "{question}": key "{key}" {problem}.')

    def _drop_the_rest(self) -> None:
        """Remove what the file no longer has; nothing of it was answered."""
        for code, question in {q.code: q for q in self._stored_questions()}.items():
            spec = self.structure.questions.get(code)
            if spec is None:
                self._drop(question, f"question {code}")
                continue
            # Those that moderators added are in no file.
            unknown = question.choices.filter(added=False).exclude(code__in=spec.choice_codes)
            for choice in unknown:
                self._drop(choice, f"question {code}, choix {choice.code}")
        sections = self.questionnaire.sections.exclude(
            code__in=[section.code for section in self.structure.sections]
        )
        for section in sections:
            self._drop(section, f"partie {section.code}")

    def _drop(self, row: models.Model, place: str) -> None:
        row.delete()
        self.changes.append(f"{place} : retiré")


def _question_values(spec: QuestionSpec) -> dict[str, Any]:
    values = {name: getattr(spec, name) for name in QUESTION_FIELDS}
    return values | {"condition": spec.condition.rule if spec.condition else None}
