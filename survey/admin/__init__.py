"""Django admin: who answered, the texts to read, the questionnaire's wording, the decisions."""

from django.contrib import admin

from survey.admin.decisions import DecisionAdmin
from survey.admin.events import EventAdmin
from survey.admin.imports import ImportAdmin
from survey.admin.questionnaire import QuestionAdmin, QuestionnaireAdmin, SectionAdmin
from survey.admin.respondents import RespondentAdmin
from survey.admin.texts import TextAdmin

admin.site.site_header = admin.site.site_title = "Conumm"
admin.site.index_title = "Administration"

__all__ = [
    "DecisionAdmin",
    "EventAdmin",
    "ImportAdmin",
    "QuestionAdmin",
    "QuestionnaireAdmin",
    "RespondentAdmin",
    "SectionAdmin",
    "TextAdmin",
]
