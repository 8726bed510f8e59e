"""Addresses of figures and reports."""

from django.urls import path, register_converter

from .views import figures, reports, templates


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
    path("reports/templates/", templates.templates, name="templates"),
    path("reports/templates/new", templates.add, name="add_template"),
    path("reports/templates/<uuid:key>", templates.fill, name="fill_template"),
    path("reports/templates/<uuid:key>/file", templates.download, name="template_file"),
    path("reports/templates/<uuid:key>/replace", templates.replace, name="replace_template"),
    path("reports/templates/<uuid:key>/retire", templates.retire, name="retire_template"),
    path("reports/<slug:name>/", reports.report, name="report"),
    path("<figure:code>/", figures.figure, name="figure"),
    path("<figure:code>/places/", figures.places, name="places"),
    path("<figure:code>/export", figures.export, name="export"),
    path("<figure:code>/freeze", figures.freeze, name="freeze"),
    path("<figure:code>/restate", figures.restate, name="restate"),
]
