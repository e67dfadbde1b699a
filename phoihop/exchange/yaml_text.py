"""A document as YAML that people read: comments, short groups on one line, prose in quotes."""

import sys
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

Lines = tuple[str, ...]
_ON_ONE_LINE = 110


class _Representer(RoundTripRepresenter):
    """Writes null as the word, so that nobody takes an empty place for a slip."""


_Representer.add_representer(
    type(None), lambda representer, _none: representer.represent_scalar("tag:yaml.org,2002:null", "null")
)


def commented_yaml(said: dict[str, Any], top: Lines, before: Mapping[str, Lines]) -> str:
    """`top` stands above everything, `before` above the fields it names; the lines are told in the user's language."""
    root = _block(said)
    root.yaml_set_start_comment(_told(top))
    for key, lines in before.items():
        if key in root:
            root.yaml_set_comment_before_after_key(key, before=f"\n{_told(lines)}")
    out = StringIO()
    _yaml().dump(root, out)
    return out.getvalue()


def _told(lines: tuple[str, ...]) -> str:
    return "\n".join(map(gettext, lines))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = sys.maxsize
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _block(value: dict[str, Any]) -> CommentedMap:
    block = CommentedMap()
    for key, each in value.items():
        block[str(key)] = _node(each, str(key))
    return block


def _node(value: Any, key: str) -> Any:
    match value:
        case dict():
            return _flow_if_short(_block(value))
        case list():
            sequence = CommentedSeq(_node(each, key) for each in value)
            if all(not isinstance(each, dict | list) for each in value):
                sequence.fa.set_flow_style()
            return sequence
        case str() if key in _WORDS:
            return str(value)
        case str():
            return Quoted(str(value))
        case _:
            return value


# Fields whose values are words of the format or names of things, never prose: written without quotes.
_WORDS = {
    "format", "slug", "kind", "level", "predecessor", "successor", "localises", "organisation", "role", "owner", "period", "levels",
    "commune", "district", "province", "nation", "indicators", "annexes", "key", "party", "window", "programmes",
}  # fmt: skip
# What keeps a group off one line: a title, and a term; an item that names its level or area is short for all that.
_NEVER_SHORT = {"vi", "from"}
_SHORT_ITEM = {"area"}


def _flow_if_short(block: CommentedMap) -> CommentedMap:
    """{code: A01, content: null} on one line; a title or a term, and whatever is long, below each other."""
    simple = all(not isinstance(each, CommentedMap) or each.fa.flow_style() for each in block.values())
    simple = simple and all(not isinstance(each, CommentedSeq) for each in block.values())
    is_long = _NEVER_SHORT & block.keys() and not _SHORT_ITEM & block.keys()
    if simple and not is_long and _length(block) <= _ON_ONE_LINE:
        block.fa.set_flow_style()
    return block


def _length(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(str(key)) + 4 + _length(each) for key, each in node.items())
    return 10 if isinstance(node, date) else len(str(node))
