"""Files beside a report's figures."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock, storage
from phoihop.core.uploads import taken
from phoihop.reports import errors
from phoihop.reports.models import Attachment, Report
from phoihop.reports.permissions import may_save_draft
from phoihop.reports.standing import standing_of

from .guards import require_transition
from .locking import locked_report

MOST = 10  # files of one report


def attach_file(*, report: Report, name: str, content: bytes, by: AbstractBaseUser | None) -> Attachment:
    """Goes with the next version submitted. The bytes are on disk before the transaction begins.

    Raises: FileRefused, NotAllowed, Conflict, DomainError beyond MOST files.
    """
    if not may_save_draft(standing_of(by), report):
        raise errors.unit_must_act(report)
    upload = taken(name, content)
    sha256, path = storage.keep(upload.content)
    with transaction.atomic():
        current = locked_report(report)
        require_transition("save_draft", current)
        lying = current.attachments.filter(is_removed=False)
        if already := lying.filter(sha256=sha256).first():
            return already
        if lying.count() >= MOST:
            raise errors.too_many_attachments(MOST)
        attachment = Attachment.objects.create(
            report=current,
            name=upload.name,
            media_type=upload.media_type,
            size=len(upload.content),
            sha256=sha256,
            path=path,
            added_at=clock.now(),
            added_by_id=getattr(by, "pk", None),
        )
        _told("attach_file", attachment, by)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: AbstractBaseUser | None) -> Attachment:
    """Off the next version; a version submitted with it keeps it."""
    current = locked_report(attachment.report)
    if not may_save_draft(standing_of(by), current):
        raise errors.unit_must_act(current)
    require_transition("save_draft", current)
    attachment.is_removed = True
    attachment.save(update_fields=["is_removed"])
    _told("remove_attachment", attachment, by)
    return attachment


def _told(action: str, attachment: Attachment, by: AbstractBaseUser | None) -> None:
    """By number: a name may hold what a redaction must be able to take away."""
    report = attachment.report
    details = {"attachment": attachment.pk, "bytes": attachment.size}
    record(action, report, by=by, organisation=report.organisation, details=details)
