"""Run as a process on a fresh clone: the cast of the tests and a session of the clerk. Prints what is needed of it."""

from __future__ import annotations

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from tests.cast import PASSWORD, build_cast  # noqa: E402


def main() -> None:
    with transaction.atomic():
        cast = build_cast()
    client = cast.client(None)
    client.post("/sign-in", {"login": "clerk", "password": PASSWORD}, HTTP_HOST="127.0.0.1")
    made = {"firm": cast.firm.pk, "town": cast.town.pk, "county": cast.county.pk, "user": cast.users["clerk"].pk}
    made["cookies"] = {name: morsel.value for name, morsel in client.cookies.items()}
    print(json.dumps(made))


main()
