"""Each page in each language holds no word of the other's interface."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from ruamel.yaml import YAML

from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from tests.web.world import PageWorld, client_of

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"
PROGRAMMES = sorted((settings.PACKAGE_DIR / "programmes" / "data").glob("chuong-trinh-*.yaml"))
CLAIMS = settings.PACKAGE_DIR / "indicators" / "data" / "claims.yaml"
LONG = 14  # shorter words may be names, codes or the same in both languages


def addresses(world: PageWorld) -> list[str]:
    report = world.told.base.report_of(world.told.units[0])
    return [
        "/", f"/chuong-trinh/{world.programme.slug}/", world.dashboard, world.figure("B01"), world.figure("K05"),
        f"/dia-phuong/{world.area('province')}/", "/dia-phuong/?q=xyz", "/chi-tieu/", "/chi-tieu/B01/",
        "/so-lieu-cong-bo/", "/so-ket/", "/so-ket/so-ket/", f"/bao-cao/{report.pk}/", "/nguyen-tac/", "/tinh-trang/",
        "/gallery/", "/khong-co/",
    ]  # fmt: skip


def visible(html: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def sentences(english: bool) -> list[str]:
    """Whole messages of the other language that this page must not show."""
    entries = [
        entry for entry in polib.pofile(str(CATALOGUE)) if not entry.msgid_plural and "%" not in entry.msgid
    ]
    texts = [(entry.msgid, entry.msgstr) for entry in entries]
    return [
        other
        for own, other in (texts if english else [(b, a) for a, b in texts])
        if len(other) > LONG and other != own
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_speaks_one_language(world: PageWorld, language: str) -> None:
    world.published()
    client: Client = client_of(world.told.base.central_desk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    foreign = sentences(english=language == "en")
    for address in addresses(world):
        response = client.get(address)
        shown = visible(response.content.decode())
        assert response.headers["Content-Language"] == language
        assert [text for text in foreign if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown)] == [], (
            address
        )


def test_no_vietnamese_stands_on_an_english_page_but_names(world: PageWorld) -> None:
    """Texts of files too: a note, a target, a time. Proper names, quotations and what is marked as Vietnamese may stay."""
    world.published()
    client: Client = client_of(world.told.base.central_desk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    names = proper_names(world)
    left = {
        address: [
            text for text in english_texts(client.get(address).content.decode()) if is_foreign(text, names)
        ]
        for address in addresses(world)
    }
    assert {address: texts for address, texts in left.items() if texts} == {}


def test_years_are_written_without_separators(world: PageWorld) -> None:
    html = (
        client_of(world.told.base.central_desk).get(f"/chuong-trinh/{world.programme.slug}/").content.decode()
    )
    assert "<h3>2026</h3>" in html


@pytest.mark.parametrize("file", [*PROGRAMMES, CLAIMS], ids=lambda file: file.stem)
def test_what_a_file_notes_is_said_in_english_too(file: Path) -> None:
    lines = dict(leaves(YAML(typ="safe").load(file)))
    noted = {
        path: text
        for path, text in lines.items()
        if path.endswith(("note", "note_vi", "window_text")) and text
    }
    assert noted
    english = {path: lines.get(f"{path.removesuffix('_vi')}_en", "") for path in noted}
    assert [path for path, text in english.items() if not text] == []
    names = ["Hà Nội", "Đất Đỏ", "Long Đất"]
    quoted = {path: re.sub(r'"[^"]*"', " ", text) for path, text in english.items()}
    assert [text for text in quoted.values() if is_foreign(text, names)] == []


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict | list):
        for key, each in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(each, f"{path}/{key}")
    else:
        yield path, str(node)


def proper_names(world: PageWorld) -> list[str]:
    """Longest first, so that a part of a name is not left over."""
    areas = [name for row in Area.objects.values_list("full_name", "name") for name in row]
    bodies = Organisation.objects.values_list("name_vi", flat=True)
    return sorted(
        {"Phối Hợp", "Hà Nội", world.programme.number, *areas, *bodies} - {""}, key=len, reverse=True
    )


def is_foreign(text: str, names: list[str]) -> bool:
    bare = re.sub(r"“[^”]*”", " ", text)
    for name in names:
        bare = bare.replace(name, " ")
    letters = unicodedata.normalize("NFD", bare)
    return bool(re.search("[đĐ]|[a-zA-Z][\u0300-\u0309\u031b\u0323]", letters))


def english_texts(html: str) -> list[str]:
    reader = _English()
    reader.feed(html)
    return reader.found


class _English(HTMLParser):
    """Every text of a page that nothing above it marks as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "img", "input", "link", "meta", "hr", "col"}:
            self.open.append((tag, dict(attrs).get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while any(opened == tag for opened, _lang in self.open):
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        languages = [lang for _tag, lang in self.open if lang]
        if data.strip() and "script" not in {tag for tag, _lang in self.open} and languages[-1:] != ["vi"]:
            self.found.append(" ".join(data.split()))


@pytest.mark.parametrize(("language", "written"), [("vi", "5.019 số liệu"), ("en", "5,019 figures")])
@pytest.mark.parametrize("template", ["reviews/review/moved.html", "reviews/review/quote_moved.html"])
def test_a_count_of_thousands_is_written_as_other_numbers_are(
    template: str, language: str, written: str
) -> None:
    review = SimpleNamespace(title_vi="Sơ kết", title_en="Review")
    version = SimpleNamespace(number=1, review=review)
    check = SimpleNamespace(changed=5019, quoted=5019, moved_at=clock.now(), version=version)
    quotes = [SimpleNamespace(review=review, check=check, later=None)]
    with override(language):
        assert written in render_to_string(template, {"check": check, "quotes": quotes})
