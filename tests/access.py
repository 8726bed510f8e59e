"""Every route of the house, what it asks for, and what it answered to everybody: the ground of the access matrix."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lianjian.accounts.middleware import stamp
from lianjian.accounts.models import User
from lianjian.foundation import clock, context, references
from lianjian.foundation.pages import PUBLIC
from tests.cast import ACCOUNTS, Cast
from tests.samples import SAMPLES

MATRIX = Path(__file__).with_name("access_matrix.json")
WRITE = "LIANJIAN_WRITE_ACCESS"
ANONYMOUS = "anonymous"
UNDECLARED = "undeclared"

# Routes of libraries, which no `door` can wrap, each with the reason.
LIBRARY: dict[str, str] = {
    "api:openapi-json": "the contract of the programming interface: django-ninja makes it, it holds no data",
    "api:api-root": "answers 404; django-ninja needs the name to build addresses",
}


@dataclass(frozen=True)
class Route:
    """One address with what its door declares."""

    name: str
    pattern: str
    right: str | None
    methods: tuple[str, ...]
    keyed: bool
    api: bool

    @property
    def app(self) -> str:
        """The app it belongs to."""
        return self.name.partition(":")[0] if ":" in self.name else "accounts"


def _api_rights() -> dict[str, tuple[str, ...] | Any]:
    """For each operation of the interface: method and the right its `auth` asks for."""
    from lianjian.config.api import api

    found: dict[str, tuple[tuple[str, ...], str | None]] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                rights = [getattr(auth, "right", None) for auth in operation.auth_callbacks]
                right = rights[0] if rights else UNDECLARED
                found[operation.operation_id or operation.view_func.__name__] = (tuple(operation.methods), right)
                found[operation.view_func.__name__] = (tuple(operation.methods), right)
    return found


def routes() -> list[Route]:
    """All of them, by name."""
    operations = _api_rights()
    found: dict[str, Route] = {}
    for name, pattern in _walk(get_resolver().url_patterns, "", ""):
        view, api = pattern.callback, name.startswith("api:")
        right = getattr(view, "right", UNDECLARED)
        methods = getattr(view, "methods", ("GET",))
        if api and name.partition(":")[2] in operations:
            methods, right = operations[name.partition(":")[2]]
        keyed = bool(getattr(pattern.pattern, "converters", {}))
        found[name] = Route(name, _path(pattern, name), right, tuple(methods), keyed, api)
    return [found[name] for name in sorted(found)]


def _walk(patterns: Iterable[Any], prefix: str, space: str) -> Iterator[tuple[str, URLPattern]]:
    for item in patterns:
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item.url_patterns, prefix + str(item.pattern), inner)
        else:
            yield space + (item.name or f"unnamed at {prefix}{item.pattern}"), item


def _path(pattern: URLPattern, name: str) -> str:
    return str(pattern.pattern)


def kwargs_of(route: Route, cast: Cast) -> dict[str, Any]:
    """The keywords of a route's address, with a fresh object of `tests/samples.py` where it has a key."""
    everywhere = (cast.county.pk, cast.town.pk, cast.other_town.pk)
    context.enter(everywhere, everywhere)
    made = SAMPLES[route.name](cast) if route.keyed else {}
    context.leave()
    return made


def missing(kwargs: dict[str, Any]) -> dict[str, Any] | None:
    """The same address for an object that is not there; None when only words, no keys, make the address."""
    changed = dict(kwargs)
    for name, value in kwargs.items():
        if isinstance(value, UUID) or _is_uuid(value):
            changed[name] = uuid4()
        elif isinstance(value, int):
            changed[name] = 987_654_321
    return changed if changed != kwargs else None


def _is_uuid(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Visitors:
    """A signed-in browser for each account of the cast, and one of nobody."""

    cast: Cast
    clients: dict[str, Client]

    @classmethod
    def of(cls, cast: Cast) -> Visitors:
        clients = {name: cast.client(name) for name in ACCOUNTS} | {ANONYMOUS: cast.client(None)}
        for name in ACCOUNTS:
            _stamped(clients[name], cast.users[name])
        for client in clients.values():
            client.raise_request_exception = False  # an error is a status like any other: the row shows it
        return cls(cast, clients)

    def holders(self, right: str | None) -> set[str]:
        """Accounts that hold the right somewhere, by the table of roles."""
        from lianjian.directory.roles import rights_of

        if right == PUBLIC:
            return {*ACCOUNTS, ANONYMOUS}
        if right is None:
            return set(ACCOUNTS)
        return {name for name, (_shown, role, _place) in ACCOUNTS.items() if right in rights_of(role)}

    def ask(self, who: str, method: str, path: str) -> HttpResponse:
        """Send a request and undo what it did, in the database and in the browser."""
        client = self.clients[who]
        before = copy.deepcopy(client.cookies)
        with transaction.atomic():
            answer = client.generic(method, path)
            transaction.set_rollback(True)
        if method != "GET":
            self.forget()
        client.cookies = before
        return answer  # type: ignore[return-value]

    @staticmethod
    def forget() -> None:
        """After something was undone: counts of changes are undone with it, so rows kept under them would be others."""
        references.clear()


def _stamped(client: Client, user: User) -> None:
    """A session learns its times at its first request, and here each request is undone."""
    request = HttpRequest()
    request.session = client.session
    stamp(request, user, int(clock.now().timestamp()))
    request.session.save()


def address(route: Route, kwargs: dict[str, Any]) -> str:
    """The path of a route."""
    return reverse(route.name, kwargs=kwargs)


def grouped(statuses: dict[str, int]) -> dict[str, list[str]]:
    """Status to accounts, as the committed file keeps it."""
    found: dict[str, list[str]] = {}
    for who, status in statuses.items():
        found.setdefault(str(status), []).append(who)
    return {status: sorted(names) for status, names in sorted(found.items())}


def stored() -> dict[str, Any]:
    """The committed matrix."""
    return dict(json.loads(MATRIX.read_text())) if MATRIX.exists() else {}


def store(part: dict[str, Any], known: set[str]) -> None:
    """Write the routes of `part` anew; forget routes that are gone."""
    merged = {name: row for name, row in {**stored(), **part}.items() if name in known}
    rows = [f"{json.dumps(name)}: {json.dumps(merged[name], ensure_ascii=False)}" for name in sorted(merged)]
    MATRIX.write_text("{\n" + ",\n".join(rows) + "\n}\n")
