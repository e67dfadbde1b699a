"""The parties' figures beside each other, unit by unit: how far apart they stand, and which one counts.

Only one party's value enters totals (docs/figures.md). The others are kept and shown here, so that a desk may ask a unit to
look again; nothing is averaged and nothing is replaced.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.indicators.enums import Rule
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import PartyKind
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.reports.queries.cells import versions_on
from phoihop.reports.standing import AnyUser

# Two counts of the same work differ a little; a desk asks about those that stand further apart than this.
USUAL_TOLERANCE_PERCENT = 10
LEAST_DIFFERENCE = 2  # one session more or less is no matter, whatever its share


@dataclass(frozen=True, slots=True)
class PartyFigure:
    """What one party's report of the unit says now.

    Missing: value None where it gave no number; `is_not_applicable` says that none can be given.
    """

    party: str
    report_id: int
    state: str
    value: Decimal | None
    is_not_applicable: bool = False
    is_simulated: bool = False
    reports: int = 1  # one that ended inside the window and the one that came after are two
    blank: int = 0  # of them, those without a number


@dataclass(frozen=True, slots=True)
class Line:
    """One unit and one indicator."""

    area: Area
    version: IndicatorVersion
    figures: Mapping[str, PartyFigure]  # by party; no entry where no report is due
    parties: Sequence[str]  # asked at this level
    counting: str  # the party that counts; "" where none does
    difference: Decimal | None = None  # largest less smallest; None with fewer than two numbers
    percent: Decimal | None = (
        None  # of the counting party's figure; of the largest where that is missing or 0
    )
    is_beyond: bool = False

    @property
    def counted(self) -> PartyFigure | None:
        return self.figures.get(self.counting)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a desk looks at: the area itself and the units that report next below it."""

    period: ReportingPeriod
    area: Area
    codes: Sequence[str] = ()  # every shared indicator, unless told
    tolerance_percent: int = USUAL_TOLERANCE_PERCENT


def shared_indicators(period: ReportingPeriod) -> list[IndicatorVersion]:
    """Those the window's form asks of more than one party at some level."""
    return [each for each in versions_on(period.form, period.start) if _is_shared(each)]


def shared_periods() -> list[ReportingPeriod]:
    """Windows in which some figure is asked of more than one party, the latest first."""
    versions = IndicatorVersion.objects.only("window", "asked_of")
    windows = {version.window for version in versions if _is_shared(version)}
    found = ReportingPeriod.objects.filter(form__window__in=windows).select_related("form")
    return list(found.order_by("-start", "form__code"))


def _is_shared(version: IndicatorVersion) -> bool:
    return any(len(parties) > 1 for parties in version.asked_of.values())


def side_by_side(user: AnyUser, wanted: Narrowed) -> list[Line]:
    """The furthest apart first, then by unit; only what the user may see."""
    shared = shared_indicators(wanted.period)
    versions = [each for each in shared if not wanted.codes or each.indicator.code in wanted.codes]
    found = _figures(user, wanted, versions)
    lines = [
        _line(area, version, figures, wanted.tolerance_percent)
        for (area, version), figures in found.items()
        if len(version.asked_of.get(area.level, ())) > 1
    ]
    return sorted(lines, key=_furthest_first)


def _furthest_first(line: Line) -> tuple[bool, Decimal, int, str, int]:
    apart = line.percent if line.percent is not None else Decimal(-1)
    return (
        not line.is_beyond,
        -apart if line.is_beyond else Decimal(0),
        LEVEL_ORDER[Level(line.area.level)],
        line.area.name_sort,
        line.version.indicator.order,
    )


def _figures(
    user: AnyUser, wanted: Narrowed, versions: Sequence[IndicatorVersion]
) -> dict[tuple[Area, IndicatorVersion], dict[str, PartyFigure]]:
    found: dict[tuple[Area, IndicatorVersion], dict[str, PartyFigure]] = defaultdict(dict)
    codes = {f"at_{index}": version for index, version in enumerate(versions)}
    for report in _reports(user, wanted, codes):
        for name, version in codes.items():
            if report.party in version.asked_of.get(report.level, ()):
                known = found[report.area, version]
                known[report.party] = _added(known.get(report.party), _figure(report, name), version)
    return found


def _reports(user: AnyUser, wanted: Narrowed, codes: Mapping[str, IndicatorVersion]) -> QuerySet[Report]:
    cells = {
        name + suffix: KeyTextTransform(version.indicator.code, f"{which}__cells")
        for name, version in codes.items()
        for suffix, which in (("_accepted", "accepted_version"), ("_latest", "latest_version"))
    }
    reports = Report.objects.visible_to(user).expected().filter(period=wanted.period)
    simulated = Coalesce("accepted_version__is_simulated", "latest_version__is_simulated")
    found = reports.filter(_in_area(wanted)).annotate(is_simulated=simulated, **cells)
    return found.select_related("area").order_by("area__name_sort", "covers_until", "pk")


def _in_area(wanted: Narrowed) -> Q:
    """Below it on the last day each report covers, so that units that ended inside the window are there too."""
    links = AreaAncestor.objects.filter(ancestor=wanted.area, area=OuterRef("area")).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lt=OuterRef("covers_until")),
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("covers_until")),
    )
    next_below = {
        Level.NATION: [Level.PROVINCE],
        Level.PROVINCE: [Level.DISTRICT, Level.COMMUNE],
        Level.DISTRICT: [Level.COMMUNE],
    }.get(Level(wanted.area.level), [])
    return Q(area=wanted.area) | Q(Exists(links), level__in=next_below)


def _figure(report: Report, name: str) -> PartyFigure:
    """Accepted, else handed in and not decided yet; a draft says nothing."""
    text = None
    if report.accepted_version_id is not None:
        text = getattr(report, f"{name}_accepted")
    elif report.state == ReportState.SUBMITTED:
        text = getattr(report, f"{name}_latest")
    is_not_applicable = text == NOT_APPLICABLE
    value = None if text is None or text == "" or is_not_applicable else Decimal(text)
    return PartyFigure(
        party=report.party,
        report_id=report.pk,
        state=report.state,
        value=value,
        is_not_applicable=is_not_applicable,
        blank=int(value is None),
        is_simulated=bool(getattr(report, "is_simulated", False)),
    )


def _added(before: PartyFigure | None, figure: PartyFigure, version: IndicatorVersion) -> PartyFigure:
    """A party with two reports of one unit in a window (one ended, its heir began): flows add up."""
    if before is None:
        return figure
    joined = replace(figure, reports=before.reports + 1, blank=before.blank + figure.blank)
    if before.value is None or version.over_time != Rule.ADD:
        return joined
    return replace(joined, value=before.value + (figure.value or 0))


def _line(
    area: Area, version: IndicatorVersion, figures: Mapping[str, PartyFigure], tolerance_percent: int
) -> Line:
    asked = version.asked_of[area.level]
    parties = [party for party in PartyKind.values if party in asked]
    counting = version.counts_for(area.level) or ""
    numbers = [each.value for each in figures.values() if each.value is not None]
    if len(numbers) < 2:
        return Line(area, version, figures, parties, counting)
    difference = max(numbers) - min(numbers)
    base = _base(figures.get(counting), numbers)
    percent = difference * 100 / base if base else Decimal(0)
    is_beyond = difference >= LEAST_DIFFERENCE and percent > tolerance_percent
    return Line(area, version, figures, parties, counting, difference, percent, is_beyond)


def _base(counted: PartyFigure | None, numbers: Iterable[Decimal]) -> Decimal:
    if counted is not None and counted.value:
        return counted.value
    return max(numbers)
