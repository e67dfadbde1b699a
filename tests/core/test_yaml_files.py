from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from django.utils import translation
from pydantic import Field

from phoihop.core.yaml_files import MAX_BYTES, FileRefused, Strict, parse_yaml, read_yaml


class Item(Strict):
    code: Annotated[str, Field(max_length=5)]
    day: date | None = None
    share: Annotated[int, Field(ge=0, le=100)] = 0
    open: bool = False


class Shape(Strict):
    format: Literal["test/1"]
    items: list[Item] = []
    names: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def refusal(text: str) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        parse_yaml(text, name="f.yaml").checked(Shape)
    return str(refused.value).splitlines()


GOOD = "format: test/1\nitems:\n  - {code: A, day: 2019-03-11, share: 5, open: true}\nnames:\n  a: b\n"


def test_a_good_file_becomes_typed_values() -> None:
    content = parse_yaml(GOOD, name="f.yaml").checked(Shape)
    assert content.items == [Item(code="A", day=date(2019, 3, 11), share=5, open=True)]
    assert content.names == {"a": "b"}


FAULTS = [
    ("format: test/1", "format: test/2", "f.yaml:1: format: “test/2” is not known. Allowed: test/1. Did you mean “test/1”?"),
    ("day: 2019-03-11", "day: 2019-13-11", "f.yaml:3: items[A].day: “2019-13-11” is not a day. Allowed: a day written as 2013-08-01, without quotes."),
    ("share: 5", "share: 500", "f.yaml:3: items[A].share: “500” is too large. Allowed: up to 100. Correct it."),
    ("share: 5", "share: -1", "f.yaml:3: items[A].share: “-1” is too small. Allowed: from 0 on. Correct it."),
    ("share: 5", "share: '5'", "f.yaml:3: items[A].share: “5” is not a number. Allowed: digits, with a decimal point where needed, without quotes."),
    ("open: true", "open: yes", "f.yaml:3: items[A].open: “yes” is neither yes nor no. Allowed: true, false."),
    ("code: A", "code: 7", "f.yaml:3: items[7].code: “7” is not text. Put it in quotes."),
    ("code: A", "code: ABCDEF", "f.yaml:3: items[ABCDEF].code: “ABCDEF” is too long. Allowed: at most 5 characters. Shorten it."),
    ("{code: A, ", "{", "f.yaml:3: items[1].code: It is missing. Write it, as in the other files of this kind."),
    ("names:", "name:", "f.yaml:4: name: “name” is not a field here. Allowed: format, items, names. Did you mean “names”?"),
    ("share: 5", "weight: 5", "f.yaml:3: items[A].weight: “weight” is not a field here. Allowed: code, day, share, open. Remove it or correct its name."),
    ("  a: b", "  - a", "f.yaml:4: names: A list is not a group of fields. Write each field as `name: value`, indented."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS)
def test_a_fault_names_file_line_field_value_and_what_is_allowed(
    right: str, wrong: str, sentence: str
) -> None:
    assert GOOD.count(right) == 1
    assert refusal(GOOD.replace(right, wrong)) == [sentence]


def test_all_faults_are_listed_at_once_in_order_of_lines() -> None:
    lines = refusal(GOOD.replace("test/1", "x").replace("share: 5", "share: 500").replace("a: b", "a: 1"))
    assert [line.split(": ")[0:2] for line in lines] == [
        ["f.yaml:1", "format"],
        ["f.yaml:3", "items[A].share"],
        ["f.yaml:5", "names.a"],
    ]


def test_sentences_are_vietnamese_by_default() -> None:
    with translation.override("vi"):
        assert refusal(GOOD.replace("share: 5", "share: 500")) == [
            "f.yaml:3: items[A].share: “500” quá lớn. Cho phép: tối đa 100. Hãy sửa lại."
        ]


UNREADABLE = [
    ("a: [1\nb: 2\n", "f.yaml:2: file: The line cannot be read as YAML"),
    (
        "format: test/1\nformat: test/1\n",
        "f.yaml:2: file: The line cannot be read as YAML (the field “format” stands twice)",
    ),
    ("a:\n\tb: 1\n", "f.yaml:2: file: The line cannot be read as YAML (a tab stands where only spaces may)"),
    (
        "a: @b\n",
        "f.yaml:1: file: The line cannot be read as YAML (a value that begins with a sign such as @ or % must",
    ),
    ("a: &b c\nd: *e\n", "f.yaml:2: file: The line cannot be read as YAML (found undefined alias"),
    ("- a\n", "f.yaml:1: file: The file must be a group of fields"),
    ("", "f.yaml:1: file: The file must be a group of fields"),
    ("names: &n {a: b}\nitems: *n\n", "f.yaml:1: file: Anchors (&name) and aliases (*name) are not used"),
    ("a: 1\nb: Kon Tum ti\u0309nh\n", "f.yaml:2: file: The marks stand apart from their letters (NFD)"),
]


@pytest.mark.parametrize(("text", "start"), UNREADABLE)
def test_an_unreadable_text_is_refused_with_its_line(text: str, start: str) -> None:
    lines = refusal(text)
    assert [line[: len(start)] for line in lines] == [start]


def test_a_file_must_be_utf8_and_small(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("format: tỉnh".encode("utf-16"))
    with pytest.raises(FileRefused, match="not UTF-8 from byte 1 on"):
        read_yaml(path)
    path.write_bytes(b"# " + b"x" * MAX_BYTES)
    with pytest.raises(FileRefused, match="At most 1048576 are read"):
        read_yaml(path)
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert read_yaml(path).checked(Shape).format == "test/1"
