from django.urls import include, path

from survey import paper, personal, views

app_name = "survey"

FILLING = [
    path("section/<slug:code>/", views.section, name="section"),
    path("bilan/", views.summary, name="summary"),
    path("terminer/", views.complete, name="complete"),
    path("merci/", views.thanks, name="thanks"),
    path("mes-droits/", personal.rights, name="rights"),
]
"""The pages of one person: their own, or under their number those of staff who enter for them."""

ENTRY = [
    *FILLING,
    path("", personal.go_on, name="go_on"),
    path("lien/", views.new_link, name="new_link"),
]

urlpatterns = [
    path("questionnaire/", views.introduction, name="introduction"),
    path("questionnaire/imprimer/", paper.page, name="paper"),
    path("questionnaire/questionnaire.pdf", paper.file, name="paper_pdf"),
    path("questionnaire/", include(FILLING)),
    path("questionnaire/saisie/<int:number>/", include((ENTRY, "entry"))),
    path("questionnaire/reprendre/", personal.resume, name="resume"),
    path("questionnaire/quitter/", personal.leave, name="leave"),
    path("questionnaire/retrait/", personal.withdraw, name="withdraw"),
    path("questionnaire/mes-reponses.json", personal.own_answers, name="own_answers"),
]
