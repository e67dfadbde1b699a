"""The file a person reads, changes and loads again."""

from typing import Any

from django.utils.translation import gettext_noop as _

from phoihop.exchange.programme_file.document import document_of
from phoihop.exchange.programme_file.shape import ProgrammeFile
from phoihop.exchange.yaml_text import commented_yaml
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
    "localises": (_("the programme above that this one carries out in its area; its own file lists this one too"),),
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
    "milestones": (_("days of its life that were published, each with its source; told on its pages, never computed"),),
    "local_versions": (
        _("Versions signed by the parties of a locality. area: a province's name on the day of signing, or any area's key."),
        _("party: police | front | mass_mobilisation | member_organisation | steering_committee | party_committee"),
    ),
}  # fmt: skip


def programme_text(programme: Programme) -> str:
    return text_of(document_of(programme))


def text_of(document: ProgrammeFile) -> str:
    return commented_yaml(_sparse(document), _TOP, _BEFORE)


def _sparse(document: ProgrammeFile) -> dict[str, Any]:
    """What the file says; empty notes and absent targets are left out, null days and links are said."""
    said = document.model_dump(by_alias=True, exclude_defaults=False, mode="python")
    for name in ("signed_on_note", "signed_on_note_en", "area", "localises"):
        if not said[name]:
            del said[name]
    said["term"] = _without_empty(said["term"], "note", "note_en")
    said["calendar"] = _without_empty(said["calendar"], "note_en")
    if not said["milestones"]:
        del said["milestones"]
    said["indicators"] = [_selection(selection) for selection in said["indicators"]]
    said["review"]["outline"] = [_section(section) for section in said["review"]["outline"]]
    return said


def _selection(selection: dict[str, Any]) -> dict[str, Any]:
    target = selection["target"] and _without_empty(selection["target"], "note_en")
    targets = [_without_empty(each, "note_en") for each in selection["targets"]]
    return _without_empty({**selection, "target": target, "targets": targets}, "target", "targets")


def _section(section: dict[str, Any]) -> dict[str, Any]:
    nested = {**section, "sections": [_section(each) for each in section["sections"]]}
    return _without_empty(nested, "contents", "indicators", "sections")


def _without_empty(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names or value}
