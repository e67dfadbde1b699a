"""English names follow the area's kind in Vietnamese, for every kind there is on the map."""

import csv
from pathlib import Path

from django.conf import settings

from phoihop.orgs.english import KINDS, english_kind


def test_every_kind_on_the_map_has_its_word() -> None:
    with Path(settings.PACKAGE_DIR, "areas/data/areas.csv").open(encoding="utf-8") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)} - {"quốc gia"}
    assert kinds == set(KINDS)
    assert english_kind("liên huyện") == "liên huyện"


def test_no_template_names_a_kind_by_itself() -> None:
    """“Quảng Ninh Province” and “Quảng Ninh City” would be one area."""
    lines = Path(settings.PACKAGE_DIR, "programmes/data/organisations.yaml").read_text("utf-8").splitlines()
    named = [line for line in lines if "name_en:" in line and "{name}" in line]
    words = ("Provincial", *KINDS.values())
    assert [line for line in named if any(f" {word}" in line for word in words)] == []
