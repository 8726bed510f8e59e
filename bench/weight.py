"""Area `weight`: bytes that a real browser fetches for the first page, the workbench, and the workbench again."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import ground
from bench.protocol import Check, Outcome, say
from tests import ground as servers
from tests.browser import chromium_path
from tests.livetown import LiveTown

KB = 1024


def measure(*, n: int | None, seed: int, rounds: int | None) -> Outcome:
    """The demonstration town in Chromium; HTML counted as the proxy of deploy/ compresses it."""
    path = chromium_path()
    if path is None:
        return Outcome("weight", {}, [], {"chromium": "not on this machine: nothing was measured"})
    ground.open_ground()
    say("building the demonstration town")
    town = LiveTown(servers.app_url(ground.fresh()))
    try:
        town.start()
        with _browser(path) as browser:
            found = _walk(browser, town)
    finally:
        town.stop()
    checks = [
        Check("first page (sign-in, empty cache)", _kb(found["sign_in_cold"]), 400, "KB", True),
        Check("workbench, empty cache", _kb(found["workbench_cold"]), 400, "KB", True),
        Check("workbench, warm cache", _kb(found["workbench_warm"]), 200, "KB", True),
        Check("list page, warm cache", _kb(found["list_warm"]), 200, "KB", True),
        Check("record page, warm cache", _kb(found["record_warm"]), 200, "KB", True),
    ]
    notes = [
        "bytes on the wire with headers, by Chromium; HTML, which the program sends plain, is counted as gzip level 1",
        "files of the front end are compressed at build and served so by the program itself",
    ]
    return Outcome("weight", {}, checks, {"requests": found}, notes)


def _kb(found: dict[str, Any]) -> float:
    return round(found["bytes"] / KB, 1)


@contextmanager
def _browser(path: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _walk(browser: Any, town: LiveTown) -> dict[str, dict[str, Any]]:
    account = next(a for a in town.accounts if a["account"] == "clerk")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    found = {"sign_in_cold": _load(context, page, f"{town.url}/")}
    page.fill("input[name=login]", account["account"])
    page.fill("input[name=password]", account["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    state = context.storage_state()
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", storage_state=state)
    page = fresh.new_page()
    found["workbench_cold"] = _load(fresh, page, f"{town.url}/")
    found["workbench_warm"] = _load(fresh, page, f"{town.url}/")
    found["list_warm"] = _load(fresh, page, f"{town.url}/cases/")
    first = page.locator("table tbody a[href^='/cases/']").first.get_attribute("href")
    found["record_warm"] = _load(fresh, page, f"{town.url}{first}")
    return found


def _load(context: Any, page: Any, address: str) -> dict[str, Any]:
    """Every request of one visit: bytes on the wire, HTML recounted as compressed."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, tuple[str, str]] = {}
    wire: dict[str, float] = {}
    session.on(
        "Network.responseReceived",
        lambda e: urls.__setitem__(e["requestId"], (e["response"]["url"], e["response"]["mimeType"])),
    )
    session.on("Network.loadingFinished", lambda e: wire.__setitem__(e["requestId"], e["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    total, plain, parts = 0.0, 0.0, {}
    for request, size in list(wire.items()):
        url, kind = urls.get(request, ("", ""))
        plain += size
        if kind == "text/html":
            body = session.send("Network.getResponseBody", {"requestId": request})["body"].encode()
            size = size - len(body) + len(gzip.compress(body, 1))
        total += size
        if size:
            parts[url.removeprefix(address.split("/", 3)[0] + "//").partition("/")[2][:60] or "/"] = round(
                size
            )
    session.detach()
    return {"bytes": round(total), "without_proxy": round(plain), "requests": parts}
