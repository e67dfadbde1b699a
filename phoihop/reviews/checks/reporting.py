"""Open matters in the reports a review stands on."""

from django.db.models import QuerySet

from phoihop.core import clock
from phoihop.reports.models import Report
from phoihop.reviews.compose.gathering.question import question_of
from phoihop.reviews.compose.gathering.reporting import (
    open_windows,
    organisation_name,
    period_text,
    reports_of,
)
from phoihop.reviews.compose.gathering.windows import taken_windows
from phoihop.reviews.compose.text import Text, listed
from phoihop.reviews.models import Review
from phoihop.reviews.render.words import number
from phoihop.rollup.ledger import last_seq

MOST_NAMED = 5


def out_of_step(review: Review) -> list[Text]:
    """Reports whose figures below were corrected after they were accepted."""
    reports = _reports(review).filter(is_out_of_step=True).select_related("organisation", "period")
    count = reports.count()
    if not count:
        return []
    named = [
        organisation_name(report.organisation, report.period.end)
        + Text(" (", " (")
        + period_text(report.period.code)
        + Text(")", ")")
        for report in reports.order_by("period__start", "organisation__name_sort")[:MOST_NAMED]
    ]
    return [
        Text(
            "Có {count} báo cáo lệch với số liệu cấp dưới đã chỉnh sửa sau khi được tiếp nhận: {named}{more}.",
            "{count} reports are out of step with figures below them that were corrected since: {named}{more}.",
        ).filled(count=str(count), named=listed(named, heavy=True), more=_more(count))
    ]


def still_open(review: Review) -> list[Text]:
    """Windows that have not ended, or whose list of reports due is not final."""
    codes = open_windows(_reports(review), clock.today())
    if not codes:
        return []
    named = listed([period_text(code) for code in codes], heavy=True)
    return [Text("Kỳ báo cáo còn mở: {named}.", "Windows still open: {named}.").filled(named=named)]


def accepted_since(review: Review) -> list[Text]:
    """The draft's figures are those of the day it was composed."""
    later = last_seq() - review.composed["provenance"]["ledger_seq"]
    if later <= 0:
        return []
    return [
        Text(
            "Từ khi soạn đã có thêm {count} lần tiếp nhận báo cáo; soạn lại để cập nhật số liệu.",
            "{count} versions were accepted since the review was composed; compose again to take them in.",
        ).filled(count=Text(number(str(later), "vi"), number(str(later), "en")))
    ]


def _reports(review: Review) -> QuerySet[Report]:
    asked = question_of(review, by_unit=(), by_window=())
    return reports_of(asked, taken_windows(asked.span))


def _more(count: int) -> Text:
    rest = count - MOST_NAMED
    return Text(f" và {rest} báo cáo khác", f" and {rest} more") if rest > 0 else Text("", "")
