from django.urls import path

from analysis import views

app_name = "analysis"
urlpatterns = [
    path("resultats/", views.results, name="results"),
    path("resultats/textes/<str:code>/", views.texts, name="texts"),
    path("resultats/textes/<str:code>/<int:number>/", views.text, name="text"),
    path("resultats/graphiques/<str:name>.<str:extension>", views.chart, name="chart"),
    path("resultats/tableaux/<str:code>.csv", views.table, name="table"),
    path("resultats/tableaux/<str:code>/<int:place>.csv", views.detail_table, name="detail_table"),
    path("resultats/tableaux/<str:code>/<int:place>/", views.structures, name="structures"),
]
