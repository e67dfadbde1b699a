"""Files others read: the same bytes for the same figures, and every total again from the bottom."""

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django import Settings

from phoihop.areas.actions import rebuild_derived
from phoihop.areas.models import Area
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.compute import roll_up
from phoihop.rollup.export import SCHEMA
from phoihop.rollup.export_facts import SCHEMA as FACT_SCHEMA
from phoihop.rollup.export_facts import export_facts
from phoihop.rollup.ledger import flush_ledger
from phoihop.rollup.models import RollupRun
from tests.factories.areas import area_under, nation, succeed
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import police_of
from tests.factories.reports import AT, accepted, enter, expected, half, half_form

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)
YEAR = Span(date(2024, 12, 15), date(2025, 12, 15))


@pytest.fixture(autouse=True)
def ledger_dir(tmp_path: Path, settings: Settings) -> None:
    settings.LEDGER_DIR = tmp_path / "ledger"


@pytest.fixture
def programme() -> Programme:
    """Two communes merge and one is split in mid-2025; a correction, a withdrawal, a consolidated value, another party."""
    top = nation()
    province = area_under(top, "province", "P")
    programme = programme_in(top)
    programme.slug = "coordination-07"
    programme.save()
    for code in ("B01", "B02"):
        indicator(code, programme=programme)
    form = half_form(programme)
    first, second = half(form, 2025, 1), half(form, 2025, 2)
    old = [area_under(province, "commune", name, valid_until=REFORM) for name in ("A", "B", "C")]
    new = [area_under(province, "commune", name, valid_from=REFORM) for name in ("AB", "C1", "C2")]
    succeed(old[0], new[0], on=REFORM)
    succeed(old[1], new[0], on=REFORM)
    succeed(old[2], *new[1:], on=REFORM)
    others = [area_under(province, "commune", name) for name in ("D", "E")]
    rebuild_derived()
    for number, area in enumerate(old):
        organisation = police_of(area)
        report = expected(first, organisation)
        accepted(report, {"B01": "1000"})
        accepted(report, {"B01": f"{number + 1}.25", "B02": "na"})
        accepted(expected(second, organisation, covers_until=REFORM), {"B01": "10", "B02": "1"})
    for area in new:
        accepted(expected(second, police_of(area), covers_from=REFORM), {"B01": "100"})
    accepted(expected(first, police_of(province)), {"B01": "7000"}, consolidated=["B01"])
    accepted(expected(first, police_of(others[0]), party="front"), {"B01": "900"})
    gone = expected(first, police_of(others[1]))
    accepted(gone, {"B01": "5000"})
    gone.state = "withdrawn"
    gone.save()
    enter(gone, None)
    return programme


def run(command: str, *args: object, **options: object) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command(command, *map(str, args), stdout=out, **options)
    return out.getvalue()


def rollup(out: Path, **options: str) -> str:
    asked = {"programme": "coordination-07", "from": "2024-12-15", "to": "14/12/2025"} | options
    words = [word for name, value in asked.items() for word in (f"--{name}", value)]
    return run("rollup", *words, "--out", out)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("flushed", [False, True])
def test_national_totals_are_the_same_on_every_map_and_from_the_bottom(
    programme: Programme, tmp_path: Path, *, flushed: bool
) -> None:
    if flushed:
        flush_ledger()
    export_facts(tmp_path / "facts.parquet")
    bottom_up: dict[str, Decimal] = defaultdict(Decimal)
    for row in pq.read_table(tmp_path / "facts.parquet").to_pylist():
        if row["counted"]:
            bottom_up[row["indicator"]] += row["value"] or 0
    assert bottom_up == {"B01": Decimal("336.75"), "B02": Decimal(3)}
    for map_key in ("reported", "open", "2025-07-01"):
        rows = roll_up(programmes=[programme], span=YEAR, map_key=map_key, levels=["nation"])
        assert {row.indicator: row.value for row in rows} == bottom_up


