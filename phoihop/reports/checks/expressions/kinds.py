"""Whether the parts of an expression fit each other: found when a rule is read, never while it runs."""

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum

from django.utils.translation import gettext as _

from phoihop.reports.checks.expressions.parse import COMPARISONS, Node
from phoihop.reports.checks.expressions.refusal import Refusal


class Kind(StrEnum):
    NUMBER = "number"
    YES_NO = "yes or no"
    TEXT = "text"


_TAKES = {
    **dict.fromkeys(("+", "-", "*", "/", "negative", "abs", "sum", "decimals"), (Kind.NUMBER, Kind.NUMBER)),
    **dict.fromkeys(("given", "missing", "na"), (Kind.NUMBER, Kind.YES_NO)),
    **dict.fromkeys(("<", "<=", ">", ">="), (Kind.NUMBER, Kind.YES_NO)),
    **dict.fromkeys(("and", "or", "not"), (Kind.YES_NO, Kind.YES_NO)),
}


def kind_of(node: Node, names: Mapping[str, Kind]) -> Kind:
    """Raises: Refusal for an unknown name, or for parts that cannot stand together."""
    if node.op in {"number", "text"}:
        return Kind(node.op)
    if node.op == "name":
        return _named(node, names)
    kinds = [kind_of(part, names) for part in node.parts]
    if node.op in COMPARISONS - _TAKES.keys():
        _require(node.parts[1], kinds[1], kinds[0])
        return Kind.YES_NO
    wanted, result = _TAKES[node.op]
    for part, kind in zip(node.parts, kinds, strict=True):
        _require(part, kind, wanted)
    return result


def _named(node: Node, names: Mapping[str, Kind]) -> Kind:
    name = node.parts[0]
    if name in names:
        return names[name]
    near = get_close_matches(name, names, n=1)
    sentence = _("“%(name)s” is not a name here. Allowed: %(allowed)s.")
    if near:
        sentence = _("“%(name)s” is not a name here. Did you mean “%(near)s”? Allowed: %(allowed)s.")
    raise Refusal(
        sentence % {"name": name, "near": "".join(near), "allowed": ", ".join(sorted(names))}, node.at
    )


def _require(node: Node, kind: Kind, wanted: Kind) -> None:
    if kind != wanted:
        words = {Kind.NUMBER: _("a number"), Kind.YES_NO: _("yes or no"), Kind.TEXT: _("text")}
        sentence = _("This part is %(kind)s, and %(wanted)s is needed here.")
        raise Refusal(sentence % {"kind": words[kind], "wanted": words[wanted]}, node.at)
