"""The demonstration, built as a newcomer builds it: its documents, its integrity, one history on either map."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from docx import Document
from pypdf import PdfReader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]  # the demonstration is built first
ROOT = Path(__file__).parents[2]
MARKS = {"vi": "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG", "en": "DEMONSTRATION – SIMULATED FIGURES"}
SLUGS = ("so-ket-2019", "so-ket-kon-tum-2019", "so-ket-07-ba-nam")
SPANS = {
    "chuong-trinh-09": ("2013-12-15", "2018-12-14"),
    "chuong-trinh-07": ("2023-12-15", "2026-06-14"),
}
MAPS = ("as_reported", "2025-06-30", "2025-07-01")

# Who sat at Kon Tum's site on 11 March 2019, by post: as the story tells; of the Front it names no post.
KON_TUM = [
    (
        "police",
        "Công an tỉnh Kon Tum",
        ["Giám đốc", "Phó Giám đốc", "Đại diện các phòng nghiệp vụ", "Công an các huyện, thành phố"],
    ),
    ("party_committee", "Tỉnh ủy Kon Tum", ["Phó Bí thư Thường trực Tỉnh ủy"]),
    (
        "front",
        "Ủy ban MTTQ Việt Nam tỉnh Kon Tum",
        ["Đại diện Ủy ban MTTQ Việt Nam tỉnh Kon Tum", "Đại diện các tổ chức thành viên"],
    ),
]


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


def documents(demo, ending: str) -> list[Path]:
    found = sorted((demo.var / "documents").glob(f"*-{ending}"))
    assert len(found) == len(SLUGS)
    return found


def styled(document, style: str) -> list[str]:
    cells = [cell for table in document.tables[:8] for row in table.rows for cell in row.cells]
    held = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return [paragraph.text for paragraph in held if paragraph.style.name == style and paragraph.text]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sheet_of_every_word_file_carries_the_mark(demo, lang):
    for path in documents(demo, f"{lang}.docx"):
        for section in Document(str(path)).sections:
            for header in (section.header, section.first_page_header):
                assert MARKS[lang] in [paragraph.text for paragraph in header.paragraphs], path.name


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_every_pdf_carries_the_mark(demo, lang):
    for path in documents(demo, f"{lang}.pdf"):
        for page in PdfReader(path).pages:
            assert MARKS[lang] in " ".join(page.extract_text().split()), path.name


@pytest.mark.parametrize(("lang", "number"), [("vi", "Số: ........./BC"), ("en", "No.: ........./BC")])
def test_number_day_seal_and_signature_are_left_to_the_office(demo, lang, number):
    for path in documents(demo, f"{lang}.docx"):
        document = Document(str(path))
        assert set(styled(document, "Số ký hiệu")) == {number}
        assert [place for place in styled(document, "Địa danh") if re.search(r"\d", place)] == []
        assert styled(document, "Chữ ký") == []
        text = document.element.xml
        assert [word for word in ("(đã ký)", "đã ký)", "(signed)", "con dấu") if word in text] == []
        images = sum("image" in part.content_type for part in document.part.package.iter_parts())
        assert images <= len(document.inline_shapes)  # charts, and no seal


def test_reviews_of_2019_stand_on_the_ledger_of_their_days(demo):
    database = sqlite3.connect(demo.var / "phoihop.sqlite3")
    rows = database.execute(
        "SELECT r.slug, v.frozen_at, v.ledger_seq, (SELECT max(at) FROM reports_ledgerentry WHERE seq <= v.ledger_seq),"
        " (SELECT count(*) FROM reports_ledgerentry WHERE seq > v.ledger_seq AND at <= v.frozen_at)"
        " FROM reviews_reviewversion v JOIN reviews_review r ON r.id = v.review_id"
    ).fetchall()
    assert sorted(row[0] for row in rows) == sorted(SLUGS)
    for slug, frozen_at, seq, last, left_out in rows:
        assert (last <= frozen_at, left_out) == (True, 0), (slug, seq)


def test_no_words_are_put_into_anybodys_mouth(demo):
    database = sqlite3.connect(demo.var / "phoihop.sqlite3")
    assert database.execute("SELECT DISTINCT narrative FROM reports_reportversion").fetchall() == [("{}",)]
    for path in documents(demo, "vi.docx"):
        text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        assert "Chưa có đơn vị nào báo cáo bằng lời" in text


def test_reviews_of_2019_say_that_the_map_is_a_later_one(demo):
    words = "theo bản đồ hành chính giữa năm 2025, dùng ngược về trước"
    for slug, owed in (("so-ket-2019", True), ("so-ket-kon-tum-2019", True), ("so-ket-07-ba-nam", False)):
        document = Document(str(demo.var / "documents" / f"{slug}-vi.docx"))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert (text.count(words) >= 3) is owed, slug


def test_pdf_reads_as_vietnamese(demo):
    text = PdfReader(demo.var / "documents" / "so-ket-2019-vi.pdf").pages[0].extract_text()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "09/CTr-BCA-MTTQ" in text


def test_the_conference_of_2019_was_held_and_its_conclusions_became_tasks(demo):
    database = sqlite3.connect(demo.var / "phoihop.sqlite3")

    def ask(sql: str) -> list[tuple]:
        return database.execute(sql).fetchall()

    held = "FROM conferences_conference c JOIN conferences_site s ON s.conference_id = c.id"
    assert ask(f"SELECT c.slug, c.state, count(*) {held} GROUP BY c.id ORDER BY c.slug") == [
        ("hoi-nghi-2019", "closed", 64),
        ("hoi-nghi-so-ket-07", "invited", 64),
    ]
    kon_tum = (
        "FROM conferences_delegation d JOIN conferences_site s ON s.id = d.site_id JOIN areas_area a ON a.id = s.area_id"
        " JOIN conferences_conference c ON c.id = s.conference_id WHERE a.key = 'p63-62' AND c.slug = 'hoi-nghi-2019'"
    )
    delegations = ask(f'SELECT d.bloc, d.title_vi, d.posts {kon_tum} ORDER BY d."order", d.id')
    assert [(bloc, title, json.loads(posts)) for bloc, title, posts in delegations] == KON_TUM
    assert ask("SELECT count(*) FROM conferences_minutes WHERE frozen_at IS NOT NULL") == [(1,)]
    assert ask("SELECT substr(starts_at, 1, 16) FROM conferences_conference ORDER BY slug LIMIT 1") == [
        ("2019-03-11 07:00",)  # 14:00 in Ha Noi
    ]
    kinds = "SELECT kind FROM conferences_agendaitem WHERE conference_id = (SELECT id FROM conferences_conference WHERE slug = 'hoi-nghi-2019') ORDER BY \"order\""
    assert [kind for (kind,) in ask(kinds)] == [
        "opening", "opening", "report", "speech", "discussion", "award", "directive", "conclusion",
    ]  # fmt: skip
    (minutes,) = ask("SELECT drafted FROM conferences_minutes WHERE frozen_at IS NOT NULL")[0]
    (report,) = [each for each in json.loads(minutes)["items"] if each["kind"] == "report"]
    assert report["title"]["vi"] == "Báo cáo tóm tắt kết quả sơ kết các chương trình phối hợp"
    presenting = [each["post"]["vi"] for each in report["acts"] if each["presents"]]
    assert presenting == ["Phó Chủ tịch, Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"]
    wholes = ask(
        "SELECT verb_vi || ' ' || text_vi FROM assignments_assignment WHERE parent_id IS NULL ORDER BY id"
    )
    subjects = ("tuyên truyền", "Ngày hội", "từng lĩnh vực", "tự quản", "giám sát", "nòng cốt")
    assert [subject for subject in subjects if not any(subject in told for (told,) in wholes)] == []
    assert ask("SELECT count(*) FROM assignments_assignment WHERE parent_id IS NULL") == [(6,)]
    assert ask("SELECT count(*) FROM assignments_assignment WHERE parent_id IS NOT NULL") == [(2 * 63,)]


def test_the_conference_of_today_is_ready_to_run(demo):
    """Every site has its head, its technician and its codes; each duty an account of its own."""
    database = sqlite3.connect(demo.var / "phoihop.sqlite3")

    def ask(sql: str) -> list[tuple]:
        return database.execute(sql).fetchall()

    now = "conference_id = (SELECT id FROM conferences_conference WHERE slug = 'hoi-nghi-so-ket-07')"
    lacking = (
        "head_id IS NULL OR technical_post = '' OR technical_phone = '' OR handed_edition IS NOT code_edition"
    )
    assert ask(f"SELECT count(*) FROM conferences_site WHERE {now}") == [(64,)]
    assert ask(f"SELECT count(*) FROM conferences_site WHERE {now} AND ({lacking})") == [(0,)]
    officials = ask(f"SELECT duty, user_id, post_id FROM conferences_official WHERE {now}")
    assert sorted(duty for duty, _user, _post in officials) == [
        "chair", "chair", "director", "rapporteur", "secretary",
    ]  # fmt: skip
    assert len({user for _duty, user, _post in officials}) == 5
    assert None not in {each for _duty, *told in officials for each in told}
    shown = f"SELECT count(*) FROM conferences_agendaitem WHERE {now} AND figures LIKE '%chart:trend-B01%'"
    assert ask(shown) == [(2,)]
    items = f"SELECT count(*) FROM conferences_agendaitem WHERE {now} AND"
    assert ask(f"{items} visibility = 'internal'") == [(1,)]
    assert ask(f"{items} parent_id IS NOT NULL") == [(2,)]
    assert ask(f"{items} kind = 'report' AND presenter_id IS NOT NULL") == [(1,)]
    told = "FROM conferences_registeredspeech WHERE text LIKE '%(nội dung mô phỏng)%'"
    assert ask(f"SELECT count(*) {told} GROUP BY conference_id ORDER BY conference_id") == [(4,), (5,)]
    kept = "SELECT count(DISTINCT i.conference_id) FROM conferences_itemdocument d"
    assert ask(f"{kept} JOIN conferences_agendaitem i ON i.id = d.item_id") == [(2,)]


def test_the_next_review_tells_what_became_of_the_tasks(demo):
    database = sqlite3.connect(demo.var / "phoihop.sqlite3")
    [(context,)] = database.execute(
        "SELECT v.context FROM reviews_reviewversion v JOIN reviews_review r ON r.id = v.review_id"
        " WHERE r.slug = 'so-ket-07-ba-nam'"
    ).fetchall()
    told = json.loads(context)
    assert len([row for row in told["tables"]["tasks"]["rows"] if row["kind"] == "row"]) == 6
    words = " ".join(
        block.get("vi", "") for each in told["sections"] if each["key"] == "tasks" for block in each["blocks"]
    )
    before = "6 nhiệm vụ giao từ trước kỳ báo cáo, 0 nhiệm vụ giao trong kỳ"
    assert f"trong tổng số 6 nhiệm vụ ({before}): 4 hoàn thành đúng hạn; 1 hoàn thành quá hạn" in words
    assert "không phát sinh" not in words
    proposals = told["tables"]["proposals"]["rows"]
    assert len([row for row in proposals if row["kind"] == "row"]) == 2


def test_everything_holds_together(demo):
    assert demo.run("check").count("✓") == 10


def test_frozen_reviews_verify(demo):
    for slug in SLUGS:
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
