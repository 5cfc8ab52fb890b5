"""What of the answers may be public: said once, for whoever publishes."""

from django.db.models import Q
from django.db.models.functions import Coalesce

from survey.models import Answer, Respondent
from survey.questionnaire import NAME_STRUCTURE, PUBLISH_TEXTS

PUBLIC = Q(verdict__in=Answer.PUBLIC_VERDICTS)
COUNTED = Q(respondent__verdict=Respondent.Verdict.COUNTED)
MAY_BE_READ = (
    PUBLIC & Q(question__consent=PUBLISH_TEXTS, respondent__agreed_to_publish=True) & ~Q(text="")
)
NAMES_STRUCTURE = Q(
    question__consent=NAME_STRUCTURE, respondent__agreed_to_name_structure=True
) & ~Q(text="")

COUNTED_CHOICE = Coalesce("coded_as", "choice")
"""The choice that figures count: the one that a precision was coded as, else the person's own."""
COUNTED_CODE = Coalesce("coded_as__code", "choice__code")


def public_words(verdict: str, text: str, public_text: str) -> str:
    """Of a text that may be read, what may be read of it."""
    return public_text if verdict == Answer.Verdict.REDACTED else text
