"""The file a person reads, changes and loads again."""

import sys
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from phoihop.exchange.programme_file.document import document_of
from phoihop.exchange.programme_file.shape import ProgrammeFile
from phoihop.programmes.models import Programme

_TOP = (
    _("A coordination programme, to be read, changed and loaded again: phoihop load_programme FILE"),
    _(
        "Days are written as 2013-08-01; the first and last day of a term are both part of it. null = not known, or none."
    ),
)
_BEFORE = {
    "number": (_("the number as signed; aliases: the same number as others write it"),),
    "kind": (_("joint | action (one party only)"),),
    "term": (_("first and last day, both inclusive"),),
    "parties": (_("role: lead | co_lead | member; organisation: its slug in this system"),),
    "contents": (_("owner: the party that answers for the content, or null"),),
    "calendar": (
        _("kind: administrative (15/12-14/12) | calendar (1/1-31/12) | W1101 (a year from 1 November). Levels lowest first;"),
        _("working_days: from the cut-off to each level's deadline; accept_level: who returns or accepts a level's reports"),
    ),
    "indicators": (
        _("A programme selects indicators of the catalogue, a ratio together with the operands it is computed from."),
        _("content: null = the programme as a whole. target: what one unit of the level sets out to reach in one window"),
    ),
    "review": (
        _("The outline of a review. kind: part | text | figures | contents (one subsection per content) | models | tasks."),
        _("reviews: from and to are both inclusive; only whole windows inside them are taken"),
    ),
    "plan": (_("what a content means in one year, and who answers for it"),),
    "local_versions": (
        _("Versions signed by the parties of a locality. area: a province's name on the day of signing, or any area's key."),
        _("party: police | front | mass_mobilisation | member_organisation | steering_committee | party_committee"),
    ),
}  # fmt: skip
_ON_ONE_LINE = 110


class _Representer(RoundTripRepresenter):
    """Writes null as the word, so that nobody takes an empty place for a slip."""


_Representer.add_representer(
    type(None), lambda representer, _none: representer.represent_scalar("tag:yaml.org,2002:null", "null")
)


def programme_text(programme: Programme) -> str:
    return text_of(document_of(programme))


def text_of(document: ProgrammeFile) -> str:
    root = _block(_sparse(document))
    root.yaml_set_start_comment(_told(_TOP))
    for key, lines in _BEFORE.items():
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


def _sparse(document: ProgrammeFile) -> dict[str, Any]:
    """What the file says; empty notes and absent targets are left out, null days and links are said."""
    said = document.model_dump(by_alias=True, exclude_defaults=False, mode="python")
    for name in ("signed_on_note", "area"):
        if not said[name]:
            del said[name]
    if not said["term"]["note"]:
        del said["term"]["note"]
    said["indicators"] = [_without_empty(selection, "target", "targets") for selection in said["indicators"]]
    said["review"]["outline"] = [_section(section) for section in said["review"]["outline"]]
    return said


def _section(section: dict[str, Any]) -> dict[str, Any]:
    nested = {**section, "sections": [_section(each) for each in section["sections"]]}
    return _without_empty(nested, "contents", "indicators", "sections")


def _without_empty(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names or value}


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
    "format", "slug", "kind", "level", "predecessor", "successor", "organisation", "role", "owner", "period", "levels",
    "commune", "district", "province", "nation", "indicators", "annexes", "key", "party",
}  # fmt: skip
_NEVER_SHORT = {"vi", "from"}


def _flow_if_short(block: CommentedMap) -> CommentedMap:
    """{code: A01, content: null} on one line; a title or a term, and whatever is long, below each other."""
    simple = all(not isinstance(each, CommentedMap) or each.fa.flow_style() for each in block.values())
    simple = simple and all(not isinstance(each, CommentedSeq) for each in block.values())
    if simple and not _NEVER_SHORT & block.keys() and _length(block) <= _ON_ONE_LINE:
        block.fa.set_flow_style()
    return block


def _length(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(str(key)) + 4 + _length(each) for key, each in node.items())
    return 10 if isinstance(node, date) else len(str(node))
