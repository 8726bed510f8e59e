"""A person of the demonstration town at a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lianjian.demo import PASSWORD
from tests.livetown import LiveTown

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = 1280, 390
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
_QUOTED = re.compile("“[^”]*”")  # what people wrote, named inside a word of the house
HAN = re.compile(r"[\u4e00-\u9fff]")
# Words of the house on a page, as against what people entered: choices that the place itself names are no such words.
_WORDS = """() => [...document.querySelectorAll(
    '.btn:not([lang]), th, legend, summary:not(.lj-round), .form-label, label, .lj-menu a span, .lj-bottom a span, .lj-states a, .lj-tabs a, .card-header h2, dt')]
    .filter(e => e.checkVisibility() && !e.matches(':has(bdi, input[name=subjects], input[name=places], input[name=villages], input[name=cases])'))
    .map(e => e.innerText.trim()).filter(Boolean)"""


class Visitor:
    """One account at one width in one language. `faults` collects whatever a page must not do."""

    def __init__(self, browser: Any, town: LiveTown, *, width: int, language: str = "zh", script: bool = True) -> None:
        self.town, self.language = town, language
        self.context = browser.new_context(
            viewport={"width": width, "height": 860},
            locale=LANGUAGES[language],
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.fault(f"uncaught: {error}"))
        self.page.on("console", self._console)
        self.page.on("response", self._response)

    def fault(self, words: str) -> None:
        """Remember a fault with the page it happened on."""
        self.faults.append(f"{self.page.url.removeprefix(self.town.url)}: {words}")

    def _console(self, message: Any) -> None:
        # What was not loaded is told by the response itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.fault(f"console: {message.text}")

    def _response(self, response: Any) -> None:
        # A form that comes back with its errors is a 422.
        if response.status >= 400 and response.status != 422:
            self.fault(f"{response.status} of {response.url.removeprefix(self.town.url)}")

    def sign_in(self, account: str) -> Visitor:
        """Sign in at the door."""
        self.page.goto(f"{self.town.url}/sign-in")
        if self.language == "en":
            self.page.locator("button[name=language][value=en]").locator("visible=true").first.click()
            self.page.wait_for_load_state("load")
        self.page.fill("[name=login]", account)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.town.url}/")
        return self

    def goto(self, path: str) -> Any:
        """Open a page of the house."""
        self.page.goto(self.town.url + path)
        return self.page

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press the button or follow the link of that name in the main part of the page."""
        found = self.page.locator("main").get_by_text(name, exact=exact).and_(self.page.locator("a, button, summary"))
        found.first.click()
        self.page.wait_for_load_state("load")

    def resize(self, width: int) -> None:
        """The open page at another width, once it is drawn."""
        self.page.set_viewport_size({"width": width, "height": 860})
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")

    def look(self) -> None:
        """What holds for every page: no sideways scrolling, one heading, no Chinese word of the house in English."""
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            self.fault(f"scrolls sideways by {over} px")
        if self.page.locator("main h1").count() != 1:
            self.fault("has not one heading")
        if self.language == "en":
            for word in dict.fromkeys(self.page.evaluate(_WORDS)):
                if HAN.search(_QUOTED.sub("", word)):
                    self.fault(f"not in English: {word}")

    def axe(self) -> None:
        """Serious and critical faults of accessibility."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))"
        )
        for words in found:
            self.fault(f"axe {words}")

    def close(self) -> None:
        """Leave."""
        self.context.close()
