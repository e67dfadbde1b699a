"""Builds the demonstration once. The mark at its end says from what; a build cut off halfway starts again."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from phoihop.audit.actions import seal_events
from phoihop.core import clock
from phoihop.demo import conclusions, conference_story, conferences, contacts, events, foundation, story
from phoihop.demo.conferences.following import proposed_before_the_review
from phoihop.demo.living import live_through
from phoihop.demo.reporting import Reporter
from phoihop.periods import Period
from phoihop.reports.models import ReportForm
from phoihop.rollup.ledger import flush_ledger
from phoihop.rollup.live import rebuild_live

MARK = Path(settings.VAR_DIR) / "built.json"


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    act: Callable[[], object]
    weight: int = 1


def steps() -> list[Step]:
    """Everything, in order; `weight` is about how long each takes."""
    return [
        Step(_("database"), partial(call_command, "migrate", verbosity=0, interactive=False), 2),
        Step(_("both administrative maps"), foundation.load_map, 8),
        Step(_("bodies of every area"), foundation.load_bodies, 14),
        Step(_("catalogue and published figures"), foundation.load_catalogue, 2),
        Step(_("programmes 09, 22, 38 and 07"), foundation.load_signed_programmes),
        Step(_("forms and whom they ask"), foundation.set_up_forms),
        *_past(),
        Step(_("live figures"), rebuild_live, 8),
        Step(_("accounts"), foundation.welcome_people),
        Step(_("telephones of offices"), contacts.keep_contacts),
        Step(_("event register"), events.fill_register),
        Step(_("a conference ready to run"), conferences.prepare_today, 2),
        Step(_("audit chain"), seal_events, 3),
    ]


def _past() -> Iterator[Step]:
    """Windows and reviews in the order of their days: a review frozen in 2019 stands on the ledger of 2019."""
    dated = sorted([*_windows(), *_reviews(), _conference(), _proposals()], key=lambda each: each[0])
    for _day, made in dated:
        yield from made


def _reviews() -> Iterator[tuple[date, list[Step]]]:
    for review in conclusions.REVIEWS:
        ledger = Step(_("ledger"), flush_ledger, 2)
        yield review.on, [ledger, Step(review.title.vi, partial(conclusions.conclude, review), 5)]


def _conference() -> tuple[date, list[Step]]:
    """What came of its conclusions is told by the review after it."""
    name = _("conference of 11 March 2019 and what came of it")
    return conference_story.DAY, [Step(name, conferences.hold_of_2019, 4)]


def _proposals() -> tuple[date, list[Step]]:
    return conference_story.PROPOSED, [Step(_("proposals from below"), proposed_before_the_review)]


def _windows() -> Iterator[tuple[date, list[Step]]]:
    reporter = Reporter()
    lived = [
        (period, form) for form in story.FORMS for period in form.periods() if period.start <= clock.today()
    ]
    for period, form in sorted(lived, key=lambda pair: (pair[0].start, pair[1].code)):
        name = f"{form.title_vi}: {period.short_label('vi')}"
        yield period.start, [Step(name, partial(_live, period, form.code, reporter), 2)]


def _live(period: Period, code: str, reporter: Reporter) -> None:
    live_through(ReportForm.objects.get(code=code), period, reporter)


def is_built() -> bool:
    return MARK.exists() and json.loads(MARK.read_text("utf-8")).get("from") == fingerprint()


def start_over() -> None:
    """An unfinished or outdated demonstration is removed whole: it holds nothing real."""
    connection.close()
    for name in ("ledger", "files", "documents"):
        shutil.rmtree(settings.VAR_DIR / name, ignore_errors=True)
    for path in settings.VAR_DIR.glob("phoihop.sqlite3*"):
        path.unlink()
    MARK.unlink(missing_ok=True)


def finish() -> None:
    MARK.write_text(json.dumps({"from": fingerprint()}), "utf-8")


def fingerprint() -> str:
    """Of the code, migrations and data a demonstration is built from, and of its day."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    parts = (
        "areas",
        "orgs",
        "programmes",
        "indicators",
        "events",
        "reports",
        "rollup",
        "reviews",
        "assignments",
        "conferences",
        "demo",
        "periods",
    )
    for part in parts:
        for path in sorted((settings.PACKAGE_DIR / part).rglob("*")):
            if path.suffix in {".py", ".yaml", ".csv", ".sql", ".typ"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
