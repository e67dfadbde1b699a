"""What the shipped data must be, read without Django: complete, bilingual, sourced, and silent on refused topics."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2] / "phoihop"
INDICATORS_DIR = ROOT / "indicators" / "data"
PROGRAMMES_DIR = ROOT / "programmes" / "data"
FILES = sorted([*INDICATORS_DIR.glob("*.yaml"), *PROGRAMMES_DIR.glob("*.yaml")])
PROGRAMME_FILES = sorted(PROGRAMMES_DIR.glob("chuong-trinh-*.yaml"))

# The codes starred in section 7 of the domain notes.
CORE_NUMBERS = {
    "A": (1, 2, 3, 4, 5, 7),
    "B": (1, 2, 3, 6),
    "C": (1, 2, 3, 5, 6, 7, 8, 9, 11),
    "D": (1, 2, 3, 4, 9),
    "E": (1, 2, 3, 4),
    "F": (1, 2, 3, 4, 8, 9, 10, 11),
    "G": (1, 2, 3, 6),
    "H": (1, 3, 4, 5, 8, 9, 10, 11, 12),
    "K": (1, 2, 3, 5, 6),
}
CORE = [f"{block}{number:02d}" for block, numbers in CORE_NUMBERS.items() for number in numbers]
PARTIES = {
    "police",
    "front",
    "mass_mobilisation",
    "member_organisation",
    "steering_committee",
    "party_committee",
}
LEVELS = ["commune", "province", "nation"]


def load(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


CATALOGUE = load(INDICATORS_DIR / "indicators.yaml")
ITEMS = {item["code"]: item for item in CATALOGUE["indicators"]}
CLAIMS = load(INDICATORS_DIR / "claims.yaml")
ORGANISATIONS = load(PROGRAMMES_DIR / "organisations.yaml")
POSTS = load(PROGRAMMES_DIR / "posts.yaml")
SLUGS = {each["slug"] for each in ORGANISATIONS["organisations"]}
PROGRAMMES = [load(path) for path in PROGRAMME_FILES]


def refused_in(text: str) -> list[str]:
    words = [word for topic in CATALOGUE["refused"] for word in topic["words_vi"] + topic["words_en"]]
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]


def groups_in(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from groups_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from groups_in(value)


def sections_in(outline: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in outline:
        yield section
        yield from sections_in(section.get("sections", []))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_data_file_is_nfc(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.normalize("NFC", text) == text


# Where the Vietnamese stands under the bare name.
BARE = {"claims.yaml": {"window_text"}, "chuong-trinh": {"note", "signed_on_note"}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_has_both_languages(path: Path) -> None:
    bare = BARE.get(path.name) or BARE.get(path.stem[:-3], set())
    for group in groups_in(load(path)):
        for key in group:
            if key.endswith(("_vi", "_en")) and key != "signing_vi":
                stem = key[:-3]
                assert group.get(stem if stem in bare else f"{stem}_vi"), (stem, group)
                assert group.get(f"{stem}_en"), (stem, group)
        if "vi" in group or "en" in group:
            assert all(group.get(language) for language in ("vi", "en")), group


def test_core_codes_are_the_starred_ones() -> None:
    assert [code for code, item in ITEMS.items() if item["core"]] == CORE
    assert len(CORE) == 54


def test_indicator_codes_are_unique() -> None:
    assert len(ITEMS) == len(CATALOGUE["indicators"])


def test_every_indicator_stands_in_a_named_block() -> None:
    assert {item["block"] for item in ITEMS.values()} == {block["code"] for block in CATALOGUE["blocks"]}


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_operands_exist_exactly_where_recomputed(item: dict[str, Any]) -> None:
    rules = item["rules"]
    is_recomputed = rules["time"] == "recompute"
    assert (rules["units"] == "recompute") == is_recomputed
    assert ("numerator" in item) == is_recomputed
    if is_recomputed:
        parts = [ITEMS[item["numerator"]], ITEMS[item["denominator"]]]
        assert [part["rules"]["time"] for part in parts if part["rules"]["time"] == "recompute"] == []
        assert {part["window"] for part in parts} == {item["window"]}
        assert item["factor"] == 100


def test_every_operand_serves_a_ratio() -> None:
    operands = {
        item[side] for item in ITEMS.values() if "numerator" in item for side in ("numerator", "denominator")
    }
    assert {code for code, item in ITEMS.items() if not item["core"]} <= operands


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_entered_indicators_name_who_counts_and_computed_ones_nobody(item: dict[str, Any]) -> None:
    is_entered = item["kind"] not in ("ratio", "system")
    assert bool(item["levels"]) == is_entered
    assert set(item["counting_party"]) == (set(LEVELS) if is_entered else set())
    assert set(item["asked_of"]) == set(item["levels"])
    for level, asked in item["asked_of"].items():
        assert item["counting_party"][level] in asked
        assert set(asked) <= PARTIES


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_rules_follow_the_kind(item: dict[str, Any]) -> None:
    time, units = item["rules"]["time"], item["rules"]["units"]
    expected = {"flow": [("add", "add")], "stock": [("last", "add")], "ratio": [("recompute", "recompute")]}
    if item["kind"] in expected:
        assert (time, units) in expected[item["kind"]]
    if item["kind"] == "distinct":
        assert units == ("add" if item["code"] == "E01" else "none")


def test_only_the_desks_own_duties_have_a_direction() -> None:
    assert {code: item["direction"] for code, item in ITEMS.items() if item["direction"] != "none"} == {
        "H05": "up",
        "K02": "up",
        "K03": "down",
        "K05": "up",
        "K06": "up",
    }


def test_counts_of_persons_declare_whom_they_count() -> None:
    in_persons = {"người", "lượt người"}
    assert {code for code, item in ITEMS.items() if item["unit_vi"] in in_persons} == {
        code for code, item in ITEMS.items() if item["persons"] != "none"
    }


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_plausible_ranges_are_in_order(item: dict[str, Any]) -> None:
    assert all(0 <= low <= high for low, high in item["range"].values())
    assert set(item["levels"]) <= set(item["range"])
    assert bool(item["range"]) == (item["range_source"] != "none")


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_no_indicator_counts_a_refused_topic(item: dict[str, Any]) -> None:
    assert refused_in(" ; ".join([item["name_vi"], item["name_en"], item["unit_vi"], item["unit_en"]])) == []


def test_refused_words_are_found_whole_and_in_any_case() -> None:
    assert refused_in("Số Tin Báo tiếp nhận") == ["tin báo"]
    assert refused_in("Repetition of a competition; tin, bài, phóng sự") == []


UNWANTED = [
    *("Hộ đăng ký an toàn về an ninh, trật tự", "Số hộ nghèo được giúp đỡ", "Nguồn tin có giá trị"),
    *("Thông tin về tội phạm tiếp nhận", "Số người bị bắt", "Số người dân tộc Ba Na tham gia"),
    *("Giáo dân tham gia", "Đối tượng được quản lý, giáo dục", "Vũ khí thu hồi", "Weapons handed in"),
]


@pytest.mark.parametrize("name", UNWANTED)
def test_the_usual_names_of_refused_topics_are_found(name: str) -> None:
    assert refused_in(name) != []


def test_names_that_only_share_a_syllable_are_not() -> None:
    assert refused_in("Số tiền ủng hộ; Ngày hội Đại đoàn kết toàn dân tộc; Kiến nghị sau giám sát") == []


def test_claim_ids_are_unique() -> None:
    assert len({claim["id"] for claim in CLAIMS["claims"]}) == len(CLAIMS["claims"])


@pytest.mark.parametrize("claim", CLAIMS["claims"], ids=lambda claim: claim["id"])
def test_claim_is_sourced_dated_and_exact(claim: dict[str, Any]) -> None:
    assert claim["source"]
    assert set(claim["source"]) <= set(CLAIMS["sources"])
    assert ("indicator" in claim) != ("measure_vi" in claim)
    assert "indicator" not in claim or claim["indicator"] in ITEMS
    assert isinstance(claim["window"]["from"], date)
    assert claim["window"]["from"] <= claim["window"]["to"]
    assert str(Decimal(claim["value"])) == claim["value"]
    assert claim["qualifier"] in {"exact", "more_than", "nearly", "about"}


@pytest.mark.parametrize("claim", CLAIMS["claims"], ids=lambda claim: claim["id"])
def test_claim_touches_no_refused_topic(claim: dict[str, Any]) -> None:
    said = ("measure_vi", "measure_en", "unit_vi", "unit_en", "note_vi", "note_en")
    assert refused_in(" ; ".join(claim.get(key, "") for key in said)) == []


def test_every_claim_source_is_used_and_has_an_address() -> None:
    assert {source for claim in CLAIMS["claims"] for source in claim["source"]} == set(CLAIMS["sources"])
    assert all(each["title"] and each["urls"] for each in CLAIMS["sources"].values())


def test_contradicting_claims_stand_side_by_side() -> None:
    def values(area: dict[str, Any], **what: str) -> set[str]:
        wanted = {"area": area, **what}
        return {
            c["value"] for c in CLAIMS["claims"] if all(c.get(key) == value for key, value in wanted.items())
        }

    assert values({"province": "Kon Tum"}, indicator="C01") == {"2250", "48"}
    assert values({"province": "Hà Nội"}, indicator="C01") == {"1616", "495", "600", "175"}
    assert values({"nation": True}, indicator="C01") == {"700", "2500", "4300"}
    assert values({"nation": True}, measure_vi="Tổ hòa giải ở cơ sở") == {"36361", "86178"}


def test_claims_name_areas_of_their_map() -> None:
    with (ROOT / "areas" / "data" / "areas.csv").open(encoding="utf-8") as rows:
        units = list(csv.DictReader(rows))
    ended = {(u["level"], u["name"]) for u in units if not u["valid_from"]}
    current = {(u["level"], u["name"]) for u in units if not u["valid_until"]}
    for claim in CLAIMS["claims"]:
        on_map = {63: ended, 34: current}[claim["map"]]
        named = {(level, name) for level, name in claim["area"].items() if level != "nation"}
        assert named <= on_map, claim["id"]
        assert named or claim["area"] == {"nation": True}


def test_four_programmes_are_there() -> None:
    assert [programme["slug"] for programme in PROGRAMMES] == [
        f"chuong-trinh-{n}" for n in ("07", "09", "22", "38")
    ]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme["slug"])
def test_programme_refers_only_to_what_exists(programme: dict[str, Any]) -> None:
    contents = [content["code"] for content in programme["contents"]]
    slugs = {each["slug"] for each in PROGRAMMES}
    assert {programme["predecessor"], programme["successor"]} - {None} <= slugs
    assert {party["organisation"] for party in programme["parties"]} <= SLUGS
    assert {row["owner"] for row in programme["contents"] + programme["plan"]} <= SLUGS
    assert {row["content"] for row in programme["plan"]} <= set(contents)
    assert {row["content"] for row in programme["indicators"]} <= {*contents, None}
    assert (programme["kind"] == "action") == (len(programme["parties"]) == 1)
    assert {p["party"] for local in programme["local_versions"] for p in local["parties"]} <= PARTIES


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme["slug"])
def test_programme_selects_each_indicator_once_with_its_operands(programme: dict[str, Any]) -> None:
    selected = [row["code"] for row in programme["indicators"]]
    assert len(selected) == len(set(selected))
    assert set(selected) <= set(ITEMS)
    parts = {
        ITEMS[code][side]
        for code in selected
        if "numerator" in ITEMS[code]
        for side in ("numerator", "denominator")
    }
    assert parts <= set(selected)


def test_programme_07_selects_every_core_indicator() -> None:
    selected = {row["code"] for row in PROGRAMMES[0]["indicators"]}
    assert set(CORE) - selected == set()


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme["slug"])
def test_outline_has_one_subsection_per_content_and_shows_only_selected_figures(
    programme: dict[str, Any],
) -> None:
    contents = [content["code"] for content in programme["contents"]]
    selected = {row["code"] for row in programme["indicators"]}
    sections = list(sections_in(programme["review"]["outline"]))
    results = next(section for section in sections if section["kind"] == "contents")
    assert len({section["key"] for section in sections}) == len(sections)
    assert results["contents"] == contents
    assert [section["contents"] for section in results["sections"]] == [[code] for code in contents]
    assert {code for section in sections for code in section.get("indicators", [])} <= selected


@pytest.mark.parametrize(
    ("slug", "years", "start", "end"),
    [
        ("chuong-trinh-07", 3, date(2023, 10, 17), date(2026, 10, 16)),
        ("chuong-trinh-09", 5, date(2013, 12, 15), date(2018, 12, 14)),
        ("chuong-trinh-22", 5, date(2013, 12, 15), date(2018, 12, 14)),
        ("chuong-trinh-38", 2, date(2016, 6, 15), date(2018, 6, 14)),
    ],
)
def test_reviews_cover_the_years_they_name(slug: str, years: int, start: date, end: date) -> None:
    programme = next(each for each in PROGRAMMES if each["slug"] == slug)
    review = programme["review"]["reviews"][0]
    assert (review["kind"], review["years"], review["from"], review["to"]) == ("interim", years, start, end)
    assert programme["term"]["from"] <= start <= end <= programme["term"]["to"]


def test_heirs_and_predecessors_name_each_other_on_the_same_day() -> None:
    heirs = {
        (o["slug"], link["slug"], link["on"])
        for o in ORGANISATIONS["organisations"]
        for link in o["successors"]
    }
    sources = {
        (link["slug"], o["slug"], link["on"])
        for o in ORGANISATIONS["organisations"]
        for link in o["predecessors"]
    }
    assert heirs == sources
    by_slug = {o["slug"]: o for o in ORGANISATIONS["organisations"]}
    for old, new, day in heirs:
        assert by_slug[old]["valid_until"] == by_slug[new]["valid_from"] == day


def test_templates_hand_over_without_gap_or_overlap() -> None:
    templates = {each["key"]: each for each in ORGANISATIONS["templates"]}
    assert len(templates) == len(ORGANISATIONS["templates"])
    for each in templates.values():
        assert each["party"] in PARTIES
        assert re.search(r"\{(full_name|name)\}$", each["name_vi"])
        if heir := each.get("heir"):
            assert templates[heir]["valid_from"] == each["valid_until"]
            assert (templates[heir]["level"], templates[heir]["party"]) == (each["level"], each["party"])


def test_member_organisations_of_an_area_name_the_central_body_above() -> None:
    central = {
        each["slug"] for each in ORGANISATIONS["organisations"] if each["party"] == "member_organisation"
    }
    templates = ORGANISATIONS["templates"]
    assert {t.get("superior") for t in templates if t["party"] == "member_organisation"} == central
    assert {t.get("superior") for t in templates if t["party"] != "member_organisation"} == {None}


def test_district_bodies_end_with_the_district() -> None:
    ends = {
        each["key"]: each["valid_until"] for each in ORGANISATIONS["templates"] if each["level"] == "district"
    }
    assert ends.pop("police-district") == date(2025, 3, 1)
    assert {end for key, end in ends.items() if not key.startswith("mass-mobilisation-")} == {
        date(2025, 7, 1)
    }


def test_posts_belong_to_known_bodies() -> None:
    assert {post["organisation"] for post in POSTS["posts"]} == SLUGS
    assert {post["party"] for post in POSTS["templates"]} <= PARTIES
