"""The text of an expression as a tree. The grammar is in docs/how-to/write-a-rule.md."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from phoihop.reports.checks.expressions.refusal import Refusal

FUNCTIONS = {"given": 1, "missing": 1, "na": 1, "abs": 1, "decimals": 1, "sum": None}
WORDS = {"and", "or", "not"}
BINDING = {
    "or": 1, "and": 2,
    "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
BELOW_COMPARISON, OF_NOT, OF_MINUS = 4, 3, 7
COMPARISONS = {sign for sign, power in BINDING.items() if power == BELOW_COMPARISON}
LONGEST, DEEPEST = 500, 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))|(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?)"
    r"|'(?P<text>[^']*)'|(?P<sign>==|!=|<=|>=|[-+*/<>(),]))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Node:
    op: str  # "number", "text", "name", a function, "not", "negative", or a sign between two
    parts: tuple[Any, ...]  # nodes; one str for the first three
    at: int = 0

    def plain(self) -> list[Any]:
        """As JSON: ["+", ["name", "part.value"], ["number", "1.5"]]."""
        return [self.op, *(part.plain() if isinstance(part, Node) else part for part in self.parts)]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """Raises: Refusal with the sign at fault."""
    if len(text) > LONGEST:
        raise Refusal(
            _("The expression has more than %(most)d signs. Split the rule.") % {"most": LONGEST}, 0
        )
    reader = _Reader(list(_tokens(text)))
    tree = reader.expression(0)
    reader.expect("end")
    return tree


def substituted(node: Node, meanings: Mapping[str, Node]) -> Node:
    """The same tree with names replaced by what they stand for."""
    if node.op == "name":
        return meanings.get(node.parts[0], node)
    if node.op in {"number", "text"}:
        return node
    return Node(node.op, tuple(substituted(part, meanings) for part in node.parts), node.at)


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise Refusal(_unreadable(text[at:]), at)
        kind, found = match.lastgroup, match[match.lastgroup]
        start = match.start(kind) - (kind == "text")  # at its quote
        is_own_kind = kind == "sign" or (kind == "name" and found in WORDS)
        yield _Token(found if is_own_kind else kind, found, start)
        at = match.end()
    yield _Token("end", "", end)


class _Reader:
    """A Pratt parser: each sign binds its neighbours by its power."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def expect(self, kind: str) -> None:
        if self.next.kind != kind:
            raise Refusal(_unexpected(self.next), self.next.at)
        self.at += 1

    def expression(self, power: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refusal(_("The expression is nested more than %(most)d deep.") % {"most": DEEPEST}, 0)
        left = self.operand()
        while BINDING.get(self.next.kind, 0) > power:
            sign = self.take()
            left = Node(sign.kind, (left, self.expression(BINDING[sign.kind])), sign.at)
            if sign.kind in COMPARISONS and self.next.kind in COMPARISONS:
                raise Refusal(_("Compare two at a time: write “a <= b and b <= c”."), self.next.at)
        self.depth -= 1
        return left

    def operand(self) -> Node:
        token = self.take()
        opening: dict[str, Callable[[_Token], Node]] = {
            "number": lambda token: Node("number", (token.text,), token.at),
            "text": lambda token: Node("text", (token.text,), token.at),
            "name": self.named,
            "(": self.bracketed,
            "not": lambda token: Node("not", (self.expression(OF_NOT),), token.at),
            "-": lambda token: Node("negative", (self.expression(OF_MINUS),), token.at),
        }
        if token.kind not in opening:
            raise Refusal(_unexpected(token), token.at)
        return opening[token.kind](token)

    def bracketed(self, _bracket: _Token) -> Node:
        inside = self.expression(0)
        self.expect(")")
        return inside

    def named(self, token: _Token) -> Node:
        if self.next.kind != "(":
            return Node("name", (token.text,), token.at)
        if token.text not in FUNCTIONS:
            sentence = _("“%(name)s” is not a function. Allowed: %(allowed)s.")
            raise Refusal(sentence % {"name": token.text, "allowed": ", ".join(FUNCTIONS)}, token.at)
        self.take()
        parts = [self.expression(0)]
        while self.next.kind == ",":
            self.take()
            parts.append(self.expression(0))
        self.expect(")")
        if FUNCTIONS[token.text] not in {None, len(parts)}:
            raise Refusal(_("“%(name)s” takes one value.") % {"name": token.text}, token.at)
        return Node(token.text, tuple(parts), token.at)


def _unexpected(token: _Token) -> str:
    if token.kind == "end":
        return _("The expression ends too early. Write what is to follow.")
    return _("“%(sign)s” cannot stand here. Look at the signs and brackets around it.") % {"sign": token.text}


def _unreadable(rest: str) -> str:
    sentence = _(
        "“%(rest)s” cannot be read. Allowed: names, numbers with a point, 'text', + - * / == != < <= > >= and or not, "
        "brackets, and the functions %(functions)s."
    )
    return sentence % {"rest": rest[:20], "functions": ", ".join(FUNCTIONS)}
