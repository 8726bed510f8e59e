"""What a person says in the wizard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.directory.queries import named_organization
from lianjian.foundation.actor import Actor

from . import specs
from .models import Import, ImportSheet, ReviewItem
from .reading import limits

ACCEPT = ".xlsx,.csv"


class UploadForm(forms.Form):
    """A workbook, and where it goes if the person may write to several places."""

    file = forms.FileField(
        label=_("表格文件"),
        widget=forms.FileInput(attrs={"accept": ACCEPT, "data-max": limits.FILE_BYTES}),
        help_text=_("xlsx 或 csv，不超过 25 MB、20 万行。老式 xls、带宏或加密的文件请先另存为 xlsx。"),
    )
    year = forms.IntegerField(
        label=_("年份"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("表里的日期没有写年份、标题也没有写时才用。"),
    )
    place = forms.TypedChoiceField(label=_("导入到"), coerce=int)

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = places[0][0]
            self.fields["place"].required = False

    def clean_place(self) -> int:
        """The only place needs no word."""
        choices = self.fields["place"].choices  # type: ignore[attr-defined]
        return int(self.cleaned_data["place"] or choices[0][0])


class MatchForm(forms.Form):
    """For each table its kind, and for each column of a known kind its field."""

    year = forms.IntegerField(label=_("年份"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, imported: Import, sheets: Sequence[ImportSheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        self.fields["year"].initial = imported.year
        kinds = [
            ("", gettext("原样保存")),
            *((k.code, specs.kind_title(k.code)) for k in specs.kinds_in_order()),
        ]
        fields = {
            kind: [(code, specs.field_title(kind, code)) for code in specs.kind_fields(kind)]
            for kind in {sheet.kind for sheet in sheets if sheet.kind}
        }
        for sheet in sheets:
            self.fields[f"kind-{sheet.number}"] = _choice(
                gettext("表“%(name)s”的种类") % {"name": sheet.name}, kinds, sheet.kind
            )
            for column in sheet.columns if sheet.kind else ():
                label = gettext("%(letter)s 列“%(label)s”读作") % {
                    "letter": column["letter"],
                    "label": column["label"],
                }
                unread = gettext("不读，也不保存") if column.get("unkept") else gettext("不读，原样保存")
                self.fields[f"column-{sheet.number}-{column['index']}"] = _choice(
                    label, [("", unread), *fields[sheet.kind]], column["field"]
                )

    def choices(self) -> dict[int, dict[str, Any]]:
        """What was chosen, by table."""
        data = self.cleaned_data
        return {
            sheet.number: {
                "kind": data[f"kind-{sheet.number}"],
                "columns": {
                    column["index"]: data[f"column-{sheet.number}-{column['index']}"]
                    for column in (sheet.columns if sheet.kind else ())
                },
            }
            for sheet in self.sheets
        }


def _choice(label: str, choices: Sequence[tuple[str, str]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        required=False,
        widget=forms.Select(attrs={"aria-label": label}),
    )


class CommitForm(forms.Form):
    """All rows or the good ones."""

    mode = forms.ChoiceField(choices=Import.Mode.choices)


class WordForm(forms.Form):
    """What a word in a column of choices means."""

    sheet = forms.IntegerField(min_value=0)
    field = forms.CharField(max_length=40)
    word = forms.CharField(max_length=200)
    target = forms.CharField(max_length=40)


NONE, ANOTHER = "none", "another"


class DecideForm(forms.Form):
    """Which registered organization a name means."""

    choice = forms.ChoiceField(label=_("是哪一家"), widget=forms.RadioSelect)
    organization = forms.CharField(
        label=_("另选一家"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, item: ReviewItem, lookup: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        shown = [(str(candidate["id"]), candidate["name"]) for candidate in item.candidates]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *shown,
            (ANOTHER, gettext("另选一家")),
            (NONE, gettext("都不是，按原文保存")),
        ]
        self.fields["organization"].widget.attrs["data-src"] = lookup

    def decided(self) -> Organization | None:
        """The organization; None when it is none of them. Adds an error where another one was not found."""
        choice = self.cleaned_data["choice"]
        if choice == NONE:
            return None
        if choice != ANOTHER:
            return Organization.objects.filter(pk=int(choice)).first()
        found = named_organization(self.actor, self.cleaned_data.get("organization", ""))
        if found is None:
            self.add_error("organization", gettext("没有找到这个机构，请从列出的名称中选择。"))
        return found
