"""Form fields on Jinja2: which control a field needs, rendered with the classes and notes of the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup


def control_kind(bound: BoundField) -> str:
    """hidden, choices (many boxes), check (one box), file, select or text."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "select" if isinstance(widget, forms.Select) else "text"


_CLASSES = {
    "check": "form-check-input",
    "select": "form-select",
    "text": "form-control",
    "file": "form-control",
}


def control(bound: BoundField) -> Markup:
    """The control itself. Django adds `aria-describedby` and `aria-invalid` from hints and errors."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if css := _CLASSES.get(control_kind(bound)):
        wrong = " is-invalid" if bound.form.is_bound and bound.errors else ""
        attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), css + wrong]))
    if isinstance(widget, forms.DateInput) and not isinstance(widget, forms.DateTimeInput):
        widget.input_type = "date"  # an attribute would come second and be ignored
        widget.format = widget.format or "%Y-%m-%d"
    return Markup(bound.as_widget(attrs=attrs))  # noqa: S704 - Django's widgets escape what they print


def form_sections(form: forms.BaseForm, sections: Any = None) -> list[tuple[Any, list[BoundField]]]:
    """Visible fields by section; fields that no section names come last, so that none is lost."""
    if not sections:
        return [("", form.visible_fields())]
    named = [(title, [form[name] for name in names if name in form.fields]) for title, names in sections]
    seen = {bound.name for _title, fields in named for bound in fields}
    rest = [bound for bound in form.visible_fields() if bound.name not in seen]
    shown = [(title, [b for b in fields if not b.is_hidden]) for title, fields in named]
    return [(title, fields) for title, fields in [*shown, ("", rest)] if fields]
