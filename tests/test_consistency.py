"""The conventions of the house, held by tests rather than by reviewers."""

import ast
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.db.models import Model, UniqueConstraint
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "phoihop"
LICENCES = ROOT / "docs" / "licences" / "README.md"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield str(pattern.pattern), pattern.callback


def test_every_view_says_who_may_open_it() -> None:
    bare = [
        name
        for name, view in views(get_resolver().url_patterns)
        if not getattr(view, "access_declared", False)
    ]
    assert bare == []


def test_every_template_is_used() -> None:
    sources = [path.read_text("utf-8") for path in (*PACKAGE.glob("**/*.py"), *TEMPLATES)]
    text = "\n".join(sources)
    names = {str(path).rpartition("/templates/")[2] for path in TEMPLATES}
    assert {name for name in names if f'"{name}"' not in text and f"'{name}'" not in text} == {
        "base.html"
    } - {name for name in ["base.html"] if '"base.html"' in text}


def test_templates_carry_no_inline_style_or_script() -> None:
    """The Content-Security-Policy would drop them silently."""
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    assert [path.name for path in TEMPLATES if inline.search(path.read_text("utf-8"))] == []


def test_a_table_that_scrolls_is_reached_by_keyboard_and_has_a_name() -> None:
    areas = [
        (path.name, area)
        for path in TEMPLATES
        for area in re.findall(r'<div[^>]*class="table-scroll.*?>\n', path.read_text("utf-8"))
    ]
    assert len(areas) > 10
    wanted = ('tabindex="0"', 'role="region"', "aria-label")
    assert [area for area in areas if not all(each in area[1] for each in wanted)] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("missing", "every message has a Vietnamese translation"),
        ("unused", "every translation is used"),
    ],
)
def test_the_catalogue_has_every_message_and_no_other(asked: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, said), done.stdout


def test_no_translation_is_a_guess() -> None:
    catalogue = polib.pofile(str(ROOT / "locale/vi/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def _is_whole(model: type[Model]) -> bool:
    """Whether no two rows of one parent can be equal by the model's ordering; without one, whoever lists says it."""
    names = [
        str(getattr(each, "expression", each)).removeprefix("F(").strip("-)") for each in model._meta.ordering
    ]
    if not names or names[-1] == "pk":
        return True
    own = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    unique = [
        set(each.fields) & own
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and each.fields
    ]
    unique += [{field.name} for field in model._meta.concrete_fields if field.unique]
    return any(fields and fields <= set(names) for fields in unique)


def test_no_ordering_leaves_two_rows_to_chance() -> None:
    """A server gives equal rows in another order whenever it plans anew: the first indicator of a page would change."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("phoihop.")]
    assert [model._meta.label for model in ours if not _is_whole(model)] == []


def test_the_glossary_has_a_term_for_every_model() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("phoihop.")}
    assert {name for name in models if not re.search(rf"^\| `{name}` \|", glossary, re.MULTILINE)} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_carries_its_number_in_its_title(path: Path) -> None:
    number = path.name.partition("-")[0]
    assert path.read_text("utf-8").startswith(f"# {number}. ")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_component_stands_in_the_gallery() -> None:
    frame = {
        "demo_bar",
        "language_switch",
        "site_footer",
        "site_header",
    }  # on every page, so on the gallery too
    parts = {path.stem for path in (PACKAGE / "web/templates/components").glob("*.html")} - frame
    gallery = (PACKAGE / "web/templates/web/gallery.html").read_text("utf-8")
    assert {part for part in parts if part not in gallery} == set()


def test_what_is_committed_from_elsewhere_is_what_its_hash_says() -> None:
    """Fonts and htmx: every one of them listed with its licence, none changed since."""
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| .*\(([\w.-]+\.txt)\) \| ([0-9a-f]{64}) \|$",
        LICENCES.read_text("utf-8"),
        re.MULTILINE,
    )
    listed = {file: sha256 for file, _licence, sha256 in rows}
    folders = ("phoihop/web/static/web/vendor", "phoihop/web/static/web/fonts", "phoihop/reviews/fonts")
    there = {path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*.*")}
    assert listed.keys() == there
    assert listed == {file: hashlib.sha256((ROOT / file).read_bytes()).hexdigest() for file in listed}
    assert {licence for _file, licence, _hash in rows} == {
        path.name for path in LICENCES.parent.glob("*.txt")
    }


TYPED = {
    "reason", "note", "text", "title", "answer", "why", "said", "unit", "post", "name", "decision", "explanation",
    "message", "subject", "words", "comment",
}  # fmt: skip


def test_what_an_act_tells_the_audit_log_has_no_field_for_words() -> None:
    """Only seals of them (audit/words.py): what stands in the log can never be taken out. tests/audit tries the acts."""
    found = []
    for path in sorted(PACKAGE.glob("*/**/*.py")):
        text = path.read_text("utf-8")
        if re.search(r"\brecord(_many)?\(|\bevent\(", text) is None:
            continue
        for node in ast.walk(ast.parse(text)):
            found += [f"{path.relative_to(PACKAGE)}: {key}" for key in _told_by(node) if key in TYPED]
    assert found == []


def _told_by(node: ast.AST) -> Iterator[str]:
    """The keys of dictionaries that are, or go into, the details of an event."""
    names = [each.id for each in getattr(node, "targets", ()) if isinstance(each, ast.Name)]
    if isinstance(node, ast.Assign | ast.keyword) and {"details", "told"} & {
        *names,
        getattr(node, "arg", ""),
    }:
        yield from _keys(node.value)


def _keys(value: ast.AST) -> Iterator[str]:
    for each in ast.walk(value):
        if isinstance(each, ast.Dict):
            yield from (str(key.value) for key in each.keys if isinstance(key, ast.Constant))
