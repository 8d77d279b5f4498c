"""Every kind of page as browsers and assistive technology meet it: at a desk, on a phone, in the dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journey_pages import KINDS, NARROW, WIDE

pytestmark = pytest.mark.browser
SMALLEST = {"width": 320, "height": 640}  # where a page of 1280 ends up at 400 per cent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALSO_TRANSLATED = ("front", "hits", "rich case")


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone(kind: str, visitor: Callable[..., Any]) -> None:
    """Nothing is wider than the screen, so nobody must scroll sideways to read."""
    page = visitor(viewport=NARROW)
    page.goto(KINDS[kind])
    assert page.get_by_role("heading", level=1).is_visible()
    _fits(page, NARROW)
    page.set_viewport_size(SMALLEST)
    _fits(page, SMALLEST)


def _fits(page: Any, screen: dict[str, int]) -> None:
    wide = page.evaluate(
        """width => {
          const tooWide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1);
          return [document.documentElement.scrollWidth, tooWide.slice(0, 5).map(one => one.outerHTML.slice(0, 90))];
        }""",
        screen["width"],
    )
    assert wide[0] <= screen["width"], wide


def violations(page: Any) -> list[str]:
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(told => told.violations)", RULES
    )
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} ({node['failureSummary']})"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_accessible_wide_and_narrow(kind: str, visitor: Callable[..., Any], axe: Path) -> None:
    page = visitor(scripts=(axe,))
    page.goto(KINDS[kind])
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert violations(page) == []


@pytest.mark.parametrize("kind", ALSO_TRANSLATED)
def test_it_is_accessible_in_nynorsk_and_english(kind: str, visitor: Callable[..., Any], axe: Path) -> None:
    page = visitor(scripts=(axe,))
    for prefix in ("/nn", "/en"):
        page.goto(prefix + KINDS[kind])
        for screen in (WIDE, NARROW):
            page.set_viewport_size(screen)
            assert violations(page) == [], prefix


@pytest.mark.parametrize("kind", [*ALSO_TRANSLATED, "map", "organisation with cases"])
def test_it_is_accessible_in_the_dark(kind: str, visitor: Callable[..., Any], axe: Path) -> None:
    page = visitor(scripts=(axe,), color_scheme="dark")
    page.goto(KINDS[kind])
    assert violations(page) == []


def test_it_is_accessible_with_everything_unfolded(visitor: Callable[..., Any], axe: Path) -> None:
    page = visitor(scripts=(axe,))
    for kind in ("hits", "theme", "organisations"):
        page.goto(KINDS[kind])
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page) == [], kind


def test_it_needs_no_motion(visitor: Callable[..., Any]) -> None:
    """Those who asked for less motion get none."""
    page = visitor(reduced_motion="reduce")
    for kind in ("front", "rich case"):
        page.goto(KINDS[kind])
        running = page.evaluate(
            "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 10).length"
        )
        assert running == 0


def test_text_can_be_twice_as_large(visitor: Callable[..., Any]) -> None:
    page = visitor(viewport={"width": 1280, "height": 900})
    for kind in ("front", "hits", "rich case"):
        page.goto(KINDS[kind])
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, kind
