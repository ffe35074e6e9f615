"""The same purchase as `flow.yml` as a Python flow, at the site itself."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page


def walk(page: Page, canaries: Mapping[str, str], site: str) -> None:
    """Buy a teapot; `site` is the address of the shop."""
    page.goto(f"{site.rstrip('/')}/product/teapot")
    page.click("#add")
    page.click("#checkout")
    page.fill("#email", canaries["email"])
    page.fill("#phone", canaries["phone"])
    page.fill("#name", canaries["name"])
    page.click("#pay")
    page.wait_for_selector("#thanks")
