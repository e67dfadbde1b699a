"""Models are written by actions, and by the few places named here with the reason: whatever else wants a write calls one.

Read from the code itself, without running it. What a model, a manager or a queryset writes with is told from what a
dictionary, a hash or a workbook has of the same name by its arguments: a model's `save` and a queryset's `update` take
none by position.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

PACKAGE = Path(__file__).resolve().parents[1] / "phoihop"
ALWAYS = {"create", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
BY_NAME_ONLY = {"save", "update"}
OF_A_RELATION = {"add", "set", "remove", "clear"}
PREPARED = {"insert", "update"}  # of core.prepared

# Where models are written outside of actions, and why that is right.
NAMED = {
    "core/prepared.py": "the statements that actions write with",
    "audit/words.py": "seals of words: called by actions, in their transaction",
    "events/sealing.py": "seals of texts: called by actions, in their transaction",
    "exchange/programme_file/save.py": "one action over the models of two apps, called by apply.py in one transaction",
    "rollup/compute.py": "the mark of a run: derived from accepted reports, nobody acts",
    "rollup/ledger.py": "segments of the ledger, derived from accepted reports",
    "rollup/engines/sqlite.py": "rows of a temporary table in the engine's own database: no model",
    "rollup/live/applier.py": "the one applier: how far it came, and its tables emptied before a rebuild",
    "rollup/live/lists.py": "what the applier counted, derived",
    "rollup/live/tables.py": "the applier's partial sums, derived",
    "conferences/media/outbox.py": "whether the engine was told a command that an action wrote",
    "conferences/media/troubles.py": "whether the engine follows: what was found, nobody acts",
    "conferences/streams/connections.py": "which site was connected when: one thread writes for thousands of streams",
    "demo/foundation.py": "the people and posts of the demonstration",
    "demo/conferences/setting_up.py": "who chaired in 2019, and where that is told",
    "demo/conferences/today.py": "the people of the demonstration's conference",
    "demo/conferences/former_seats.py": "of which province's site that of a former seat is a part: no page asks it",
}


def writes_in(tree: ast.AST, relations: set[str]) -> Iterator[ast.expr]:
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "phoihop.core.prepared"
        for name in node.names
    }
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and _is_sql(node.value))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name):
            if call.func.id in PREPARED & imported:
                yield call
        elif isinstance(call.func, ast.Attribute) and _writes(call, call.func, relations):
            yield call


def _is_sql(value: object) -> bool:
    return isinstance(value, str) and value.lstrip().startswith(("INSERT INTO ", "UPDATE ", "DELETE FROM "))


def _writes(call: ast.Call, method: ast.Attribute, relations: set[str]) -> bool:
    name, owner = method.attr.removeprefix("a") if method.attr[1:] in ALWAYS else method.attr, method.value
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super":
        return False  # a model's own save, which folds a name before it is written
    if name in OF_A_RELATION:
        return isinstance(owner, ast.Attribute) and owner.attr in relations
    return name in ALWAYS or (name in BY_NAME_ONLY and not call.args)


def relations() -> set[str]:
    """The names by which rows of ours are joined many to many, from either side."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("phoihop.")]
    joined = [field for model in ours for field in model._meta.many_to_many]
    return {field.name for field in joined} | {
        field.remote_field.related_name or f"{field.model._meta.model_name}_set" for field in joined
    }


def is_action(path: Path) -> bool:
    return "actions" in path.parts or path.name == "actions.py" or "migrations" in path.parts


def found() -> dict[str, list[int]]:
    known, lines = relations(), {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE)
        if not is_action(name) and (calls := list(writes_in(ast.parse(path.read_text("utf-8")), known))):
            lines[name.as_posix()] = [call.lineno for call in calls]
    return lines


def test_nothing_but_an_action_writes_a_model() -> None:
    assert {name: lines for name, lines in found().items() if name not in NAMED} == {}


def test_every_named_exception_still_writes() -> None:
    assert NAMED.keys() - found().keys() == set()


@pytest.mark.parametrize(
    ("code", "is_write"),
    [
        ("report.save()", True),
        ("report.save(update_fields=['state'])", True),
        ("form.save()", True),
        ("Report.objects.create(period=period)", True),
        ("await Report.objects.acreate(period=period)", True),
        ("Report.objects.filter(pk=1).update(state='locked')", True),
        ("reports.delete()", True),
        ("version.pins.add(other)", True),
        ("form.programmes.set([one])", True),
        ("from phoihop.core.prepared import insert\ninsert([row])", True),
        ("cursor.execute(f'DELETE FROM {table}')", True),
        ("book.save(file)", False),
        ("digest.update(b'x')", False),
        ("found.update({'a': 1})", False),
        ("seen.add(1)", False),
        ("self.seen.add(1)", False),
        ("super().save(*args, **kwargs)", False),
        ("insert([row])", False),
    ],
)
def test_a_write_is_told_from_what_only_looks_like_one(code: str, is_write: bool) -> None:
    assert bool(list(writes_in(ast.parse(code), relations()))) is is_write
