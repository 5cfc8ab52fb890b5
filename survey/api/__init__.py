"""The survey's side of the API: the questionnaire, and a respondent's own answers."""
