from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from conumm.api import UnknownAddress, api_urls
from conumm.health import healthz

handler400 = "conumm.problems.bad_request"
handler500 = "conumm.problems.server_error"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="analysis:results"), name="home"),
    path("", include("survey.urls")),
    path("", include("analysis.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include((api_urls, "api"))),
    re_path("^api/", UnknownAddress.as_view(), name="api-unknown"),
    path("healthz", healthz, name="healthz"),
    # Asked for by whoever reads no page: feed readers, API clients.
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("img/conumm.svg"))),
]
