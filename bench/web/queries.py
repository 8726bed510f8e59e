"""Run as a process: how many queries each page of the signed-in clerk costs. Prints JSON."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def main() -> None:
    asked = json.loads(sys.argv[1])
    client = Client(raise_request_exception=False, headers={"accept": "text/html"})
    for name, value in asked["cookies"].items():
        client.cookies[name] = value
    found = {}
    for name, path in asked["pages"].items():
        client.get(path, HTTP_HOST="127.0.0.1")
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path, HTTP_HOST="127.0.0.1")
        said = [
            q["sql"] for q in caught if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        ]
        found[name] = {"status": answer.status_code, "queries": len(said), "with_savepoints": len(caught)}
        if asked.get("show"):
            found[name]["sql"] = [q["time"] + " " + q["sql"] for q in caught]
    print(json.dumps(found, ensure_ascii=False))


main()
