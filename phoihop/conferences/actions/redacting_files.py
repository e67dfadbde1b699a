"""The bytes of a document of the agenda taken out for good, with the pictures of its pages and its name."""

from functools import partial

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.models import WordSeal
from phoihop.audit.words import FILE, TAKEN_OUT, take_out
from phoihop.conferences.actions.changing import Change
from phoihop.conferences.enums import Scene
from phoihop.conferences.models import ItemDocument
from phoihop.core import storage


def take_files(change: Change, sha256: str, why: str, by: User | None) -> list[WordSeal]:
    """Of every document of the conference that is the very file. One that is on the hall's screen leaves it."""
    found = ItemDocument.objects.filter(item__conference=change.conference, sha256=sha256)
    held = list(found.select_for_update(of=("self",)))
    pks = [each.pk for each in held]
    _leave_the_screen(change, pks)
    elsewhere = ItemDocument.objects.exclude(pk__in=pks).exclude(pages=[]).values_list("pages", flat=True)
    shared = {page for pages in elsewhere for page in pages}
    seals: list[WordSeal] = []
    for document in held:
        gone = [document.path, *(page for page in document.pages if page not in shared)]
        for path in dict.fromkeys(gone):
            transaction.on_commit(partial(storage.forget_unused, path))
        seals += [take_out(document, field, reason=why, by=by) for field in (FILE, "name")]
        document.path, document.pages, document.is_removed = "", [], True
        document.save(update_fields=[FILE, "name", "path", "pages", "is_removed"])
    _rename_in_the_log(change, pks)
    change.show_agenda_anew()
    return seals


def _leave_the_screen(change: Change, pks: list[int]) -> None:
    held = change.conference
    shown = [held.hall, held.hall.get("before", {})]
    if any(each.get("scene") == Scene.DOCUMENT and each.get("document") in pks for each in shown):
        held.hall = {"scene": Scene.SPEAKER.value}
        held.save(update_fields=["hall"])


def _rename_in_the_log(change: Change, pks: list[int]) -> None:
    told = change.conference.events.filter(type__in=("attach_document", "remove_document"))
    for event in told.filter(payload__document__in=pks):
        told.filter(pk=event.pk).update(payload={**event.payload, "name": TAKEN_OUT})
