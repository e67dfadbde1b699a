"""A form of the database as the file that would set it up."""

from datetime import date, timedelta

from phoihop.areas.enums import Level
from phoihop.exchange.form_file.shape import FORMAT, AskItem, ExemptionItem, FormFile, FormTitle
from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind
from phoihop.reports.models import ReportForm


def document_of(form: ReportForm) -> FormFile:
    """Areas by their own key: an official code may stand for another unit on another day."""
    return FormFile(
        format=FORMAT,
        code=form.code,
        title=FormTitle(vi=form.title_vi, en=form.title_en),
        window=WindowKind(form.window),
        programmes=list(form.programmes.order_by("slug").values_list("slug", flat=True)),
        working_days={Level(level): days for level, days in form.working_days.items()},
        asks=[
            AskItem(
                level=Level(scope.level), area=scope.root.key, party=PartyKind(scope.party),
                **{"from": scope.valid_from}, to=_last_day(scope.valid_until),
            )
            for scope in form.scopes.select_related("root").order_by("pk")
        ],
        exemptions=[
            ExemptionItem(
                area=each.area.key, reason=each.reason,
                **{"from": each.valid_from}, to=_last_day(each.valid_until),
            )
            for each in form.exemptions.select_related("area").order_by("pk")
        ],
    )  # fmt: skip


def _last_day(until: date | None) -> date | None:
    return until - timedelta(days=1) if until else None
