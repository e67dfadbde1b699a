"""A desk's inbox: one page of its reports, how many stand in each part, and what it may be narrowed by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.core.tables.shapes import Page
from phoihop.core.templatetags.vietnamese import localname
from phoihop.reports.models import Report, Waiver
from phoihop.reports.queries.desk import (
    CHASED,
    Tab,
    clean,
    counts_by_tab,
    exact_marks_first,
    in_tab,
    narrowed,
    reports_decided_by,
    with_last_reminder,
    with_warnings,
)
from phoihop.reports.queries.looks import Look, looks_at
from phoihop.reports.queries.passing import unpassed_under
from phoihop.reports.standing import AnyUser, standing_of
from phoihop.web.forms.chooser import Choice, Option
from phoihop.web.forms.desk import DeskFilter
from phoihop.web.queries.area_options import area_labels
from phoihop.web.tables.paging import page_of
from phoihop.web.templatetags.labels import level, party, window


@dataclass(frozen=True, slots=True)
class TabLink:
    label: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class InboxRow:
    report: Report  # with `warnings`, `reminded_on`, `reminded_by`
    explanations: Sequence[Waiver]
    days_late: int  # of what is still with the unit
    look: Look | None  # None: not handed in

    @property
    def is_clean(self) -> bool:
        if self.look is None or self.look.is_needed:
            return False
        return self.report.state == "submitted" and not vars(self.report)["warnings"]


@dataclass(frozen=True, slots=True)
class Inbox:
    asked: DeskFilter
    tabs: Sequence[TabLink]
    choices: Sequence[Choice]
    rows: Sequence[InboxRow]
    page: Page
    total: int  # in the tab and the filter
    clean: (
        int  # first submissions without a warning, in the filter; some may have a blank or an unusual figure
    )
    ended: int  # abolished organisations below, not passed on to an heir yet
    seen_at: datetime

    @property
    def may_decide(self) -> bool:
        return self.asked.tab in {Tab.SUBMITTED, Tab.ALL}

    @property
    def may_remind(self) -> bool:
        return self.asked.tab in CHASED or self.asked.tab is Tab.ALL

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked.query)


def inbox(request: HttpRequest, asked: DeskFilter) -> Inbox:
    standing = standing_of(request.user)
    decided = reports_decided_by(standing)
    within = narrowed(decided, asked.wanted)
    counts = counts_by_tab(within)
    reports, page = page_of(request, ordered(in_tab(within, asked.tab), asked))
    return Inbox(
        asked=asked,
        tabs=[
            TabLink(label, counts[tab.value], asked.tab_address(tab), tab is asked.tab)
            for tab, label in tab_labels().items()
        ],
        choices=choices_of(decided, asked),
        rows=_rows(reports),
        page=page,
        total=counts[asked.tab.value],
        clean=counts["clean"],
        ended=unpassed_under(standing).count(),
        seen_at=clock.now(),
    )


def tab_labels() -> dict[Tab, str]:
    return {
        Tab.SUBMITTED: _("To decide"),
        Tab.RETURNED: _("Returned by you"),
        Tab.LATE: _("Past the deadline"),
        Tab.MISSING: _("Missing, due soon"),
        Tab.AHEAD: _("Not due yet"),
        Tab.ACCEPTED: _("Taken in"),
        Tab.NEVER: _("Not in, window closed"),
        Tab.ALL: _("All of them"),
    }


def ordered(reports: QuerySet[Report], asked: DeskFilter) -> QuerySet[Report]:
    related = ("period__form", "organisation__area", "latest_version", "superior", "entered_by")
    found = with_last_reminder(with_warnings(reports)).select_related(*related)
    found = found.prefetch_related("organisation__area__titles")
    if asked.wanted.text:
        return exact_marks_first(found, asked.wanted.text).order_by(F("as_typed"), *asked.ordering)
    return found.order_by(*asked.ordering)


def chosen_reports(user: AnyUser, asked: DeskFilter, chosen: Iterable[int] | None) -> QuerySet[Report]:
    """Of the user's own desk: those ticked, or all of the tab and filter."""
    decided = reports_decided_by(user)
    if chosen is not None:
        return ordered(decided.filter(pk__in=list(chosen)), asked)
    return ordered(in_tab(narrowed(decided, asked.wanted), asked.tab), asked)


def clean_in_filter(user: AnyUser, asked: DeskFilter, most: int) -> list[Report]:
    """First submissions with every cell filled, no warning and no unusual figure."""
    found = list(ordered(clean(narrowed(reports_decided_by(user), asked.wanted)), asked)[:most])
    looks = looks_at(found)
    return [each for each in found if not looks[each.pk].is_needed]


def _rows(reports: Sequence[Report]) -> list[InboxRow]:
    versions = [each.latest_version_id for each in reports if vars(each)["warnings"]]
    explained: dict[int, list[Waiver]] = {}
    for waiver in Waiver.objects.filter(version__in=versions).order_by("pk"):
        explained.setdefault(waiver.version_id, []).append(waiver)
    looks = looks_at(reports)
    return [
        InboxRow(
            report,
            explained.get(report.latest_version_id or 0, []),
            _days_late(report),
            looks.get(report.pk),
        )
        for report in reports
    ]


def _days_late(report: Report) -> int:
    is_waiting = report.state in {"expected", "draft", "returned"} and report.accepted_version_id is None
    return max(0, (clock.today() - report.deadline).days) if is_waiting else 0


def choices_of(reports: QuerySet[Report], asked: DeskFilter) -> list[Choice]:
    """Only what the desk's own reports are of."""
    found = reports.order_by("-period__start").select_related("period__form").distinct()
    combined = list(
        found.values_list(
            "period__code", "period__form__code", "period__form__title_vi", "period__form__title_en", "level",
            "party",
        )
    )  # fmt: skip
    levels = sorted({row[4] for row in combined}, key=lambda each: LEVEL_ORDER[Level(each)])
    made = [
        _choice("period", _("Window"), [(row[0], window(row[0])) for row in combined], asked),
        _choice("form", _("Form"), [(row[1], _title(row)) for row in combined], asked),
        _choice("level", _("Level"), [(each, level(each)) for each in levels], asked),
        _choice("party", _("Party"), [(row[5], party(row[5])) for row in combined], asked),
        _choice("area", _("Area"), _areas(reports), asked),
    ]
    return [each for each in made if len(each.options) > 2]


def _areas(reports: QuerySet[Report]) -> list[tuple[str, str]]:
    areas = Area.objects.filter(pk__in=reports.order_by().values("area"))
    return list(area_labels(sorted(areas, key=attrgetter("name_sort"))).items())


def _title(row: Sequence[Any]) -> str:
    return localname(_Titled(row[2], row[3]), "title")


@dataclass(frozen=True, slots=True)
class _Titled:
    title_vi: str
    title_en: str


def _choice(name: str, label: str, options: Iterable[tuple[str, str]], asked: DeskFilter) -> Choice:
    chosen = getattr(asked.wanted, name)
    listed = {"": _("every one"), **dict(options)}
    return Choice(name, label, tuple(Option(value, text, value == chosen) for value, text in listed.items()))
