"""The catalog query: what must hold of every table, function and role; every answer is a fault to mend."""

from __future__ import annotations

from typing import Any

# Tables without a jurisdiction, each with the reason. Everything else must carry `jurisdiction_id`.
WITHOUT_JURISDICTION: dict[str, str] = {
    "jurisdictions_jurisdiction": "the register of jurisdictions itself",
    "foundation_oncekey": "technical: keys of effects, no content",
    "foundation_idempotencykey": "technical: answers by user, read only with that user's id",
    "foundation_savedview": "a user's own list filters",
    "foundation_dayoverride": "public facts: working days",
    "foundation_referencechange": "technical: how often register tables changed",
    "foundation_cache": "technical: cache",
    "accounts_user": "sign-in happens before a jurisdiction is known",
    "accounts_apitoken": "sign-in by token happens before a jurisdiction is known",
    "django_session": "sign-in",
    "django_migrations": "schema",
    "django_content_type": "schema",
    "auth_permission": "unused table of a library",
    "auth_group": "unused table of a library",
    "auth_group_permissions": "unused table of a library",
    "account_emailaddress": "sign-in library",
    "account_emailconfirmation": "sign-in library",
    "mfa_authenticator": "second factor",
    "usersessions_usersession": "sessions a user sees and ends",
    "axes_accessattempt": "lock-out",
    "axes_accessattemptexpiration": "lock-out",
    "axes_accessfailurelog": "lock-out",
    "axes_accesslog": "lock-out",
    "procrastinate_jobs": "queue: ids only",
    "procrastinate_events": "queue",
    "procrastinate_periodic_defers": "queue",
    "procrastinate_workers": "queue",
    "journal_anchor": "heads of the chains, published: hashes only, made to be seen by everybody",
    "portal_tally": "counters of public submissions under keyed digests, read before a place is known",
    "directory_area": "public facts: division codes",
    "directory_industry": "public facts: GB/T 4754",
    "rulebook_rule": "public facts: national rules",
    "lists_matchchange": "technical: ids of register rows that changed, read by the index of every node",
    "lists_matchcount": "technical: how many register rows can be matched",
    "lists_matchword": "technical: in how many register rows a word stands",
    "events_feed": "a calendar asks with its address before a jurisdiction is known",
    "rulebook_loadedyear": "public facts: years whose working days are loaded",
}

# Functions that run as their owner and that `app` may call, each with the reason.
DEFINER_FUNCTIONS: dict[str, str] = {
    "sec.context()": "checks the signature with a key that app cannot read",
    "sec.readable()": "reads the context",
    "sec.writable()": "reads the context",
    "sec.shared(text)": "reads shares for the readable jurisdictions",
}

_CHECKS = """
SELECT 'no row security (enabled and forced): ' || c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'jurisdiction_id' AND NOT a.attisdropped
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
UNION ALL
SELECT 'row security without policy: ' || relname FROM pg_class c
 WHERE relrowsecurity AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
UNION ALL
SELECT 'policy without check: ' || polname FROM pg_policy WHERE polcmd IN ('a', 'w', '*') AND polwithcheck IS NULL
UNION ALL
SELECT 'policy for everybody: ' || polname FROM pg_policy WHERE 0 = ANY (polroles)
UNION ALL
SELECT 'view that runs as its owner: ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'v' AND n.nspname = 'public'
   AND coalesce(array_to_string(c.reloptions, ','), '') NOT LIKE '%%security_invoker=true%%'
UNION ALL
SELECT 'materialized view open to app: ' || relname FROM pg_class c
 WHERE relkind = 'm' AND has_table_privilege('app', c.oid, 'select')
UNION ALL
SELECT 'function that runs as its owner: ' || p.oid::regprocedure::text
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND p.prorettype <> 'trigger'::regtype
   AND has_function_privilege('app', p.oid, 'execute') AND NOT p.oid::regprocedure::text = ANY (%(functions)s)
UNION ALL
SELECT 'role app is too strong' FROM pg_roles
 WHERE rolname = 'app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
UNION ALL
SELECT 'app owns ' || c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'app'
UNION ALL
SELECT 'app is a member of ' || roleid::regrole::text FROM pg_auth_members WHERE member = 'app'::regrole
UNION ALL
SELECT 'table without jurisdiction and not on the list: ' || c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY (%(tables)s)
   AND NOT EXISTS (SELECT 1 FROM pg_attribute
                    WHERE attrelid = c.oid AND attname = 'jurisdiction_id' AND NOT attisdropped)
UNION ALL
SELECT 'app may truncate, trigger or reference ' || c.relname
  FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
   AND (has_table_privilege('app', c.oid, 'truncate') OR has_table_privilege('app', c.oid, 'trigger')
        OR has_table_privilege('app', c.oid, 'references'))
UNION ALL
SELECT 'app may change the journal' WHERE has_table_privilege('app', 'journal_entry', 'update')
    OR has_table_privilege('app', 'journal_entry', 'delete')
UNION ALL
SELECT 'app may change the heads of the journal' WHERE has_table_privilege('app', 'journal_head', 'insert')
    OR has_table_privilege('app', 'journal_head', 'update') OR has_table_privilege('app', 'journal_head', 'delete')
UNION ALL
SELECT 'app reads the context key' WHERE has_table_privilege('app', 'sec.key', 'select')
"""


def problems(connection: Any) -> list[str]:
    """Every fault found in the catalog; an empty list is what the build asks for."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CHECKS, {"tables": list(WITHOUT_JURISDICTION), "functions": list(DEFINER_FUNCTIONS)}
        )
        return sorted(row[0] for row in cursor.fetchall())
