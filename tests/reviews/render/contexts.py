"""The sample contexts, and changes to them that a test wants."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HOSTILE = '#import "x" ]]> & <b>*đậm*</b> $x^2$ \\ @ref <lbl> `raw` _em_ // c /* d */ #{1+1} ' + "dài" * 60


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return read


def national() -> dict[str, Any]:
    """Three issuers, simulated, nine annexes, 63 provinces in one table."""
    return deepcopy(_read("national_joint"))


def provincial() -> dict[str, Any]:
    """One issuer, numbered and dated, sent up, not simulated."""
    return deepcopy(_read("provincial"))


def short(context: dict[str, Any]) -> dict[str, Any]:
    """Without annexes and charts: quick to render."""
    context["annexes"] = []
    for section in context["sections"]:
        section["blocks"] = [block for block in section["blocks"] if block["kind"] != "chart"]
    return context


def with_sentence(context: dict[str, Any], written: str) -> dict[str, Any]:
    context["sections"][0]["blocks"] = [
        {"kind": "sentence", "vi": written, "en": written, "figures": [], "is_edited": True}
    ]
    return context
