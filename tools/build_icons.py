"""Draws the icons phones want as PNG from the one SVG of the site; run again when that changes.

tools/build_icons.py   writes phoihop/web/static/web/icons/*.png
"""

import re
from pathlib import Path

import vl_convert

WEB = Path(__file__).resolve().parents[1] / "phoihop" / "web" / "static" / "web"
SIZES = (192, 512)
SAFE = 0.62  # of the side: a phone may cut a maskable icon to a circle of four fifths of it
PAPER = "#ffffff"


def icon(size: int, *, maskable: bool) -> bytes:
    """As it is, on nothing; maskable: smaller, on a ground that fills the square."""
    drawn = (WEB / "icon.svg").read_text("utf-8")
    opening = re.match(r"<svg ([^>]*)>", drawn)
    if opening is None:
        raise ValueError("icon.svg does not begin with <svg …>")
    inside = drawn[opening.end() : drawn.index("</svg>")]
    inks = re.sub(r'\s*(?:xmlns|viewBox)="[^"]*"', "", opening[1])
    if maskable:
        edge = 32 * (1 - SAFE) / 2
        placed = f'<g {inks} transform="translate({edge} {edge}) scale({SAFE})">{inside}</g>'
        inside = f'<rect width="32" height="32" fill="{PAPER}"/>{placed}'
    else:
        inside = f"<g {inks}>{inside}</g>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{size}" height="{size}">'
    return vl_convert.svg_to_png(f"{head}{inside}</svg>", scale=1, ppi=72)


def files() -> dict[str, bytes]:
    kinds = (("icon", False), ("maskable", True))
    return {
        f"{name}-{size}.png": icon(size, maskable=is_maskable)
        for name, is_maskable in kinds
        for size in SIZES
    }


def main() -> None:
    folder = WEB / "icons"
    folder.mkdir(exist_ok=True)
    for name, content in files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
