"""Documents of an item: kept by hash, their pages drawn once, taken off without being lost."""

from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.actions.guards import require_not_closed
from phoihop.conferences.document_files import document_file
from phoihop.conferences.enums import Scene, Visibility
from phoihop.conferences.errors import may_not
from phoihop.conferences.models import AgendaItem, ItemDocument
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock, storage


def attach_document(
    *,
    item: AgendaItem,
    name: str,
    content: bytes,
    by: Attendee | None,
    visibility: str = Visibility.OPEN,
    key: str = "",
) -> ItemDocument:
    """Also during the session. The file is looked at and drawn before the conference is locked: others go on.

    Raises: FileRefused with a sentence, Conflict where the same file is there.
    """
    if by is not None and not by.may(Act.PREPARE):
        raise may_not(Act.PREPARE, item.conference)
    made = document_file(name, content)
    sha256, path = storage.keep(made.upload.content)
    pages = [storage.keep(picture)[1] for picture in made.pages]
    with changing(item.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        if (same := item.documents.filter(sha256=sha256, is_removed=False).first()) is not None:
            raise preparing_errors.document_there_already(same.name)
        kept = ItemDocument.objects.create(
            item=item,
            name=made.upload.name,
            media_type=made.upload.media_type,
            size_bytes=len(made.upload.content),
            sha256=sha256,
            path=path,
            pages=pages,
            visibility=visibility,
            added_at=clock.now(),
            added_by=change.user,
        )
        change.show_agenda_anew()
        change.tell(
            "attach_document",
            thing=kept,
            shows=("agenda",),
            document=kept.pk,
            item=item.pk,
            name=kept.name,
            sha256=sha256,
            pages=len(pages),
        )
    return kept


def remove_document(*, document: ItemDocument, by: Attendee | None, key: str = "") -> ItemDocument:
    """Off the agenda and the screens; the file and the record of it stay."""
    with changing(document.item.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        hall = change.conference.hall
        if hall.get("scene") == Scene.DOCUMENT and hall.get("document") == document.pk:
            raise preparing_errors.document_on_screen(document.name)
        held = ItemDocument.objects.get(pk=document.pk)
        held.is_removed = True
        held.save(update_fields=["is_removed"])
        change.show_agenda_anew()
        change.tell(
            "remove_document",
            thing=held,
            shows=("agenda",),
            document=held.pk,
            item=held.item_id,
            name=held.name,
        )
    document.refresh_from_db()
    return document
