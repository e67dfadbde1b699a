"""The country of `country.py` as a database: areas, organisations, reports, versions, ledger, live tables.

Rows are written in bulk, as the actions would have left them. The columnar ledger holds 60 windows, the database the
last `windows` of them, whole: a report of every commune, its versions, and an accepted report of every province
that pins the versions below it. The live tables are then counted from the ledger by the product itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from benchmarks import country
from phoihop.areas.models import Area, AreaAncestor, AreaCandidate, AreaTarget, MapEpoch
from phoihop.core import clock
from phoihop.indicators.models import Indicator, IndicatorVersion, Selection
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.models import (
    LedgerCounter,
    LedgerEntry,
    Report,
    ReportForm,
    ReportingPeriod,
    ReportVersion,
)
from phoihop.rollup.compute_places import END_DAY, FIRST_DAY, UNALLOCATED, Place
from phoihop.rollup.ledger_segments import ENTRIES, FACTS
from phoihop.rollup.live import rebuild_live
from phoihop.rollup.models import LedgerSegment

MONTHS = country.MONTHS["38m"]  # the ledger's windows; in the database a window is a half-year
MERGER = date(2025, 7, 1)
PARTY = "police"
CODES = [f"N{number:02d}" for number in range(country.INDICATORS)]
BATCH = 20_000


def build(windows: int, *, ledger: int = MONTHS) -> None:
    """The last windows, on a columnar ledger of the last `ledger` ones."""
    call_command("migrate", verbosity=0)
    country.write_ledger(Path(settings.LEDGER_DIR), MONTHS, since=MONTHS - ledger)
    _set_foreign_keys("OFF")
    with transaction.atomic():
        _areas()
        form = _programme()
        _reports(form, windows)
    _set_foreign_keys("ON")
    with connection.cursor() as cursor:
        for statement in _sequences():
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    rebuild_live()


def _set_foreign_keys(state: str) -> None:
    """PostgreSQL looks at the end of the transaction anyway."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA foreign_keys={state}")


def _sequences() -> list[str]:
    """Rows above were given their numbers: PostgreSQL counts on from the last one."""
    return connection.ops.sequence_reset_sql(no_style(), apps.get_models())


def facts() -> list[str]:
    return [str(path) for path in Path(settings.LEDGER_DIR).rglob(FACTS)]


def half(month: int) -> tuple[str, date, date]:
    """Code, first day, day after the last: half-years that end with the second one of 2024."""
    year, index = divmod(2 * 2024 + 1 - (MONTHS - 1 - month), 2)
    start, end = (date(year - 1, 12, 15), date(year, 6, 15)), (date(year, 6, 15), date(year, 12, 15))
    return f"ADM-{year}-H{index + 1}", *(start, end)[index]


def _areas() -> None:
    kinds = {"nation": "nước", "province": "tỉnh", "district": "huyện", "commune": "xã"}
    areas = [
        Area(pk=pk, key=f"unit-{pk}", level=level, kind=kinds[level], name=f"Số {pk}",
             full_name=f"{kinds[level].capitalize()} số {pk}", **_days(pk))
        for pk, level in country.levels().items()
    ]  # fmt: skip
    for area in areas:
        area.fill_search_columns()
    Area.objects.bulk_create(areas, batch_size=2_000)
    AreaAncestor.objects.bulk_create(
        (
            AreaAncestor(area_id=area, ancestor_id=above, depth=depth, valid_from=start, valid_until=end)
            for area, above, depth, start, end in sorted(_ancestors(), key=lambda link: link[:3])
        ),
        batch_size=2_000,
    )
    _maps()
    Organisation.objects.bulk_create(
        (
            Organisation(pk=pk, slug=f"police-{pk}", name_vi=f"Công an số {pk}", party=PARTY, area_id=pk)
            for pk, level in country.levels().items()
            if level != "district" and pk < country.NEW_PROVINCE
        ),
        batch_size=2_000,
    )


def _days(area: int) -> dict[str, date]:
    if area == country.NATION:
        return {}
    return {"valid_from": MERGER} if area >= country.NEW_PROVINCE else {"valid_until": MERGER}


