"""The pages as a Django tutorial writes them: objects, select_related, the paginator's count, Django's templates."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lianjian.cases import rules
from lianjian.cases.models import Case, CaseEvent, Category
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    rows = Case.objects.select_related("organization", "category", "handler").order_by(
        "-registered_on", "-id"
    )
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    for case in page.object_list:
        case.word = rules.STATES[case.state]  # type: ignore[attr-defined]
    return render(request, "list.html", {"page": page})


@login_required
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(
        Case.objects.select_related("organization", "category__parent", "handler", "evaluation"), key=key
    )
    context = {
        "case": found,
        "word": rules.STATES[found.state],
        "events": found.events.order_by("-id"),
        "duties": Duty.objects.filter(subject_key=found.key).select_related("organization"),
    }
    return render(request, "record.html", context)


class CaseForm(forms.Form):
    organization = forms.ModelChoiceField(Organization.objects.all(), to_field_name="key")
    category = forms.ModelChoiceField(Category.objects.all(), to_field_name="code")
    text = forms.CharField()
    reporter = forms.CharField(required=False)
    source = forms.CharField()
    urgency = forms.CharField()
    registered_on = forms.DateField()


@login_required
@transaction.atomic
def register(request: HttpRequest) -> HttpResponse:
    """The case, the first line of its story, an entry of what was done, the duty of the office: four rows."""
    form = CaseForm(request.POST)
    if not form.is_valid():
        return HttpResponse(str(form.errors), status=422)
    now, values = timezone.now(), form.cleaned_data
    made = Case.objects.create(
        jurisdiction_id=values["organization"].jurisdiction_id,
        number=f"ST-{uuid.uuid4().hex[:12]}",
        title=values["text"][:40],
        original_text=values["text"],
        registered_at=now,
        registered_by=request.user.pk,
        registered_by_name=str(request.user),
        story_at=now,
        **values,
    )
    common = {"jurisdiction_id": made.jurisdiction_id}
    CaseEvent.objects.create(
        **common, case=made, at=now, move="register", to_state="registered", actor_name="x"
    )
    CaseEvent.objects.create(**common, case=made, at=now, move="log", to_state="registered", actor_name="x")
    Duty.objects.create(
        **common,
        subject_kind="cases.case",
        subject_key=made.key,
        kind="cases.dispatch",
        title=made.title,
        url=f"/cases/{made.key}",
        opened_at=now,
    )
    messages.success(request, "ok")
    return redirect("case", key=made.key)
