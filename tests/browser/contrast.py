"""Axe on pages as they stand, light and dark; on a wall every letter keeps 7:1, large ones too.

WCAG 2.2 asks less of large letters, and all of a wall's are large: it is read across a hall, beside windows and lamps.
"""

from typing import Any

from playwright.sync_api import Page

from tests.browser.test_accessibility import RULES, violations

ON_A_WALL = 7
_ASKED = {"normal": {"expected": ON_A_WALL}, "large": {"expected": ON_A_WALL}}
# What axe asks of the rule by itself, but for the ratios: options of a check are replaced as a whole.
_USUAL = {
    "ignoreUnicode": True, "ignoreLength": False, "ignorePseudo": False, "boldValue": 700, "boldTextPt": 14,
    "largeTextPt": 18, "pseudoSizeThreshold": 0.25, "shadowOutlineEmMax": 0.1, "textStrokeEmMin": 0.03,
}  # fmt: skip
_CHECKS = {"color-contrast-enhanced": {"options": {**_USUAL, "contrastRatio": _ASKED}}}


def broken_on_a_wall(wall: Page) -> list[str]:
    faint = {"rules": {"color-contrast-enhanced": {"enabled": True}}, "checks": _CHECKS}
    return _broken(wall, {**RULES, **faint}, ["color-contrast", "color-contrast-enhanced"])


def broken_elsewhere(page: Page) -> list[str]:
    return _broken(page, RULES, ["color-contrast"])


def _broken(page: Page, rules: dict[str, Any], of_colours: list[str]) -> list[str]:
    """Every rule in light; in dark those of colours, which alone depend on it. The page is left light."""
    in_dark = {**rules, "runOnly": {"type": "rule", "values": of_colours}}
    found = []
    for scheme, options in (("dark", in_dark), ("light", rules)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {each}" for each in violations(page, options)]
    return found
