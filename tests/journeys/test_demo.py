"""The demonstration, built as a newcomer builds it: its documents, its integrity, one history on either map."""

import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from docx import Document
from pypdf import PdfReader

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
MARK = "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"
SPANS = {
    "chuong-trinh-09": ("2013-12-15", "2018-12-14"),
    "chuong-trinh-07": ("2023-12-15", "2026-06-14"),
}
MAPS = ("as_reported", "2025-06-30", "2025-07-01")


class Demo:
    def __init__(self, var: Path) -> None:
        self.var = var

    def run(self, *arguments: str) -> str:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("PHOIHOP", "DJANGO"))
        }
        inherited.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-c", "from phoihop.config.cli import main; main()", *arguments],
            cwd=ROOT,
            env={**inherited, "PHOIHOP_VAR": str(self.var), "DEMO_SERVE": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, programme: str, map_: str, level: str) -> list[dict[str, str]]:
        out = self.var / f"{programme}-{map_}-{level}.csv"
        first, last = SPANS[programme]
        self.run(
            "rollup", "--programme", programme, "--from", first, "--to", last,
            "--map", map_, "--level", level, "--out", str(out),
        )  # fmt: skip
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    built = Demo(tmp_path_factory.mktemp("demo"))
    built.run("demo")
    return built


def test_documents_carry_the_mark_and_no_number_seal_or_signature(demo):
    for path in sorted((demo.var / "documents").glob("*-vi.docx")):
        document = Document(str(path))
        body = "\n".join(paragraph.text for paragraph in document.paragraphs)
        headers = {paragraph.text for section in document.sections for paragraph in section.header.paragraphs}
        assert MARK in headers
        assert "(đã ký)" not in body
        assert "Sơ kết" in body


def test_pdf_reads_as_vietnamese(demo):
    text = PdfReader(demo.var / "documents" / "so-ket-2019-vi.pdf").pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert MARK in text


def test_everything_holds_together(demo):
    assert demo.run("check").count("✓") == 5


def test_frozen_reviews_verify(demo):
    for slug in ("so-ket-2019", "so-ket-kon-tum-2019", "so-ket-07-ba-nam"):
        demo.run("review", "verify", slug)


@pytest.mark.parametrize("programme", sorted(SPANS))
def test_national_figures_are_the_same_on_every_map(demo, programme):
    on_maps = [
        {row["indicator"]: row["value"] for row in demo.rows(programme, map_, "nation")} for map_ in MAPS
    ]
    assert on_maps[0]["B01"]
    assert on_maps[0] == on_maps[1] == on_maps[2]


@pytest.mark.parametrize("programme", sorted(SPANS))
def test_national_flows_are_the_facts_added_up(demo, programme):
    """Bottom-up from the exported facts, to the last digit."""
    facts = demo.var / "facts.parquet"
    if not facts.exists():
        demo.run("export_facts", str(facts))
    first, last = SPANS[programme]
    added: dict[str, Decimal] = defaultdict(Decimal)
    for row in pq.read_table(facts).to_pylist():
        inside = str(row["period_start"]) >= first and str(row["period_end"]) <= last
        if inside and row["is_latest"] and row["counted"] and row["value"] is not None:
            added[row["indicator"]] += Decimal(str(row["value"]))
    flows = _flows()
    shown = {
        row["indicator"]: Decimal(row["value"])
        for row in demo.rows(programme, "2025-07-01", "nation")
        if row["value"]
    }
    compared = flows & shown.keys()
    assert len(compared) > 20
    assert {code: shown[code] for code in compared} == {code: added[code] for code in compared}


def test_a_second_run_builds_nothing_again(demo):
    before = json.loads((demo.var / "built.json").read_text("utf-8"))
    database = demo.var / "phoihop.sqlite3"
    made = database.stat().st_ino
    demo.run("demo")
    assert database.stat().st_ino == made
    assert json.loads((demo.var / "built.json").read_text("utf-8")) == before


def _flows() -> set[str]:
    from ruamel.yaml import YAML

    catalogue = YAML(typ="safe").load(ROOT / "phoihop/indicators/data/indicators.yaml")
    return {item["code"] for item in catalogue["indicators"] if item["kind"] == "flow"}
