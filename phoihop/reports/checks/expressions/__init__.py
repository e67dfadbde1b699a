from phoihop.reports.checks.expressions.compile import Bind, Constant, Getter, Part, compiled
from phoihop.reports.checks.expressions.kinds import Kind, kind_of
from phoihop.reports.checks.expressions.parse import Node, parse, substituted
from phoihop.reports.checks.expressions.refusal import Refusal
from phoihop.reports.checks.expressions.states import MISSING, NA, state

__all__ = [
    "MISSING",
    "NA",
    "Bind",
    "Constant",
    "Getter",
    "Kind",
    "Node",
    "Part",
    "Refusal",
    "compiled",
    "kind_of",
    "parse",
    "state",
    "substituted",
]