def test_facts_say_what_became_of_every_value(programme: Programme, tmp_path: Path) -> None:
    path = tmp_path / "facts.parquet"
    count = export_facts(path)
    table = pq.read_table(path)
    assert table.schema.equals(FACT_SCHEMA)
    rows = table.to_pylist()
    assert count == len(rows) == len({row["value_id"] for row in rows})
    standing = {
        str(row["value"]): (row["is_latest"], row["counted"], row["scope"])
        for row in rows
        if row["indicator"] == "B01" and row["value"] >= 900
    }
    assert standing == {
        "1000.0000": (False, False, "own"),
        "7000.0000": (True, False, "consolidated"),
        "900.0000": (True, False, "own"),
        "5000.0000": (False, False, "own"),
    }


def test_fact_carries_where_it_comes_from(programme: Programme, tmp_path: Path) -> None:
    export_facts(tmp_path / "facts.parquet")
    rows = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    row = next(each for each in rows if each["value"] == Decimal("1.2500"))
    area = Area.objects.get(name="A")
    at = AT.replace(tzinfo=None)
    assert row | {"value_id": "", "organisation_code": ""} == {
        "value_id": "", "area_id": area.key, "area_code": f"{area.pk:05d}", "organisation_code": "",
        "party": "police", "programme": "coordination-07", "indicator": "B01",
        "period_start": date(2024, 12, 15), "period_end": date(2025, 6, 14), "value": Decimal("1.2500"),
        "scope": "own", "version": 2, "is_latest": True, "counted": True, "origin": "form",
        "submitted_at": at, "accepted_at": at,
    }  # fmt: skip


def test_value_serves_every_programme_that_selects_it_once(programme: Programme, tmp_path: Path) -> None:
    other = programme_in(programme.area)
    other.slug = "action-22"
    other.save()
    programme.forms.get().programmes.add(other)
    other.selections.create(indicator=programme.selections.get(indicator__code="B01").indicator)
    export_facts(tmp_path / "facts.parquet")
    rows = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    assert {(row["indicator"], row["programme"]) for row in rows} == {
        ("B01", "action-22;coordination-07"),
        ("B02", "coordination-07"),
    }


def test_csv_has_the_agreed_columns_and_the_same_bytes_each_time(
    programme: Programme, tmp_path: Path
) -> None:
    rollup(tmp_path / "a.csv")
    flush_ledger()
    rollup(tmp_path / "b.csv", engine="sqlite")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    head, first = (tmp_path / "a.csv").read_text().splitlines()[:2]
    top = programme.area
    assert head.split(",") == SCHEMA.names
    assert first == (
        f"as_reported,nation,{top.key},{top.pk:05d},B01,2024-12-15,2025-12-14,336.75,,,9,10,0,received"
    )


def test_every_kind_of_file_says_the_same(programme: Programme, tmp_path: Path) -> None:
    for kind in ("csv", "json", "parquet"):
        rollup(tmp_path / f"r.{kind}")
    of_csv = read(tmp_path / "r.csv")
    of_json = json.loads((tmp_path / "r.json").read_text("utf-8"))
    of_parquet = pq.read_table(tmp_path / "r.parquet")
    assert of_parquet.schema.equals(SCHEMA)
    assert [
        {name: "" if cell is None else str(cell) for name, cell in row.items()} for row in of_json
    ] == of_csv
    assert [_plain(row) for row in of_parquet.to_pylist()] == of_csv


def test_split_and_merged_units_are_unallocated_looked_at_backwards(
    programme: Programme, tmp_path: Path
) -> None:
    rollup(tmp_path / "old.csv", map="2025-06-30", level="province")
    rollup(tmp_path / "new.csv", map="01/07/2025", level="province")
    old, new = (read(tmp_path / f"{name}.csv")[0] for name in ("old", "new"))
    assert (old["map"], old["value"], old["unallocated"]) == ("2025-06-30", "336.75", "100")
    assert (new["map"], new["value"], new["unallocated"]) == ("2025-07-01", "336.75", "13.25")


