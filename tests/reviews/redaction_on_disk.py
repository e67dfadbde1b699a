"""Run as a process of its own on a database file: `python -m tests.reviews.redaction_on_disk`; prints JSON."""

import json
from pathlib import Path
from typing import Any

import django

NAMED = "Bà Trần Thị B, 0901234567, chưa được trả lời"
CANARY = b"0901234567"


def found() -> dict[str, int]:
    """How often the words stand in the database's files, byte by byte."""
    from django.conf import settings

    files = Path(settings.VAR_DIR).glob("phoihop.sqlite3*")
    return {file.name: file.read_bytes().count(CANARY) for file in files}


def main() -> None:
    django.setup()
    from phoihop.reports.models import ReportVersion
    from phoihop.reviews.actions import freeze_review, redact_reported_text
    from tests.reviews.world import review_world

    world = review_world()
    fields: dict[str, Any] = {"narrative": {"shortcomings": NAMED}, "notes": {"B01": NAMED}}
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"}, **fields)
    freeze_review(review=world.composed(state="received"), by=None, render=False)
    before = sum(found().values())
    for place, key in (("narrative", "shortcomings"), ("note", "B01")):
        version = ReportVersion.objects.get(report__organisation=world.base.desk)
        redact_reported_text(version=version, place=place, key=key, reason="Dữ liệu cá nhân", by=None)
    print(json.dumps({"before": before, "after": found()}))


if __name__ == "__main__":
    main()
