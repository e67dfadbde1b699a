"""The same drawing for a page in the dark: other inks, nothing else."""

from typing import Any

PAPER, INK, INK_2, INK_3, LINE = (
    "#16171a",
    "#eceae5",
    "#c3c1ba",
    "#a19f98",
    "#3a3d43",
)  # the page's own tokens
INKS = {
    "white": PAPER, "#222": INK, "#333": INK_2, "#444": INK_2, "#666": INK_3, "#E3E3E3": LINE,
    # Okabe and Ito's colours again; those too dark for a dark ground are lighter, and told apart as before.
    "#0072B2": "#56B4E9", "#56B4E9": "#A6D8F4", "#D55E00": "#FF8A3D", "#009E73": "#3CC79B", "#000000": "#FFFFFF",
}  # fmt: skip
_UNCHANGED = {
    "datasets",
    "data",
    "values",
    "sort",
    "domain",
    "labelExpr",
}  # words of the figures, not colours


def night(spec: dict[str, Any]) -> dict[str, Any]:
    drawn: dict[str, Any] = _inked(spec)
    for part in ("header", "legend", "title"):
        key = "color" if part == "title" else "labelColor"
        drawn["config"].setdefault(part, {})[key] = INK
    return drawn


def _inked(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: each if key in _UNCHANGED else _inked(each) for key, each in part.items()}
    if isinstance(part, list):
        return [_inked(each) for each in part]
    return INKS.get(part, part) if isinstance(part, str) else part
