"""Published figures by source, by place, and where they contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.indicators.models import Claim, IndicatorVersion, Source
from phoihop.indicators.queries import Contradiction, claims, claims_by_source, contradictions


@dataclass(frozen=True, slots=True)
class Filter:
    source: str = ""
    indicator: str = ""
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.source or self.indicator or self.place)


@dataclass(frozen=True, slots=True)
class SourceGroup:
    source: Source
    claims: Sequence[Claim]


def found_claims(wanted: Filter) -> QuerySet[Claim]:
    found = claims().prefetch_related("indicator__versions")
    if wanted.source:
        found = found.filter(sources__code=wanted.source)
    if wanted.indicator:
        found = found.filter(indicator__code=wanted.indicator)
    if wanted.place:
        found = found.filter(area__name_fold__contains=fold_vi(wanted.place))
    return found


def by_source(shown: Sequence[Claim]) -> list[SourceGroup]:
    """The shown claims under each of their sources, in the sources' own order."""
    by_key = {claim.pk: claim for claim in shown}
    groups = (
        (source, [by_key[each.pk] for each in said if each.pk in by_key])
        for source, said in claims_by_source()
    )
    return [SourceGroup(source, said) for source, said in groups if said]


def contradictions_among(wanted: Filter) -> list[Contradiction]:
    keys = set(found_claims(wanted).values_list("pk", flat=True))
    return [each for each in contradictions() if any(claim.pk in keys for claim in each.claims)]


def sources() -> list[Source]:
    return [source for source, _said in claims_by_source()]


def claimed_indicators() -> QuerySet[IndicatorVersion]:
    """One definition an indicator, of those something was published about."""
    claimed = Claim.objects.filter(indicator__isnull=False).values("indicator")
    found = IndicatorVersion.objects.as_of(clock.today()).filter(indicator__in=claimed)
    return found.select_related("indicator").order_by("indicator__order", "indicator__code")


def claims_count(indicators: Sequence[str]) -> int:
    return Claim.objects.filter(indicator__code__in=indicators).count()


def claims_for_area(area: Area) -> list[Claim]:
    return list(claims().prefetch_related("indicator__versions").filter(area=area))
