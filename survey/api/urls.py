from django.urls import path

from survey.api import views

urlpatterns = [
    path("questionnaire/", views.QuestionnaireView.as_view(), name="questionnaire"),
    path("respondents/", views.StartView.as_view(), name="respondents"),
    path("respondents/me/", views.MeView.as_view(), name="me"),
    path("respondents/me/answers/", views.AnswersView.as_view(), name="answers"),
    path("respondents/me/complete/", views.CompletionView.as_view(), name="complete"),
    path("respondents/me/consents/", views.ConsentsView.as_view(), name="consents"),
]
