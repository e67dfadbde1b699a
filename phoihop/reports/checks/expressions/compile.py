"""A tree as Python functions, made once: what is known beforehand is reckoned then and there."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from phoihop.reports.checks.expressions.parse import Node
from phoihop.reports.checks.expressions.states import MISSING, NA, decimals, divided, literal, summed

Getter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Constant:
    value: Any


Part = Constant | Getter
Bind = Callable[[str], Part]  # what a name stands for: always the same, or read from what is checked

_BETWEEN: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": divided,
    "==": operator.eq, "!=": operator.ne,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_OF_ONE: dict[str, Callable[[Any], Any]] = {
    "negative": operator.neg,
    "abs": abs,
    "decimals": decimals,
    "not": operator.not_,
    "given": lambda value: value is not MISSING and value is not NA,
    "missing": lambda value: value is MISSING,
    "na": lambda value: value is NA,
}


def compiled(node: Node, bind: Bind) -> Part:
    match node.op:
        case "number":
            return Constant(literal(node.parts[0]))
        case "text":
            return Constant(node.parts[0])
        case "name":
            return bind(node.parts[0])
    parts = [compiled(part, bind) for part in node.parts]
    match node.op:
        case "and" | "or":
            return _joined(node.op, parts[0], parts[1])
        case "sum":
            return _of_many(parts)
    return _of_one(_OF_ONE[node.op], parts[0]) if len(parts) == 1 else _between(_BETWEEN[node.op], *parts)


def getter(part: Part) -> Getter:
    if isinstance(part, Constant):
        value = part.value
        return lambda _of: value
    return part


def _joined(op: str, left: Part, right: Part) -> Part:
    settles = op == "or"  # the value that leaves nothing to ask
    for this, other in ((left, right), (right, left)):
        if isinstance(this, Constant):
            return this if this.value is settles else other
    first, second = getter(left), getter(right)
    if settles:
        return lambda of: first(of) or second(of)
    return lambda of: first(of) and second(of)


def _between(operate: Callable[[Any, Any], Any], left: Part, right: Part) -> Part:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return Constant(operate(left.value, right.value))
    if isinstance(right, Constant):
        return _with_constant(operate, getter(left), right.value)
    first, second = getter(left), getter(right)
    return lambda of: operate(first(of), second(of))


def _with_constant(operate: Callable[[Any, Any], Any], left: Getter, right: Any) -> Part:
    if operate is not divided and right is MISSING:
        return Constant(operate(MISSING, MISSING))
    return lambda of: operate(left(of), right)


def _of_one(operate: Callable[[Any], Any], part: Part) -> Part:
    if isinstance(part, Constant):
        return Constant(operate(part.value))
    return lambda of: operate(part(of))


def _of_many(parts: list[Part]) -> Part:
    if all(isinstance(part, Constant) for part in parts):
        return Constant(summed(*(part.value for part in parts if isinstance(part, Constant))))
    getters = [getter(part) for part in parts]
    return lambda of: summed(*(get(of) for get in getters))
