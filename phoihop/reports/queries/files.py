"""The files of a report, by who may fetch them."""

from django.db.models import Exists, OuterRef, QuerySet

from phoihop.reports.enums import VersionState
from phoihop.reports.models import Attachment, Report, ReportVersion
from phoihop.reports.permissions import can_save_draft
from phoihop.reports.standing import AnyUser


def files_open_to(user: AnyUser, report: Report) -> QuerySet[Attachment]:
    """Those handed in with a version; those of the draft only to who may write it. None that was redacted."""
    handed_in = ReportVersion.objects.exclude(state=VersionState.DRAFT).filter(attachments=OuterRef("pk"))
    found = report.attachments.exclude(path="").alias(is_handed_in=Exists(handed_in))
    of_versions = found.filter(is_handed_in=True)
    return found.filter(is_removed=False) | of_versions if can_save_draft(user, report) else of_versions
