"""`Tables`: the migration operation that makes all tables of an app in one step.

Django draws every related model anew after each single operation. Nearly everything here is related to a place, so that
a new house would draw sixty thousand models before it opens. The tables of one app are independent of each other's
order (foreign keys are added at the end of a migration), so they can be made from one drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class Tables(Operation):
    """New tables, each whole: with its constraints and indexes, and with every foreign key, also to later ones."""

    category = OperationCategory.ADDITION
    reversible = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: Any) -> None:
        # What was drawn is thrown away: the first who asks draws all models once, instead of some after each table.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.operations)} tables"

    @property
    def migration_name_fragment(self) -> str:
        return "tables"
