"""The texts stay plain: what only one engine has, or what rounds, stays out."""

import re

import pytest

from phoihop.rollup.compute_steps import COVERAGE, PARTIALS, SPAN, SQL_DIR, all_steps, sql_hash

OUT_OF_BOUNDS = (
    r"\bOVER\s*\(", r"\bQUALIFY\b", r"::", r"\bDECIMAL\b", r"\bNUMERIC\b", r"\bDOUBLE\b", r"\bFLOAT\b", r"/",
    r"\bUSING\b", r"\bGROUP BY ALL\b", r"\bread_parquet\b", r"\bILIKE\b", r"\bLIMIT\b",
)  # fmt: skip


@pytest.mark.parametrize("name", all_steps())
def test_text_is_portable(name: str) -> None:
    text = re.sub(r"--.*", "", all_steps()[name].sql)
    assert [pattern for pattern in OUT_OF_BOUNDS if re.search(pattern, text, re.IGNORECASE)] == []


def test_every_text_has_its_place_in_the_order() -> None:
    numbers = [int(path.name[:2]) for path in sorted(SQL_DIR.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(all_steps()) == {*PARTIALS, *COVERAGE, *SPAN}


def test_only_one_step_reads_the_facts() -> None:
    reading = [step.name for step in all_steps().values() if re.search(r"\b(FROM|JOIN) fact\b", step.sql)]
    assert reading == ["lowest"]


def test_hash_changes_with_any_text(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sql_hash()
    steps = all_steps()
    monkeypatch.setitem(steps, "figure", steps["figure"]._replace(sql="SELECT 1"))
    assert sql_hash() != before
