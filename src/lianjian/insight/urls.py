"""Addresses of figures and reports."""

from django.urls import path, register_converter

from . import report_views, views



class CodeConverter:
    """The code of a figure: `app.code`."""

    regex = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(CodeConverter, "figure")

app_name = "insight"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("reports/", report_views.reports, name="reports"),
    path("reports/<slug:name>/", report_views.report, name="report"),
    path("<figure:code>/", views.figure, name="figure"),
    path("<figure:code>/places/", views.places, name="places"),
    path("<figure:code>/freeze", views.freeze, name="freeze"),
    path("<figure:code>/restate", views.restate, name="restate"),
]
