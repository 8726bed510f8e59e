"""What was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .checking import ACCEPT, MAX_SIZE

MOST_AT_ONCE = 20


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPT, "multiple": True, "data-max": MAX_SIZE})


class ManyFilesField(forms.FileField):
    """Every chosen file, as a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # type: ignore[override]
        """Each by itself; at most 20 at once."""
        chosen: Sequence[Any] = data if isinstance(data, list | tuple) and data else [data or None]
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(_("一次最多选 20 个文件。"))
        return [found for one in chosen if (found := super(ManyFilesField, self).clean(one, initial))]


class UploadForm(forms.Form):
    """The form below a record's files."""

    file = ManyFilesField(
        label=_("添加附件"),
        help_text=_("PDF、图片、docx、xlsx、pptx、OFD、txt、csv,每个不超过 20 MB;照片会自动去掉拍摄地点。"),
    )
