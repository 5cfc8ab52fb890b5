from django.urls import path

from survey import paper, personal, views

app_name = "survey"
urlpatterns = [
    path("questionnaire/", views.introduction, name="introduction"),
    path("questionnaire/imprimer/", paper.page, name="paper"),
    path("questionnaire/questionnaire.pdf", paper.file, name="paper_pdf"),
    path("questionnaire/section/<slug:code>/", views.section, name="section"),
    path("questionnaire/bilan/", views.summary, name="summary"),
    path("questionnaire/terminer/", views.complete, name="complete"),
    path("questionnaire/merci/", views.thanks, name="thanks"),
    path("questionnaire/reprendre/", personal.resume, name="resume"),
    path("questionnaire/quitter/", personal.leave, name="leave"),
    path("questionnaire/mes-droits/", personal.rights, name="rights"),
    path("questionnaire/retrait/", personal.withdraw, name="withdraw"),
    path("questionnaire/mes-reponses.json", personal.own_answers, name="own_answers"),
]
