"""A review as a web page: the document's own words, each figure a link, small counts protected."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from phoihop.areas.models import MapEpoch
from phoihop.core.storage import keep
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.reviews.actions import compose_review, freeze_review
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import ReviewFile, ReviewVersion
from phoihop.reviews.pages import review_page
from phoihop.reviews.pages.linked import linked_context, parts_of
from phoihop.reviews.queries import context_of
from phoihop.reviews.queries.public import hidden_figures, public_context
from phoihop.reviews.render.plan import build_plan
from tests.web.conftest import world as world  # noqa: PLC0414  the same world as the other pages
from tests.web.world import PageWorld, client_of

ADDRESS = "/so-ket/so-ket/"
SAMPLES = Path(__file__).parent / "samples"


def plain(page: Any) -> list[str]:
    return ["".join(part.text for part in piece.parts) for piece in page.body if hasattr(piece, "parts")]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_says_what_the_document_says(world: PageWorld, lang: Any) -> None:
    context = context_of(world.frozen(state="received"))
    plan = build_plan(context, lang)
    page = review_page(context, lang)
    said = [piece.text for piece in plan.body if hasattr(piece, "text")]
    assert plain(page) == said
    assert len(page.annexes) == len(plan.annexes)
    rows = [[cell.text for cell in row.cells] for row in page.annexes[0].pieces[0].rows]
    assert rows == [list(row.cells) for row in plan.annexes[0].pieces[0].rows]


def test_every_figure_of_a_sentence_opens_its_own_page(world: PageWorld) -> None:
    version = world.frozen(state="received")
    page = review_page(context_of(version), "vi")
    links = {part.href for piece in page.body for part in getattr(piece, "parts", ()) if part.href}
    assert links
    desk = client_of(world.told.base.central_desk)
    assert {desk.get(href).status_code for href in links} == {200}


def test_a_version_not_published_is_neither_named_nor_counted_to_who_only_reads(world: PageWorld) -> None:
    """Not in the list of reviews, nor on the page of the programme."""
    review = world.published()
    freeze_review(review=review, by=None, render=False)
    guest, desk = Client(), client_of(world.told.base.central_desk)
    programme = f"/chuong-trinh/{world.programme.slug}/"

    def told(client: Client) -> list[str]:
        pages = [client.get(address).content.decode() for address in ("/so-ket/", programme)]
        shown = [re.findall(r'class="tag \w*">(Đã công bố|Đã khóa|Bản thảo)<', page) for page in pages]
        return [*shown[0], *shown[1], *re.findall(r"Các phiên bản</dt>\s*<dd>(\d+)<", pages[0])]

    assert told(guest) == ["Đã công bố", "Đã công bố", "1"]
    assert told(desk) == ["Đã khóa", "Đã khóa", "2"]
    compose_review(review=review, by=None)
    assert told(guest) == ["Đã công bố", "Đã công bố", "1"]
    assert told(desk) == ["Bản thảo", "Bản thảo", "2"]


def test_text_that_looks_like_a_mark_stays_text() -> None:
    context = {"sections": [{"blocks": [{"kind": "sentence", "vi": "a [[B01|value]] <b>", "en": "a"}]}]}
    marked = linked_context(context)["sections"][0]["blocks"][0]["vi"]
    figure = {"B01": {"name": {"vi": "Cuộc"}, "lineage": "/so-lieu/"}}
    parts = parts_of(marked.replace("[[B01|value]]", "12"), figure, "vi")
    assert [(part.text, part.href) for part in parts] == [("a ", ""), ("12", "/so-lieu/"), (" <b>", "")]


def test_a_script_in_a_narrative_that_is_quoted_is_text(world: PageWorld) -> None:
    """In the draft, in a frozen version, and where the section is written."""
    script = "<script>alert(1)</script>"
    told = world.told
    version = correct_report(
        report=told.base.report_of(told.base.desk, told.period), cells={"B01": "10", "B02": "1100"}, by=None,
        narrative={"shortcomings": f"Kinh phí ít {script}"}, reason="Viết thêm", origin=Origin.FORM,
    )  # fmt: skip
    accept_report(report=version, by=None)
    world.frozen(state="received")
    desk = client_of(told.base.central_desk)
    for address in (f"{ADDRESS}?version=draft", f"{ADDRESS}?version=1", f"{ADDRESS}soan/muc/limits/"):
        page = desk.get(address).content.decode()
        assert escape(f"Kinh phí ít {script}") in page, address
        assert "<script>alert" not in page, address


def test_a_draft_is_there_only_for_its_own_people(world: PageWorld, client: Client) -> None:
    world.told.composed(state="received")
    assert client.get(ADDRESS).status_code == 404
    assert client_of(world.told.base.officer()).get(ADDRESS).status_code == 404
    page = client_of(world.told.base.central_desk).get(ADDRESS)
    assert page.status_code == 200
    assert "bản thảo" in page.content.decode()


def test_readers_get_the_version_published_for_them(world: PageWorld, client: Client) -> None:
    officer = client_of(world.told.base.officer())
    world.published(Audience.SIGNED_IN)
    assert (client.get(ADDRESS).status_code, officer.get(ADDRESS).status_code) == (404, 200)
    ReviewVersion.objects.update(audience=Audience.PUBLIC)
    assert client.get(ADDRESS).status_code == 200
    assert client.get(ADDRESS + "?version=draft").status_code == 404
    assert client.get(ADDRESS + "?version=2").status_code == 404
    assert [review.slug for review in client.get("/so-ket/").context["reviews"]] == ["so-ket"]


def test_the_page_names_the_hashes_that_verify_it(world: PageWorld, client: Client) -> None:
    world.published()
    version = ReviewVersion.objects.get()
    html = client.get(ADDRESS).content.decode()
    for code in (version.context_hash, version.figures_hash, version.sql_hash):
        assert code in html


def test_a_chart_is_drawn_for_who_may_read_the_review(world: PageWorld, client: Client) -> None:
    world.published()
    version = ReviewVersion.objects.get()
    sample = json.loads((SAMPLES / "provincial.json").read_text("utf-8"))["charts"]
    key = next(iter(sample))
    version.context = json.dumps({**context_of(version), "charts": sample})
    version.save()
    drawn = client.get(f"{ADDRESS}bieu-do/{key}.svg?version=1")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")
    assert client.get(f"{ADDRESS}bieu-do/nothing.svg").status_code == 404


def small(context: dict[str, Any]) -> dict[str, Any]:
    """The same context with three persons in one unit."""
    key = next(key for key in context["figures"] if key.startswith("B02@"))
    context["figures"][key]["value"] = "3"
    return context


def test_one_small_count_of_persons_hides_every_part_of_its_indicator(world: PageWorld) -> None:
    context = small(context_of(world.frozen(state="received")))
    hidden = hidden_figures(context["figures"])
    parts = {key for key, each in context["figures"].items() if each["indicator"] == "B02" and key != "B02"}
    assert {key for key in parts if not key.endswith(("#reported", "#expected", "#target"))} == hidden
    seen = public_context(context).context
    assert {seen["figures"][key]["value"] for key in hidden} <= {"<5", None}
    assert seen["figures"]["B02"]["value"] == "2000"
    assert "B01" in {each["indicator"] for each in seen["figures"].values() if each["value"]}


def test_a_small_total_hides_itself(world: PageWorld) -> None:
    context = context_of(world.frozen(state="received"))
    for key, each in context["figures"].items():
        if each["indicator"] == "B02" and "#" not in key:
            each["value"] = "4"
    assert "B02" in hidden_figures(context["figures"])
    page = review_page(public_context(context).context, "vi")
    assert any("&lt;5" in text or "<5" in text for text in plain(page))


def test_tables_show_no_protected_value(world: PageWorld) -> None:
    context = small(context_of(world.frozen(state="received")))
    seen = public_context(context)
    for table in seen.context["tables"].values():
        for row in table["rows"]:
            bound = row["figures"] or {}
            shown = {row["cells"].get(column) for column, key in bound.items() if key in seen.hidden}
            assert shown <= {"<5", None}


def test_nothing_is_hidden_where_no_count_is_small(world: PageWorld) -> None:
    context = context_of(world.frozen(state="received"))
    assert public_context(context).context is context


def test_a_file_is_handed_out_byte_for_byte_and_held_back_where_it_tells(
    world: PageWorld, client: Client
) -> None:
    world.published()
    version = ReviewVersion.objects.get()
    sha256, path = keep(b"%PDF-1.7 the very bytes")
    file = ReviewFile.objects.create(
        version=version, kind="pdf", name="so-ket.pdf", path=path, sha256=sha256, size_bytes=23,
        added_at=version.frozen_at,
    )  # fmt: skip
    address = f"{ADDRESS}tep/{file.pk}/"
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.7 the very bytes"
    version.context = json.dumps(small(context_of(version)))
    version.save()
    assert client.get(address).status_code == 403
    assert client_of(world.told.base.central_desk).get(address).status_code == 200
    assert client.get(f"{ADDRESS}tep/{file.pk + 1}/").status_code == 404


@pytest.mark.parametrize(("end", "owed"), [(date(2027, 7, 1), True), (date(2025, 7, 1), False)])
def test_page_says_that_its_map_is_a_later_one(
    world: PageWorld, client: Client, end: date, owed: bool
) -> None:
    MapEpoch.objects.all().delete()
    MapEpoch.objects.create(key="open", start=None, end=end)
    world.published()
    html = client.get(ADDRESS).content.decode()
    assert (html.count("dùng ngược về trước") >= 3) is owed  # the notice, the opening, Annex I


def test_guests_find_no_way_into_the_room(world: PageWorld, client: Client) -> None:
    world.published()
    assert "/soan/" not in client.get(ADDRESS).content.decode()
    assert "/soan/" in client_of(world.told.base.central_desk).get(ADDRESS).content.decode()
