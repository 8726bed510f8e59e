"""Every address of the house."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from lianjian.foundation.doors import PUBLIC, door


@door(PUBLIC, methods=("GET",))
def healthz(request: HttpRequest) -> HttpResponse:
    """For supervisors and proxies: this process answers."""
    return HttpResponse("ok", content_type="text/plain")


# App by app: (address prefix, module). An app without addresses yet is left out.
ROOMS = [
    ("", "lianjian.workbench.urls"),
    ("", "lianjian.accounts.urls"),
    ("", "lianjian.portal.urls"),
    ("", "lianjian.foundation.urls"),
    ("directory/", "lianjian.directory.urls_grants"),
    ("directory/", "lianjian.directory.urls"),
    ("coverage/", "lianjian.coverage.urls"),
    ("cases/", "lianjian.cases.urls"),
    ("events/", "lianjian.events.urls"),
    ("alliances/", "lianjian.alliances.urls"),
    ("awards/", "lianjian.awards.urls"),
    ("points/", "lianjian.points.urls"),
    ("lists/", "lianjian.lists.urls"),
    ("members/", "lianjian.partylife.urls"),
    ("figures/", "lianjian.insight.urls"),
    ("sheets/", "lianjian.sheets.urls"),
    ("duties/", "lianjian.duties.urls"),
    ("inbox/", "lianjian.notices.urls"),
    ("documents/", "lianjian.notices.urls_documents"),
    ("journal/", "lianjian.journal.urls"),
    ("rules/", "lianjian.rulebook.urls"),
    ("files/", "lianjian.files.urls"),
    ("api/v1/", "lianjian.config.api_urls"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
for prefix, module in ROOMS:
    package = module.rpartition(".")[0]
    if package in settings.INSTALLED_APPS or package == "lianjian.config":
        if find_spec(module) is not None:
            urlpatterns.append(path(prefix, include(module)))

handler400 = "lianjian.foundation.pages.bad_request"
handler403 = "lianjian.foundation.pages.denied"
handler404 = "lianjian.foundation.pages.missing"
handler500 = "lianjian.foundation.pages.server_error"
