"""The country of `database.py` on the evening reports are due: a window open, officers signed in, desks waiting."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string
from ruamel.yaml import YAML

from benchmarks import country, database
from phoihop.accounts.models import User
from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.periods import parse_period
from phoihop.programmes.models import Programme, ReportingCalendar
from phoihop.reports.actions import accept_reports, open_period, return_report, submit_reports
from phoihop.reports.actions.submission import Submission
from phoihop.reports.enums import Origin
from phoihop.reports.models import AskedScope, Report, ReportForm, ReportingPeriod, ReportVersion

DAY = "2025-06-20"  # a few days after the window closed
WINDOW = "ADM-2025-H1"
LARGE, SWALLOWED = country.PROVINCE, country.PROVINCE + 1  # one province of about 300 communes
LEVELS = ("commune", "province")
IN_TIME = datetime(2025, 6, 16, 3, tzinfo=clock.VIETNAM)


def build(windows: int) -> ReportingPeriod:
    """That many windows, the last one open."""
    database.build(windows - 1, ledger=windows - 1)
    _merge_two_provinces()
    _words_of_the_catalogue()
    ReportingCalendar.objects.create(programme=Programme.objects.get(), levels=list(LEVELS))
    form = ReportForm.objects.get()
    form.working_days = {"commune": 2, "province": 5}
    form.save()
    for level in LEVELS:
        AskedScope.objects.create(form=form, level=level, root_id=country.NATION, party=database.PARTY)
    return open_period(form=form, period=parse_period(WINDOW), by=None)


def _merge_two_provinces() -> None:
    AreaAncestor.objects.filter(ancestor=SWALLOWED).update(ancestor=LARGE)
    Report.objects.filter(superior=SWALLOWED).update(superior=LARGE)
    links = AreaAncestor.objects.filter(ancestor__level__in=["nation", "province"]).order_by("-depth")
    above = dict(links.values_list("area", "ancestor"))
    organisations = list(Organisation.objects.exclude(area=country.NATION))
    for organisation in organisations:  # of database.py: an organisation has its area's number
        organisation.parent_id = above[organisation.area_id]
    Organisation.objects.bulk_update(organisations, ["parent"], batch_size=500)


def _words_of_the_catalogue() -> None:
    """Names, units and definitions as long as the real ones."""
    path = settings.PACKAGE_DIR / "indicators" / "data" / "indicators.yaml"
    real = [each for each in YAML(typ="safe").load(path)["indicators"] if each["kind"] in {"flow", "stock"}]
    for number, version in enumerate(IndicatorVersion.objects.order_by("indicator__order")):
        words = real[number % len(real)]
        for name in ("name_vi", "name_en", "unit_vi", "unit_en", "definition_vi", "definition_en"):
            setattr(version, name, words[name])
        version.save()


def fill_the_desk(period: ReportingPeriod) -> None:
    """Of the large province: half accepted, a quarter waiting, some returned, the rest missing; by the actions."""
    reports = list(Report.objects.filter(period=period, superior=LARGE, level="commune").order_by("pk"))
    random.Random(1).shuffle(reports)
    quarter = len(reports) // 4
    figures = figures_for(reports)
    submissions = [
        Submission(report, figures[report.pk], notes=NOTES, narrative=NARRATIVE)
        for report in reports[: 3 * quarter + 20]
    ]
    with clock.pinned(IN_TIME):
        done = submit_reports(submissions=submissions, by=None, origin=Origin.FORM)
        if done.refused:
            raise RuntimeError(f"The benchmark's own reports were refused: {done.refused[0][1]}")
        accept_reports(reports=done.submitted[: 2 * quarter], by=None)
        for report in done.submitted[-20:]:
            return_report(report=report, reason="Số liệu chưa khớp với kỳ trước.", by=None)


NOTES = {"N01": "Gồm cả các cuộc phối hợp với Hội Phụ nữ.", "N02": "Đã kiểm tra lại theo sổ của xã."}
NARRATIVE = {
    "results": "Công an xã phối hợp với Ủy ban Mặt trận Tổ quốc mở các buổi tuyên truyền ở khu dân cư. " * 8,
    "shortcomings": "Một số nội dung còn chậm so với kế hoạch do trùng với các đợt cao điểm. " * 4,
    "causes": "Cán bộ kiêm nhiệm, địa bàn rộng. " * 4,
    "proposals": "- Hỗ trợ tài liệu tuyên truyền\n- Mở lớp tập huấn cho tổ tự quản\n" * 2,
}


def figures_for(reports: Sequence[Report]) -> dict[int, dict[str, str]]:
    """Those of a year before, a few of them one higher: what a check need not be told about."""
    before = ReportVersion.objects.in_force().filter(report__period__code="ADM-2024-H1")
    known = dict(before.values_list("report__organisation", "cells").iterator())
    return {report.pk: _figures(report.pk, known.get(report.organisation_id, {})) for report in reports}


def _figures(seed: int, before: dict[str, str]) -> dict[str, str]:
    return {
        code: str(int(before.get(code, (seed + number) % 200)) + (seed + number) % 3)
        for number, code in enumerate(database.CODES)
    }


def people(role: Role, organisations: Sequence[int]) -> list[User]:
    """One a unit, who holds that role there; new ones each time."""
    mark = get_random_string(6)
    made = User.objects.bulk_create(
        (User(username=f"{role}-{pk}-{mark}", password="!") for pk in organisations), batch_size=1_000
    )
    Membership.objects.bulk_create(
        (
            Membership(user=user, organisation_id=pk, role=role)
            for user, pk in zip(made, organisations, strict=True)
        ),
        batch_size=1_000,
    )
    return made


def sessions(users: Iterable[User]) -> list[str]:
    """Signed in, without the form; in the users' order."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ends = timezone.now() + timedelta(days=1)
    made = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=ends,
        )
        for user in users
    ]
    Session.objects.bulk_create(made, batch_size=1_000)
    return [session.session_key for session in made]
