"""Fields that the forms of the directory share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.codes import check_credit_code, check_industry, check_phone, check_resident_id

from ..models import Industry, Organization, Person, Team
from ..queries.lookups import named_organization
from ..queries.naming import named_person
from ..queries.teams import named_teams

LOOKUP = "/directory/lookup"
TEAM_LOOKUP = "/directory/teams/lookup"


class OrganizationField(forms.CharField):
    """An organization by choice, or by its name, short name, alias or code. Set `actor` before cleaning."""

    def __init__(self, *, classifications: Sequence[str] = (), **options: Any) -> None:
        kinds = "&".join(f"kind={kind}" for kind in classifications)
        src = f"{LOOKUP}?{kinds}" if kinds else LOOKUP
        options.setdefault("max_length", 120)
        options.setdefault("widget", forms.TextInput(attrs={"data-src": src, "autocomplete": "off"}))
        super().__init__(**options)
        self.classifications = tuple(classifications)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Organization | None:
        """The organization; an error with advice when the text means none or several."""
        text = super().clean(value)
        if not text:
            return None
        if self.actor is None:
            raise TypeError("an OrganizationField needs its actor")
        found = named_organization(self.actor, text, self.classifications)
        if found is None:
            raise forms.ValidationError(
                gettext("没有找到“%(text)s”,或有重名。请写全称或统一社会信用代码,或从列出的名称中选择。"),
                params={"text": text},
            )
        self.widget.attrs["data-label"] = found.name  # a form that comes back shows the name again
        return found

    def show(self, organization: Organization | None) -> None:
        """Let the combobox show the name of what is already chosen."""
        if organization is not None:
            self.widget.attrs["data-label"] = organization.name


class TeamsField(forms.CharField):
    """Several teams by name, one a line or parted by 顿号. Set `actor` before cleaning; `held` are known anyway."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2, "data-add": TEAM_LOOKUP}))
        options.setdefault("max_length", 4000)
        super().__init__(**options)
        self.actor: Actor | None = None
        self.held: Sequence[Team] = ()

    def clean(self, value: Any) -> list[Team]:
        """The teams in order, once each; an error that names those that nobody recognises."""
        text = super().clean(value)
        if self.actor is None:
            raise TypeError("a TeamsField needs its actor")
        names = list(dict.fromkeys(filter(None, (name.strip() for name in re.split(r"[\n、;;]", text or "")))))
        found = named_teams(self.actor, names, self.held)
        lost = [name for name in names if name not in found]
        if lost:
            raise forms.ValidationError(
                gettext("没有找到在册的团队:%(names)s。请从列出的名称中选择。"), params={"names": "、".join(lost[:10])}
            )
        return [found[name] for name in names]


class CreditCodeField(forms.CharField):
    """A unified social credit code: blanks, width and case are put right, anything else is asked."""

    def clean(self, value: Any) -> str:
        """The code, or an error that says what is wrong and what was probably meant."""
        text = super().clean(value)
        if not text:
            return ""
        checked = check_credit_code(text)
        if checked.ok:
            return checked.value
        sentence = gettext(checked.sentence)
        if checked.suggestion:
            sentence += gettext("是不是“%(code)s”?") % {"code": checked.suggestion}
        raise forms.ValidationError(sentence)


class IndustryField(forms.CharField):
    """An industry by code or name of GB/T 4754; what is not known is kept as written."""

    def clean(self, value: Any) -> tuple[Industry | None, str]:
        """The industry if the table has it (or the division above it), and the words."""
        text = super().clean(value)
        if not text:
            return None, ""
        checked = check_industry(text)
        if not checked.ok:
            return None, text[:80]
        code = checked.value
        options = [code[:end] for end in range(len(code), 0, -1)] + [code[1:], code[1:3]]
        rows = {row.code: row for row in Industry.objects.filter(code__in=options)}
        found = next((rows[option] for option in options if option in rows), None)
        return found, text[:80]


class PhoneField(forms.CharField):
    """A telephone number, cleaned."""

    def clean(self, value: Any) -> str:
        """Digits of a mobile number, area code and number of a landline."""
        text = super().clean(value)
        if not text:
            return ""
        checked = check_phone(text)
        if not checked.ok:
            raise forms.ValidationError(gettext(checked.sentence))
        return checked.value


class ResidentIdField(forms.CharField):
    """An identity number with its check digit."""

    def clean(self, value: Any) -> str:
        """Eighteen characters; the form GB 11643 prescribes."""
        text = super().clean(value)
        if not text:
            return ""
        checked = check_resident_id(text)
        if not checked.ok:
            raise forms.ValidationError(gettext(checked.sentence))
        return checked.value


class TagsField(forms.CharField):
    """Short words parted by 顿号 or commas."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """At most twelve different words."""
        text = super().clean(value)
        words = [word.strip() for word in text.replace(",", "、").replace("，", "、").split("、")]
        return list(dict.fromkeys(word[:20] for word in words if word))[:12]


def long_text(label: Any, rows: int = 3, most: int = 2000, help_text: Any = "") -> forms.CharField:
    """A text of several lines, optional."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=forms.DateInput)


OPTIONAL = _("选填")


class PersonField(forms.CharField):
    """A person by choice, or by a name that only one visible person bears. Set `actor` before cleaning."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        attrs = {"data-src": "/directory/people/lookup", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Person | None:
        """The person; an error with advice when the text means none or several."""
        text = super().clean(value)
        if not text:
            return None
        if self.actor is None:
            raise TypeError("a PersonField needs its actor")
        found = named_person(self.actor, text)
        if found is None:
            raise forms.ValidationError(
                gettext("没有找到“%(text)s”,或有同名的人。请从列出的名字中选择。"), params={"text": text}
            )
        self.widget.attrs["data-label"] = found.name
        return found