def test_command_says_what_the_span_took_and_records_the_run(programme: Programme, tmp_path: Path) -> None:
    said = rollup(tmp_path / "r.csv", to="2025-12-31", state="confirmed")
    assert "it leaves out 17 days" in said
    recorded = RollupRun.objects.get()
    assert (recorded.state, recorded.span_until, list(recorded.programmes.all())) == (
        "confirmed",
        date(2026, 1, 1),
        [programme],
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"programme": "coordination-99"},
            "There is no programme “coordination-99”. Known programmes: coordination-07.",
        ),
        ({"from": "15.12.2024"}, "--from: “15.12.2024” is not a day. Write it as 2024-12-15 or 15/12/2024."),
        ({"from": "2026-01-01"}, "Put the earlier day first."),
        ({"from": "2025-12-01"}, "There is nothing to roll up"),
        (
            {"level": "village"},
            "--level: “village” is not known. Write one of: nation, province, district, commune, all.",
        ),
        ({"state": "guessed"}, "--state: “guessed” is not known. Write one of: received, confirmed."),
        ({"map": "someday"}, "“someday” is not a map."),
        ({"engine": "abacus"}, "There is no engine “abacus”. Known engines: duckdb, sqlite."),
    ],
)
def test_command_refuses_with_a_sentence(
    programme: Programme, tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        rollup(tmp_path / "r.csv", **options)
    assert sentence in str(refusal.value)
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"--from": "15.12.2024"}, "--from: “15.12.2024” không phải một ngày. Hãy ghi theo dạng 2024-12-15 hoặc 15/12/2024."),
        ({"--from": "2026-01-01"}, "Khoảng thời gian từ 01/01/2026 đến 14/12/2025 không có ngày nào."),
        ({"--level": "village"}, "--level: không nhận ra “village”. Hãy ghi một trong các giá trị: "),
        ({"--bogus": "1"}, "Lệnh không nhận: --bogus 1."),
    ],
)  # fmt: skip
def test_command_refuses_in_vietnamese(
    programme: Programme, tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    asked = {"--programme": "coordination-07", "--from": "2024-12-15", "--to": "14/12/2025"} | options
    words = [word for pair in asked.items() for word in pair]
    with translation.override("vi"), pytest.raises(CommandError) as refusal:
        call_command("rollup", *words, "--out", str(tmp_path / "r.csv"))
    assert str(refusal.value).startswith(sentence)


def test_a_programme_is_named_by_its_slug_or_its_number(programme: Programme, tmp_path: Path) -> None:
    programme.number = "07/CTr-BCA-MTTQ"
    programme.save()
    rows = []
    for name in ("coordination-07", "07", "07-CTr/BCA-MTTQ"):
        rollup(tmp_path / "r.csv", programme=name)
        rows.append(read(tmp_path / "r.csv"))
    assert rows[0] == rows[1] == rows[2] != []


def test_unknown_kinds_of_file_are_refused(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"FILE\.csv, FILE\.json, FILE\.parquet"):
        rollup(tmp_path / "r.xlsx")
    with pytest.raises(CommandError, match=r"ends in \.parquet"):
        run("export_facts", tmp_path / "facts.csv")


def test_export_command_says_how_much_it_wrote(programme: Programme, tmp_path: Path) -> None:
    said = run("export_facts", tmp_path / "facts.parquet")
    assert said.startswith(f"{pq.read_metadata(tmp_path / 'facts.parquet').num_rows} values")


def test_file_that_could_not_be_written_leaves_the_old_one(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.parquet"
    export_facts(path)
    before = path.read_bytes()

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        export_facts(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*facts*")] == ["facts.parquet"]


def test_an_empty_ledger_makes_an_empty_file(tmp_path: Path) -> None:
    assert export_facts(tmp_path / "facts.parquet") == 0
    assert pq.read_table(tmp_path / "facts.parquet").equals(pa.Table.from_pylist([], schema=FACT_SCHEMA))


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: _text(cell) for name, cell in row.items()}


def _text(cell: object) -> str:
    if isinstance(cell, Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    assert not isinstance(cell, datetime)
    return "" if cell is None else str(cell)
