"""Addresses of figures and reports."""

from django.urls import path, register_converter

from .views import figures, reports


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
    path("", figures.figures, name="figures"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:name>/", reports.report, name="report"),
    path("<figure:code>/", figures.figure, name="figure"),
    path("<figure:code>/places/", figures.places, name="places"),
    path("<figure:code>/freeze", figures.freeze, name="freeze"),
    path("<figure:code>/restate", figures.restate, name="restate"),
]
