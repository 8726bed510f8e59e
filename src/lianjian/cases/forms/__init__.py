"""What is typed about cases: forms to register, one for each move, and those of the office."""

from . import clock, joining, moves
from .joining import ReplyForm
from .measures import MeasureForm
from .moves import MoveForm
from .office import CategoryForm, QuestionForm, RouteForm, ServiceForm, TemplateForm
from .registering import RegisterForm, VisitWithNeedsForm

MOVE_FORMS: dict[str, type[MoveForm]] = {**moves.MOVE_FORMS, **joining.MOVE_FORMS, **clock.MOVE_FORMS}

__all__ = [
    "MOVE_FORMS",
    "CategoryForm",
    "MeasureForm",
    "MoveForm",
    "QuestionForm",
    "RegisterForm",
    "ReplyForm",
    "RouteForm",
    "ServiceForm",
    "TemplateForm",
    "VisitWithNeedsForm",
]