def _ancestors() -> set[tuple[int, int, int, date | None, date | None]]:
    """Of every unit of a chain, the units after it in the chain."""
    found = set()
    for place in [*country.places("reported", MONTHS), *country.places("new", MONTHS)]:
        for number, area in enumerate(place.chain):
            for depth, above in enumerate(place.chain[number + 1 :], start=1):
                dates = _days(area)
                start, end = dates.get("valid_from"), dates.get("valid_until")
                if area == place.area_id:  # communes change district, districts no province
                    start = start if place.first_day == FIRST_DAY else date.fromordinal(place.first_day)
                    end = end if place.end_day == END_DAY else date.fromordinal(place.end_day)
                found.add((area, above, depth, start, end))
    return found


def _maps() -> None:
    old = MapEpoch.objects.create(key="open", end=MERGER)
    new = MapEpoch.objects.create(key=MERGER.isoformat(), start=MERGER)
    for epoch, name in ((old, "old"), (new, "new")):
        AreaTarget.objects.bulk_create(
            [
                AreaTarget(epoch=epoch, area_id=area, target_id=target, is_whole=whole)
                for area, target, whole in _targets(name)
            ],
            batch_size=2_000,
        )
    split = (place for place in country.places("new", MONTHS) if place.fit == UNALLOCATED)
    heirs = ((place.area_id, _heir(place.area_id)) for place in split)
    AreaCandidate.objects.bulk_create(
        AreaCandidate(epoch=new, area_id=area, unit_id=unit)
        for area, heir in heirs
        for unit in (heir, heir - 1 if heir > country.NEW_COMMUNE else heir + 1)
    )


def _heir(commune: int) -> int:
    return country.NEW_COMMUNE + (commune - country.COMMUNE) * country.NEW_COMMUNES // country.COMMUNES


def _targets(name: str) -> Iterator[tuple[int, int, bool]]:
    for place in country.places(name, MONTHS):
        yield place.area_id, place.unit_id, place.fit != UNALLOCATED
    yield country.NATION, country.NATION, True
    for number in range(country.PROVINCES):
        province, heir = country.PROVINCE + number, number * country.NEW_PROVINCES // country.PROVINCES
        yield province, province if name == "old" else country.NEW_PROVINCE + heir, True


def _programme() -> ReportForm:
    programme = Programme.objects.create(
        pk=1, slug="national", kind="joint", title_vi="Chương trình", title_en="Programme",
        area_id=country.NATION,
    )  # fmt: skip
    form = ReportForm.objects.create(code="half", title_vi="6 tháng", title_en="Half-year", window="half")
    form.programmes.add(programme)
    Indicator.objects.bulk_create(
        Indicator(pk=number, code=code, block="N", order=number) for number, code in enumerate(CODES)
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            indicator_id=number, name_vi=f"Chỉ tiêu {code}", name_en=f"Indicator {code}", unit_vi="cuộc",
            unit_en="sessions", definition_vi="-", definition_en="-", window="half", levels=["commune"],
            kind="stock" if number in country.STOCKS else "flow",
            over_time="last" if number in country.STOCKS else "add", over_units="add",
            counting_party={"commune": PARTY}, asked_of={"commune": [PARTY]}, source="-",
        )
        for number, code in enumerate(CODES)
    )  # fmt: skip
    Selection.objects.bulk_create(
        Selection(programme=programme, indicator_id=number, order=number)
        for number in range(country.INDICATORS)
    )
    return form


def _reports(form: ReportForm, windows: int) -> None:
    months = range(MONTHS - windows, MONTHS)
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(pk=month, form=form, code=half(month)[0], start=half(month)[1], end=half(month)[2],
                        deadlines={"commune": half(month)[2].isoformat()}, opened_at=clock.now())
        for month in months
    )  # fmt: skip
    provinces = _provinces(months)
    standing, last = _versions(months)
    pins: list[tuple[int, int]] = []
    for month in months:
        pins += _reports_of(month, provinces, standing, after=last + (month - months[0]) * country.PROVINCES)
    _insert(ReportVersion.pins.through, "from_reportversion_id to_reportversion_id", pins)
    LedgerCounter.objects.create(pk=1, last=last + windows * country.PROVINCES)


def _provinces(months: Iterable[int]) -> dict[tuple[int, int], int]:
    """(Month, commune) -> the province above it at the window's end."""
    runs: dict[int, list[Place]] = defaultdict(list)
    for place in country.places("reported", MONTHS):
        runs[place.area_id].append(place)
    return {
        (month, commune): next(place.chain[2] for place in places if place.first_day <= day < place.end_day)
        for month in months
        for day in [half(month)[2].toordinal() - 1]
        for commune, places in runs.items()
    }


