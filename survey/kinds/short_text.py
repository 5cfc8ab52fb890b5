from survey.kinds.long_text import LongText
from survey.questionnaire import QuestionSpec
from survey.widgets import ShortText as ShortTextWidget


class ShortText(LongText):
    """A text on one line."""

    code = "short_text"
    name = "texte court"
    seconds = 10

    def widget(self, question: QuestionSpec) -> ShortTextWidget:
        return ShortTextWidget(question)
