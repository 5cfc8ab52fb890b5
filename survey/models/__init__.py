"""What is stored: the questionnaire, its respondents, their answers, the decisions on them."""

from survey.models.events import Event
from survey.models.importing import Import, Replaced
from survey.models.moderation import Decision, TextQuerySet, TextToRead
from survey.models.questionnaire import Choice, Question, Questionnaire, Section
from survey.models.respondent import Answer, Erasure, Respondent

__all__ = [
    "Answer",
    "Choice",
    "Decision",
    "Erasure",
    "Event",
    "Import",
    "Question",
    "Questionnaire",
    "Replaced",
    "Respondent",
    "Section",
    "TextQuerySet",
    "TextToRead",
]
