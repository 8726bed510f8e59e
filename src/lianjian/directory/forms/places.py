"""Files of the map, the division table and the industry table."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..rules import DATUMS, features_of

MOST_SHAPE = 8 * 1024 * 1024
MOST_TABLE = 60 * 1024 * 1024


class ShapeForm(forms.Form):
    """A boundary as GeoJSON."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("文件里的区域没有名称时用它。"))
    file = forms.FileField(
        label=_("GeoJSON 文件"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json", "data-max": MOST_SHAPE}),
    )
    datum = forms.ChoiceField(
        label=_("坐标系"),
        choices=[(datum, datum) for datum in DATUMS],
        help_text=_("国内地图网站下载的多为 GCJ-02,会换算成 WGS-84 保存。"),
    )
    source = forms.CharField(label=_("来源"), max_length=200, required=False)

    def clean_file(self) -> list[tuple[str, dict[str, Any]]]:
        """The areas in the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_SHAPE:
            raise forms.ValidationError(gettext("文件不能超过8MB,请先简化边界。"))
        try:
            document = json.loads(file.read().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise forms.ValidationError(gettext("这不是 JSON 文件。")) from None
        found = features_of(document)
        if found is None:
            raise forms.ValidationError(gettext("文件里没有可用的区域边界(Polygon 或 MultiPolygon)。"))
        return found


class TableForm(forms.Form):
    """A public table as CSV, also packed by gzip."""

    file = forms.FileField(
        label=_("CSV 文件"), widget=forms.FileInput(attrs={"accept": ".csv,.gz", "data-max": MOST_TABLE})
    )

    def clean_file(self) -> Any:
        """The file, not larger than the largest of the public ones."""
        file = self.cleaned_data["file"]
        if file.size > MOST_TABLE:
            raise forms.ValidationError(gettext("文件过大。"))
        return file
