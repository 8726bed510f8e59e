"""What the doors of coverage share: a page with one form, and the way from a form to a verb and back."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianjian.foundation import pages
from lianjian.foundation.pages import Request, page

FORM = "coverage/form.html"


def form_page(
    request: Request, form: Form, title: str, cancel: str, *, subject: str = "", submit: str = "", lead: str = "",
    more: tuple[str, str] | None = None,
) -> HttpResponse:
    """A page with one form."""
    context: dict[str, object] = {"title": title, "cancel": cancel, "subject": subject, "lead": lead, "more": more}
    context["submit"] = submit or _("保存")
    return page(request, FORM, context, form=form)


def act(
    request: Request,
    form: Form,
    verb: Callable[..., object],
    *,
    title: str,
    back: str,
    said: str,
    subject: str = "",
    submit: str = "",
    lead: str = "",
    onward: Callable[..., str] | None = None,
    more: tuple[str, str] | None = None,
) -> HttpResponse:
    """One form, one verb, and back; `onward` gives another address from what the verb answered, `more` a link below."""
    words = {"title": title, "subject": subject, "lead": lead, "submit": submit or _("保存"), "more": more}
    return pages.act(request, form, verb, template=FORM, back=back, said=said, onward=onward, **words)