def _versions(months: range) -> tuple[dict[int, int], int]:
    """Those of the ledger, with its values as cells; report -> the version that stands, and the last number."""
    entries = [str(path) for path in Path(settings.LEDGER_DIR).rglob(ENTRIES)]
    parameters = {"facts": facts(), "entries": entries, "first": months[0]}
    at = _instant()
    standing: dict[int, int] = {}
    last = 0
    with duckdb.connect() as reading:
        found = reading.execute(_CELLS, parameters)
        while rows := found.fetchmany(BATCH):
            _insert(ReportVersion, _VERSION, (_version(*row, at) for row in rows))
            _insert(
                LedgerEntry, "seq report_id version_id at", ((row[0], row[1], row[0], at) for row in rows)
            )
            standing |= {row[1]: row[0] for row in rows}
            last = rows[-1][0]
    _segments()
    return standing, last


def _segments() -> None:
    for entries in Path(settings.LEDGER_DIR).rglob(ENTRIES):
        first, last, _name = entries.parent.name.split("-")
        LedgerSegment.objects.create(
            first_seq=int(first), last_seq=int(last), path=entries.parent.name, content_hash="-",
            facts=pq.read_metadata(entries.with_name(FACTS)).num_rows, created_at=clock.now(),
        )  # fmt: skip


def _version(seq: int, report: int, number: int, month: int, cells: str, at: str) -> tuple[object, ...]:
    _code, start, end = half(month)
    reason = "Đếm lại" if number > 1 else ""
    return (
        seq, report, number, str(start), str(end), "accepted", cells, "[]", "{}", "{}", "{}", reason, "form", False,
        f"{seq:064x}", at, at, at, "",
    )  # fmt: skip


def _reports_of(
    month: int, provinces: dict[tuple[int, int], int], standing: dict[int, int], after: int
) -> Iterator[tuple[int, int]]:
    """Writes the reports of a window; gives the pins of its provinces' versions."""
    _code, start, end = half(month)
    at = _instant()
    communes, above = [], defaultdict(list)
    for area in range(country.COMMUNE, country.COMMUNE + country.COMMUNES):
        number = month * 100_000 + area - country.COMMUNE
        version, superior = standing.get(number), provinces[month, area]
        communes.append((number, area, "commune", superior, False, version))
        above[superior].append(version)
    tops = [
        (month * 100_000 + 90_000 + area, area, "province", country.NATION, True, after + 1 + index)
        for index, area in enumerate(sorted(above))
    ]
    _insert(
        Report,
        _REPORT,
        (
            (number, month, area, area, level, PARTY, str(start), str(end), str(end), superior, asked,
             "accepted" if version else "expected", at if version else None, True if version else None, False,
             version, version)
            for number, area, level, superior, asked, version in [*communes, *tops]
        ),
    )  # fmt: skip
    entered = [(number, version) for number, *_others, version in tops]
    _insert(ReportVersion, _VERSION, (_version(v, number, 1, month, "{}", at) for number, v in entered))
    _insert(LedgerEntry, "seq report_id version_id at", ((v, number, v, at) for number, v in entered))
    for _number, area, *_others, version in tops:
        yield from ((version, pinned) for pinned in above[area] if pinned)


def _insert(model: type[models.Model], columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    names = columns.split()
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})", rows)


def _instant() -> str:
    return str(clock.now().replace(tzinfo=None) - timedelta(days=1))


_REPORT = (
    "id period_id organisation_id area_id level party covers_from covers_until deadline superior_id"
    " has_children_asked state first_submitted_at is_on_time is_out_of_step latest_version_id"
    " accepted_version_id"
)
_VERSION = (
    "id report_id number covers_from covers_until state cells consolidated prefilled notes narrative reason origin"
    " is_simulated content_hash created_at submitted_at decided_at return_reason"
)
_CELLS = """
SELECT e.seq, e.report_id, e.number, e.period_id, c.cells
FROM read_parquet($entries) e
JOIN (
    SELECT version_id,
           '{' || string_agg(printf('"N%02d": "%d"', indicator_id, value // 10000), ', ' ORDER BY indicator_id) || '}'
           AS cells
    FROM read_parquet($facts) WHERE period_id >= $first GROUP BY version_id
) c ON c.version_id = e.seq
ORDER BY e.seq
"""
