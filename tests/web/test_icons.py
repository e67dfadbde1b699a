"""The icons a phone puts on its home screen: really PNG, really that size, drawn from the site's one SVG."""

import json
import math
import re
import runpy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image, ImageChops

pytestmark = pytest.mark.django_db
TOOL = Path(settings.PACKAGE_DIR).parent / "tools" / "build_icons.py"
OFFERED = [
    ("any", "any"), ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable"),
]  # fmt: skip


def icons(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/manifest.webmanifest").json()["icons"]
    return found


def picture(icon: dict[str, Any]) -> Image.Image:
    place = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
    assert place, icon["src"]
    return Image.open(str(place))


def pngs(client: Client) -> list[dict[str, Any]]:
    return [icon for icon in icons(client) if icon["type"] == "image/png"]


def test_the_manifest_offers_png_and_maskable_icons_beside_the_svg(client: Client) -> None:
    assert [(icon["sizes"], icon["purpose"]) for icon in icons(client)] == OFFERED


def test_each_is_a_png_of_its_size_and_kept_for_use_without_a_network(client: Client) -> None:
    shell = json.loads(re.search(r"SHELL = (\[.*?\]);", client.get("/sw.js").content.decode())[1])  # type: ignore[index]
    for icon in pngs(client):
        drawn = picture(icon)
        assert (drawn.format, f"{drawn.width}x{drawn.height}") == ("PNG", icon["sizes"])
        assert icon["src"] in shell


def test_a_maskable_icon_fills_its_square_and_keeps_its_mark_inside_the_circle(client: Client) -> None:
    """A phone may cut it to a circle whose radius is two fifths of the side."""
    for icon in pngs(client):
        drawn = picture(icon).convert("RGBA")
        corner = drawn.getpixel((0, 0))
        assert corner == ((255, 255, 255, 255) if icon["purpose"] == "maskable" else (0, 0, 0, 0))
        if icon["purpose"] == "maskable":
            middle, ink = drawn.width / 2, drawn.convert("L").point(lambda value: 255 if value < 200 else 0)
            box = ink.getbbox()
            assert box
            inked = [(x, y) for x in range(drawn.width) for y in range(drawn.height) if ink.getpixel((x, y))]
            assert max(math.dist((x, y), (middle, middle)) for x, y in inked) <= 0.4 * drawn.width


def test_the_icons_are_what_the_tool_draws_from_the_svg() -> None:
    for name, content in runpy.run_path(str(TOOL))["files"]().items():
        kept = Image.open(str(finders.find(f"web/icons/{name}"))).convert("RGBA")
        assert ImageChops.difference(kept, Image.open(BytesIO(content)).convert("RGBA")).getbbox() is None, (
            name
        )
