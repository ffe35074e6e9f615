"""What tests of pages in a browser share: what a page may not do, and how it is opened."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
AXE = "async () => (await axe.run()).violations.map((v) => v.id + ': ' + v.nodes[0].html)"


def opened(context: BrowserContext, path: Path) -> Page:
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    page.goto(path.as_uri())
    return page


def unfolded(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def quiet(context: BrowserContext, path: Path) -> None:
    """Hold that a page asks for nothing, logs nothing and keeps its policy."""
    requests: list[str] = []
    noises: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: noises.append(message.text))
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.on("dialog", lambda dialog: noises.append(dialog.message))
    page.add_init_script(VIOLATIONS)
    page.goto(path.as_uri())
    unfolded(page)
    page.wait_for_timeout(100)
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert noises == []
    assert page.evaluate("window.violations") == []


def accessible(page: Page, *, dark: bool) -> None:
    """Hold that the accessibility checker finds nothing."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    unfolded(page)
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    assert page.evaluate(AXE) == []


def fits(page: Page, width: int) -> None:
    """Hold that nothing is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 800})
    unfolded(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
