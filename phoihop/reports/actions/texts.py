"""Sealing a version's texts and files when it is submitted; taking one out later, for good."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock, storage
from phoihop.core.prepared import Prepared, insert, key_slot
from phoihop.reports import errors
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Attachment, Report, ReportVersion, TextSeal, Waiver
from phoihop.reports.permissions import can_redact
from phoihop.reports.sealing import Place, digest, files_of, sealed, texts_of, waiver_key

from .guards import require_short
from .locking import chunks

_lying_at_one: Prepared[Attachment] = Prepared(
    lambda: Attachment.objects.filter(report=key_slot("report"), is_removed=False).exclude(path="")
)


def seal_texts(versions: Sequence[ReportVersion], waivers: Iterable[Waiver]) -> dict[int, list[TextSeal]]:
    """By version. What lies attached to a report goes with its new version."""
    explained: dict[int, list[Waiver]] = defaultdict(list)
    for waiver in waivers:
        explained[waiver.version_id].append(waiver)
    attached = _attach(versions)
    found = {}
    for version in versions:
        contents = texts_of(version, explained[version.pk]) | files_of(attached[version.report_id])
        if contents:
            found[version.pk] = sealed(version, contents)
    insert([seal for seals in found.values() for seal in seals])
    return found


@transaction.atomic
def redact_text(
    *, version: ReportVersion, place: str, key: str, reason: str, by: AbstractBaseUser | None
) -> list[TextSeal]:
    """Takes a text or a file out of every version of the report that says the same there; figures stay.

    Raises: NotAllowed; DomainError without a reason, or where nothing stands at that place.
    """
    if not can_redact(by):
        raise errors.only_the_centre_redacts()
    if not (why := require_short(reason)):
        raise errors.reason_needed_to_redact()
    report = Report.objects.select_for_update(of=("self",)).get(pk=version.report_id)
    seals = list(
        TextSeal.objects.filter(version__report=report, place=place, key=key, redacted_at__isnull=True)
        .select_related("version")
        .order_by("pk")
    )
    text = next((_text_at(seal) for seal in seals if seal.version_id == version.pk), None)
    if text is None:
        raise errors.nothing_to_redact(str(TextPlace(place).label), key)
    taken = [seal for seal in seals if _text_at(seal) == text]
    for seal in taken:
        _take_out(seal.version, (place, key))
        seal.salt, seal.redacted_at, seal.redaction_reason = "", clock.now(), why
        seal.redacted_by_id = getattr(by, "pk", None)
        seal.save()
    if place == TextPlace.ATTACHMENT:
        _forget_file(int(key))
    record(
        "redact_text",
        report,
        by=by,
        organisation=report.organisation,
        details={"place": place, "key": key, "versions": [s.version.number for s in taken], "reason": why},
    )
    return taken


def _attach(versions: Sequence[ReportVersion]) -> dict[int, list[Attachment]]:
    lying: dict[int, list[Attachment]] = defaultdict(list)
    for each in _lying_at([version.report_id for version in versions]):
        lying[each.report_id].append(each)
    links = Attachment.versions.through
    insert(
        [
            links(attachment_id=each.pk, reportversion_id=version.pk)
            for version in versions
            for each in lying[version.report_id]
        ]
    )
    return lying


def _lying_at(reports: Sequence[int]) -> Iterator[Attachment]:
    if len(reports) == 1:
        yield from _lying_at_one(report=reports[0])
        return
    for some in chunks(reports):
        yield from Attachment.objects.filter(report__in=some, is_removed=False).exclude(path="")


def _text_at(seal: TextSeal) -> str | None:
    """What the seal seals, or None where it is not there as it was."""
    version = seal.version
    found = texts_of(version, version.waivers.all()) | files_of(version.attachments.all())
    text = found.get((seal.place, seal.key))
    return text if text is not None and digest(seal.salt, text) == seal.digest else None


def _take_out(version: ReportVersion, at: Place) -> None:
    place, key = at
    if place == TextPlace.EXPLANATION:
        for waiver in version.waivers.all():
            if waiver_key(waiver) == key:
                waiver.explanation = ""
                waiver.save(update_fields=["explanation"])
    elif place == TextPlace.NOTE:
        version.notes = {code: note for code, note in version.notes.items() if code != key}
        version.save(update_fields=["notes"])
    elif place == TextPlace.NARRATIVE:
        version.narrative = {section: text for section, text in version.narrative.items() if section != key}
        version.save(update_fields=["narrative"])


def _forget_file(pk: int) -> None:
    """The bytes go after the commit, unless another attachment is the same file."""
    attachment = Attachment.objects.get(pk=pk)
    path = attachment.path
    attachment.name, attachment.sha256, attachment.path, attachment.is_removed = "", "", "", True
    attachment.save()
    if not Attachment.objects.filter(path=path).exists():
        transaction.on_commit(lambda: storage.forget(path))
