"""Whether every sealed text and file still is what was sealed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.audit.models import AuditEvent
from phoihop.core import storage
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Attachment, ReportVersion
from phoihop.reports.sealing import files_of, is_sealed, texts_hash, texts_of

_AT_ONCE = 2_000


def broken_seals() -> Iterator[str]:
    """A sentence for each text, file or tombstone that is not what the seal or the audit chain says."""
    told, returns = _told_by_events(), _told_by_returns()
    versions = ReportVersion.objects.filter(seals__isnull=False).distinct().order_by("pk")
    related = versions.prefetch_related("seals", "waivers", "attachments").select_related("report")
    for version in related.iterator(chunk_size=_AT_ONCE):
        at = (str(version.report_id), version.number)
        yield from _broken(version, told.get(at), returns.get(at))
    for attachment in Attachment.objects.exclude(path="").iterator():
        place = storage.place_of(attachment.path)
        if not place.is_file() or storage.hash_of(place) != attachment.sha256:
            yield _("attachment %(pk)s is not the file that was attached") % {"pk": attachment.pk}


def _broken(version: ReportVersion, told: str | None, returned: str | None) -> Iterator[str]:
    where = {"report": version.report_id, "version": version.number}
    found = texts_of(version, version.waivers.all()) | files_of(version.attachments.all())
    seals = list(version.seals.all())
    for seal in seals:
        text = found.get((seal.place, seal.key))
        words = where | {"place": TextPlace(seal.place).label, "key": seal.key}
        if seal.standing is None:
            if text:
                yield (
                    _("report %(report)s version %(version)s: %(place)s %(key)s was redacted and is there")
                    % words
                )
        elif text is None or not is_sealed(seal, text):
            yield _("report %(report)s version %(version)s: %(place)s %(key)s is not what was sealed") % words
    of_return = next((seal.digest for seal in seals if seal.place == TextPlace.RETURN), None)
    given = [seal for seal in seals if seal.place != TextPlace.RETURN]
    if (given and texts_hash(given) != told) or of_return != returned:
        yield _("report %(report)s version %(version)s: its seals are not those of the audit chain") % where


def _told_by_events() -> dict[tuple[str, int], str]:
    """Report and version -> the hash over its seals, as its submission told the chain."""
    events = AuditEvent.objects.filter(action__in=["submit_report", "correct_report"])
    rows = events.values_list("object_id", "details").iterator(chunk_size=_AT_ONCE)
    return {(pk, details["version"]): details["texts"] for pk, details in rows if "texts" in details}


def _told_by_returns() -> dict[tuple[str, int], str]:
    """Report and version -> the seal of the reason it was returned with."""
    rows = AuditEvent.objects.filter(action="return_report").values_list("object_id", "details")
    found = rows.iterator(chunk_size=_AT_ONCE)
    return {
        (pk, details["version"]): details["reason_seal"] for pk, details in found if "reason_seal" in details
    }
