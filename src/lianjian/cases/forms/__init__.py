"""What is typed about cases: forms to register, one for each move, and those of the office."""

from .moves import MOVE_FORMS, MoveForm
from .office import CategoryForm, RouteForm
from .registering import RegisterForm, VisitWithNeedsForm

__all__ = ["MOVE_FORMS", "CategoryForm", "MoveForm", "RegisterForm", "RouteForm", "VisitWithNeedsForm"]
