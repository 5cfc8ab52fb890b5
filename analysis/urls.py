from django.urls import include, path

from analysis import feeds, newspages, views

app_name = "analysis"

# Of the report of now, and of each edition.
report_urls = [
    path("", views.results, name="results"),
    path("textes/<str:code>/", views.texts, name="texts"),
    path("textes/<str:code>/<int:number>/", views.text, name="text"),
    path("graphiques/<str:name>.<str:extension>", views.chart, name="chart"),
    path("rapport.csv", views.figures, name="figures"),
    path("rapport.zip", views.package, name="package"),
    path("rapport.pdf", views.printed, name="printed"),
    path("integrer/<str:code>/", views.embedded, name="embedded"),
    path("tableaux/<str:code>.csv", views.table, name="table"),
    path("tableaux/<str:code>/<int:place>.csv", views.detail_table, name="detail_table"),
    path("tableaux/<str:code>/<int:place>/", views.structures, name="structures"),
]
urlpatterns = [
    path("resultats/", include(report_urls)),
    path("resultats/editions/", views.all_editions, name="editions"),
    path("resultats/editions.atom", feeds.editions, name="feed"),
    path("resultats/editions/<day:edition>/", include((report_urls, "edition"))),
    path("nouvelles/", newspages.ask, name="ask_for_news"),
    path("nouvelles/<uuid:key>/confirmer/", newspages.confirm, name="confirm_news"),
    path("nouvelles/<uuid:key>/quitter/", newspages.leave, name="leave_news"),
]
