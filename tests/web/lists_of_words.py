"""Rows for the lists of what people wrote: see lists.py."""

from copy import copy
from datetime import date

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.reviews.enums import FileKind
from phoihop.reviews.models import ReviewFile, ReviewVersion
from tests.factories.areas import area_under
from tests.factories.assignments import drafted
from tests.factories.orgs import police_of
from tests.factories.reports import expected
from tests.reports.world import accepted, submitted
from tests.web.lists import PROVINCE, Listed
from tests.web.world import PageWorld


def words_written_below(world: PageWorld, first: int, last: int) -> None:
    """The province's own report quotes from them; its officer is asked."""
    base = world.told.base
    Membership.objects.get_or_create(
        user=base.provincial_desk, organisation=base.desk, role=Role.REPORTING_OFFICER
    )
    for number in range(first, last):
        commune = area_under(base.province, Level.COMMUNE, f"Số {number}")
        report = expected(world.told.period, police_of(commune, base.desk), deadline=date(2026, 6, 20))
        submitted(report, narrative={"results": f"Đã làm việc thứ {number} của đơn vị"})
    rebuild_derived()


def texts_to_take_out(world: PageWorld, first: int, last: int) -> None:
    """Each in a version of its own; the province's report quotes every one of them."""
    base = world.told.base
    report, above = (base.report_of(each, world.told.period) for each in (base.units[0], base.desk))
    for number in range(first, last):
        text = f"Đã gặp dân ở thôn số {number}, có biên bản"
        for each, said in ((report, text), (above, f"Theo xã: “{text}”")):
            each.refresh_from_db()
            corrected = {
                "cells": {"B01": str(number + 4), "B02": str(50 * (number + 4))},
                "narrative": {"results": said},
                "reason": "x",
            }
            accept_report(
                report=correct_report(report=each, by=None, origin=Origin.FORM, **corrected), by=None
            )


def versions_of_a_review(world: PageWorld, first: int, last: int) -> None:
    """Copies of one that was frozen, each with its file."""
    origin = (
        world.frozen(slug="dang-soan", state="received")
        if first == 0
        else ReviewVersion.objects.earliest("pk")
    )
    for number in range(max(first, 1), last):
        version = copy(origin)
        version.pk, version.number = None, number + 1
        version._state.adding = True
        version.save()
        ReviewFile.objects.create(
            version=version, kind=FileKind.UPLOADED, language="vi", name="a.pdf", sha256="0" * 64, path="x",
            size_bytes=1,
            added_at=clock.now(), added_by=world.told.base.central_desk,
        )  # fmt: skip


def versions_of_a_report(world: PageWorld, first: int, last: int) -> None:
    """Corrected and accepted again and again: each a version, and two lines of its history."""
    report = world.told.base.report_of(world.told.base.units[0], world.told.period)
    for number in range(first, last):
        report.refresh_from_db()
        cells = {"B01": str(number + 4), "B02": str(50 * (number + 4))}
        corrected = correct_report(
            report=report, by=None, origin=Origin.FORM, cells=cells, reason=f"Đếm lại lần {number}"
        )
        accept_report(report=corrected, by=None)


def reports_behind_a_figure(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for number in range(first, last):
        commune = area_under(base.province, Level.COMMUNE, f"Số {number}")
        accepted(expected(world.told.period, police_of(commune, base.desk), deadline=date(2026, 6, 20)))
    rebuild_derived()


def conclusions_of_a_review(world: PageWorld, first: int, last: int) -> None:
    """And the units its tables tell of."""
    if first == 0:
        reports_behind_a_figure(world, 0, 3)
        world.frozen(slug="dang-soan", state="received")
    base = world.told.base
    for number in range(first, last):
        drafted(
            base.centre, world.programme, slug=f"kl-{number}", title_vi=f"Kết luận thứ {number}",
            origin="review:dang-soan",
        )  # fmt: skip


WRITTEN = {
    "reports behind a figure": Listed(
        reports_behind_a_figure,
        "/so-lieu/?programme={programme}&indicator=B01&area={province}",
        r'"/bao-cao/\d+',
        71,
    ),
    "versions of a report": Listed(versions_of_a_report, "/bao-cao/{report}/", r"\?version=\d", 21),
    "history of a report": Listed(versions_of_a_report, "/bao-cao/{report}/", "Đếm lại lần", 27, PROVINCE),
    "conclusions of a review": Listed(
        conclusions_of_a_review, "/so-ket/dang-soan/?version=draft", "Kết luận thứ", 39
    ),
    "words of units below": Listed(
        words_written_below, "/bao-cao/{own}/cap-duoi/results/", "Đã làm việc thứ", 12, PROVINCE
    ),
    "texts to take out": Listed(
        texts_to_take_out, "/bao-cao/{report}/go-noi-dung/", "<blockquote>Đã gặp", 15
    ),
    "room of a review": Listed(
        versions_of_a_review, "/so-ket/dang-soan/soan/", r"/so-ket/dang-soan/\?version=", 47
    ),
}
