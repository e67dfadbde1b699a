"""Every value ever accepted, one row each: whoever has the file can reckon any total again from the bottom."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Exists, OuterRef, QuerySet

from phoihop.indicators.models import Indicator, Selection
from phoihop.reports.enums import Scope
from phoihop.reports.models import LedgerEntry, ReportingPeriod, ReportVersion
from phoihop.rollup.compute_basis import Basis
from phoihop.rollup.compute_rows import AreaCodes
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.export import replace_file
from phoihop.rollup.facts import Duty, Rule, explode, is_counted
from phoihop.rollup.ledger import last_seq

VERSIONS_A_GROUP = 2_000
ONE_DAY = timedelta(days=1)
SCHEMA = pa.schema(
    [
        ("value_id", pa.string()),
        ("area_id", pa.string()),
        ("area_code", pa.string()),
        ("organisation_code", pa.string()),
        ("party", pa.string()),
        ("programme", pa.string()),  # all that selected it, by ";": a value is one, whoever uses it
        ("indicator", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),  # the last day
        ("value", pa.decimal128(18, 4)),  # null: not applicable
        ("scope", pa.string()),
        ("version", pa.int16()),
        ("is_latest", pa.bool_()),  # of the accepted versions of a report still on the list
        ("counted", pa.bool_()),  # it enters totals now
        ("origin", pa.string()),
        ("submitted_at", pa.timestamp("us")),  # UTC
        ("accepted_at", pa.timestamp("us")),  # UTC
    ]
)


def export_facts(path: Path) -> int:
    """The number of values written."""
    exporter = _Exporter.load()
    written = 0

    def write(unfinished: Path) -> None:
        nonlocal written
        with pq.ParquetWriter(unfinished, SCHEMA, compression="zstd") as file:
            versions = exporter.versions().iterator(chunk_size=VERSIONS_A_GROUP)
            while group := list(islice(versions, VERSIONS_A_GROUP)):
                rows = [row for version in group for row in exporter.rows(version)]
                columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
                arrays = [pa.array(column, kind) for column, kind in zip(columns, SCHEMA.types, strict=True)]
                file.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA))
                written += len(rows)

    replace_file(path, write)
    return written


@dataclass(frozen=True)
class _Exporter:
    basis: Basis
    reports: Mapping[int, ReportRow]
    codes: AreaCodes
    indicators: Mapping[str, int]
    code_of: Mapping[int, str]
    programmes: Mapping[tuple[int, int], str]  # (form, indicator) -> slugs
    _rules: dict[date, dict[int, Rule]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "_Exporter":
        basis = Basis.load(ReportingPeriod.objects.select_related("form"), last_seq())
        indicators = dict(Indicator.objects.values_list("code", "pk"))
        reports = {report.id: report for report in basis.reports}
        code_of = {pk: code for code, pk in indicators.items()}
        return cls(basis, reports, AreaCodes.load(), indicators, code_of, _programmes())

    def versions(self) -> QuerySet[ReportVersion]:
        accepted = Exists(LedgerEntry.objects.filter(version=OuterRef("pk")))
        related = ("report__area", "report__organisation", "report__period")
        return ReportVersion.objects.filter(accepted).select_related(*related).order_by("pk")

    def rows(self, version: ReportVersion) -> Iterator[tuple[object, ...]]:
        """The values of a version, each as SCHEMA has it."""
        report, period = version.report, version.report.period
        duty = self._duty_where_it_stands(version)
        rules = self._rules_on(period.start)
        area_code = self.codes.on(report.area_id, report.covers_until - ONE_DAY)
        organisation = report.organisation.slug
        submitted_at, accepted_at = _utc(version.submitted_at), _utc(version.decided_at)
        for fact in explode(version.pk, version.cells, version.consolidated, self.indicators):
            code = self.code_of[fact.indicator_id]
            rule = rules.get(fact.indicator_id)
            yield (
                f"{version.pk}-{code}", report.area.key, area_code, organisation, report.party,
                self.programmes.get((period.form_id, fact.indicator_id), ""), code,
                period.start, period.end - ONE_DAY,
                None if fact.value is None else Decimal(fact.value).scaleb(-4),
                Scope.CONSOLIDATED.value if fact.consolidated else Scope.OWN.value,
                version.number, duty is not None,
                bool(duty and rule and is_counted(rule, duty, consolidated=fact.consolidated)),
                version.origin, submitted_at, accepted_at,
            )  # fmt: skip

    def _duty_where_it_stands(self, version: ReportVersion) -> Duty | None:
        """None: another version stands, or the report left the list."""
        if self.basis.accepted.get(version.report_id) != version.pk or version.report_id not in self.reports:
            return None
        return self.basis.duties.duty_of(self.reports[version.report_id])

    def _rules_on(self, day: date) -> dict[int, Rule]:
        if day not in self._rules:
            self._rules[day] = {row.indicator_id: row.rule for row in self.basis.catalogue.on(day)}
        return self._rules[day]


def _programmes() -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = Selection.objects.filter(programme__forms__isnull=False)
    for form_id, indicator_id, slug in rows.values_list("programme__forms", "indicator", "programme__slug"):
        found[form_id, indicator_id].add(slug)
    return {key: ";".join(sorted(slugs)) for key, slugs in found.items()}


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant else None
