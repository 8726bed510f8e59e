"""The roles of a Lianjian database, as SQL: made by the embedded server, or run by a DBA (`lianjian doctor --sql`).

- the owner owns the schema and migrates; it is no superuser and makes no roles;
- `app` is what web and worker connect as: owns nothing, passes no row security;
- the backup role reads everything, row security included, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

OWNER = "lianjian_owner"
APP = "app"
BACKUP = "lianjian_backup"
DATABASE = "lianjian"

_PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"


@dataclass(frozen=True)
class Passwords:
    owner: str
    app: str
    backup: str


def quoted(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def cluster_sql(passwords: Passwords) -> list[str]:
    """Statements for the whole server; safe to run again."""
    statements = []
    for role, rights, password in (
        (OWNER, f"{_PLAIN} NOBYPASSRLS", passwords.owner),
        (APP, f"{_PLAIN} NOBYPASSRLS NOINHERIT", passwords.app),
        (BACKUP, f"{_PLAIN} BYPASSRLS", passwords.backup),
    ):
        statements.append(
            f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        statements.append(f"ALTER ROLE {role} WITH {rights} PASSWORD {quoted(password)}")
    statements += [
        # Under row security the planner thinks two filters where there is one, and sorts: 7x slower at the default.
        f"ALTER ROLE {APP} SET random_page_cost = 1.1",
        f"ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '15min'",
        f"ALTER ROLE {BACKUP} SET default_transaction_read_only = on",
        f"GRANT pg_read_all_data TO {BACKUP}",
    ]
    return statements


def create_database_sql(name: str = DATABASE) -> str:
    """The statement that makes the (empty) database."""
    return f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8'"


def database_sql(name: str = DATABASE) -> list[str]:
    """Statements inside the database: nobody has a right that was not given. Safe to run again."""
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {APP}, {BACKUP}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}",
        # What `@@` does tells nothing of its values in any error. Without the mark row security keeps the search
        # indexes from being used, and each search reads every row.
        "ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF",
    ]


def script() -> str:
    """The same for a database server of one's own, with places for the passwords, for `psql`."""
    holes = Passwords(owner="CHANGE-ME-1", app="CHANGE-ME-2", backup="CHANGE-ME-3")
    lines = [
        "-- Roles and database of Lianjian, for PostgreSQL 16 or later. Run with psql as a superuser, once.",
        "-- Put three passwords of your own in place of CHANGE-ME-1 to 3.",
        *(f"{statement};" for statement in cluster_sql(holes)),
        f"{create_database_sql()} LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';",
        f"\\connect {DATABASE}",
        *(f"{statement};" for statement in database_sql()),
        "-- Then start Lianjian with",
        f"--   DATABASE_OWNER_URL=postgresql://{OWNER}:CHANGE-ME-1@HOST:5432/{DATABASE}",
        f"--   DATABASE_URL=postgresql://{APP}:CHANGE-ME-2@HOST:5432/{DATABASE}",
        f"--   DATABASE_BACKUP_URL=postgresql://{BACKUP}:CHANGE-ME-3@HOST:5432/{DATABASE}",
    ]
    return "\n".join(lines)
