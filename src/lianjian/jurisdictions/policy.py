"""`RowSecurity`: the migration operation that puts a table behind the wall of its jurisdiction.

A migration that creates an owned or register table ends with one `RowSecurity` for it. `catalog.problems`
fails the build for a table that was forgotten.
"""

from __future__ import annotations

from typing import Any, Literal

from django.db.migrations.operations.base import Operation

Kind = Literal["owned", "register"]

_READ = "jurisdiction_id = ANY ((SELECT sec.readable())::int[])"
_WRITE = "jurisdiction_id = ANY ((SELECT sec.writable())::int[])"


class RowSecurity(Operation):
    """Row security for one table.

    `owned`: rows of the readable jurisdictions; with `shared=True` also rows lent by a `Share`.
    `register`: everybody with a connection reads, the owning jurisdiction writes.
    `open_to` is a condition on the row under which others read it too; `{readable}` in it stands for the jurisdictions
    of who asks, which are none for a page that needs no sign-in.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, kind: Kind = "owned", shared: bool = False, open_to: str = "") -> None:
        self.table = table
        self.kind = kind
        self.shared = shared
        self.open_to = open_to

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        named = {"kind": self.kind, "shared": self.shared, "open_to": self.open_to}
        return self.__class__.__name__, [self.table], named

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.statements():
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in ("read", "add", "change", "remove", "mig"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {name} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def statements(self) -> list[str]:
        """The SQL, in order."""
        t = self.table
        read = "true" if self.kind == "register" else _READ
        if self.shared:
            read += f" OR id = ANY ((SELECT sec.shared('{t}'))::bigint[])"
        if self.open_to:
            read += f" OR ({self.open_to.replace('{readable}', '(SELECT sec.readable())')})"
        return [
            f"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {t} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY read ON {t} FOR SELECT TO app USING ({read})",
            f"CREATE POLICY add ON {t} FOR INSERT TO app WITH CHECK ({_WRITE})",
            f"CREATE POLICY change ON {t} FOR UPDATE TO app USING ({_WRITE}) WITH CHECK ({_WRITE})",
            f"CREATE POLICY remove ON {t} FOR DELETE TO app USING ({_WRITE})",
            # Without it the owner's data migrations would change no row and say nothing.
            f"CREATE POLICY mig ON {t} TO CURRENT_USER USING (true) WITH CHECK (true)",
        ]

    def describe(self) -> str:
        return f"Row security on {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"row_security_{self.table}"
