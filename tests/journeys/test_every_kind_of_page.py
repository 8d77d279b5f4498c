"""Every kind of page as browsers and assistive technology meet it: at a desk, on a phone, in the dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journey_pages import KINDS, NARROW, WIDE

pytestmark = pytest.mark.browser
WIDTHS = (320, 640, 1024)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALSO_TRANSLATED = ("front", "hits", "need answered", "rich case", "innovative notices", "notice with versions")


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone(kind: str, visitor: Callable[..., Any]) -> None:
    """Nothing is wider than the screen, so nobody must scroll sideways to read."""
    page = visitor(viewport=NARROW)
    page.goto(KINDS[kind])
    assert page.get_by_role("heading", level=1).is_visible()
    assert not beyond_the_screen(page, NARROW["width"])


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_when_enlarged(width: int, visitor: Callable[..., Any]) -> None:
    """A page of 1280 enlarged four times is 320 wide, twice 640: it is still read without scrolling sideways."""
    page = visitor(viewport={"width": width, "height": 700})
    too_wide = {}
    for kind, address in KINDS.items():
        page.goto(address)
        too_wide[kind] = beyond_the_screen(page, width)
    assert {kind: found for kind, found in too_wide.items() if found} == {}


def beyond_the_screen(page: Any, width: int) -> list[str]:
    """What makes the page wider than the screen; nothing when it fits."""
    found: list[str] = page.evaluate(
        """width => {
          if (document.documentElement.scrollWidth <= width) return [];
          const beyond = one => one.getBoundingClientRect().right > width + 1;
          const tooWide = [...document.querySelectorAll("body *")].filter(beyond);
          return ["the page", ...tooWide.slice(0, 4).map(one => one.outerHTML.split("\\n")[0].slice(0, 60))];
        }""",
        width,
    )
    return found


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
    for kind in (
        "hits",
        "need answered",
        "need mended",
        "theme",
        "organisations",
        "notices found",
        "notice with versions",
        "notice with many lots",
    ):
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
