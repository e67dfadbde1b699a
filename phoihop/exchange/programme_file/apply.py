from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.audit import actions as audit
from phoihop.core.yaml_files import YamlFile
from phoihop.exchange.programme_file.changes import changes_between
from phoihop.exchange.programme_file.document import document_of
from phoihop.exchange.programme_file.read import parse_programme_file, read_programme_file
from phoihop.exchange.programme_file.references import References, find_references
from phoihop.exchange.programme_file.save import save_links, save_programme
from phoihop.exchange.programme_file.shape import ProgrammeFile
from phoihop.orgs.permissions import AnyUser, require_administering
from phoihop.programmes.models import Programme


@dataclass(frozen=True)
class ProgrammeLoaded:
    programme: Programme
    is_new: bool
    changes: dict[str, list[Any]]  # place in the file -> [before, after]; empty for a new programme

    @property
    def is_nothing(self) -> bool:
        return not self.is_new and not self.changes


def load_programme(*, file: Path, by: AnyUser | None = None) -> ProgrammeLoaded:
    """Create or update the programme a file describes; the file is the whole truth about it."""
    return load_programmes(files=[file], by=by)[0]


def load_programmes(*, files: Sequence[Path], by: AnyUser | None = None) -> list[ProgrammeLoaded]:
    """Several at once, all or none: they may name each other as predecessor and successor."""
    return _load([read_programme_file(file) for file in files], by=by)


def load_programme_text(*, text: str, name: str, by: AnyUser | None = None) -> ProgrammeLoaded:
    """The same for a text, such as an uploaded or edited file; `name` is what its faults are called by."""
    return _load([parse_programme_file(text, name=name)], by=by)[0]


@transaction.atomic
def _load(read: list[tuple[YamlFile, ProgrammeFile]], *, by: AnyUser | None) -> list[ProgrammeLoaded]:
    require_administering(by)
    batch = {document.slug for _source, document in read}
    found = [find_references(source, document, batch=batch) for source, document in read]
    before = {slug: document_of(programme) for slug, programme in _known(batch).items()}
    for (_source, document), references in zip(read, found, strict=True):
        save_programme(document, references)
    for _source, document in read:
        save_links(document)
    return [
        _report(source, document, references, before.get(document.slug), by)
        for (source, document), references in zip(read, found, strict=True)
    ]


def _known(slugs: set[str]) -> dict[str, Programme]:
    return {programme.slug: programme for programme in Programme.objects.filter(slug__in=slugs)}


def _report(
    source: YamlFile,
    document: ProgrammeFile,
    references: References,
    before: ProgrammeFile | None,
    by: AnyUser | None,
) -> ProgrammeLoaded:
    programme = Programme.objects.get(slug=document.slug)
    changes = changes_between(before, document_of(programme)) if before else {}
    loaded = ProgrammeLoaded(programme, before is None, changes)
    if not loaded.is_nothing:
        details = {"file": source.name, "is_new": loaded.is_new, "changes": changes}
        audit.record("load_programme", programme, by=by, details=details)
    return loaded
