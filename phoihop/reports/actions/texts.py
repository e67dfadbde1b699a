"""Sealing a version's texts and files when it is submitted; taking one out later, for good."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.audit.words import seal_alike
from phoihop.core import clock, storage
from phoihop.core.prepared import Prepared, insert, key_slot
from phoihop.reports import errors
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Attachment, Report, ReportVersion, TextSeal, Waiver
from phoihop.reports.permissions import can_redact
from phoihop.reports.queries.quoting import Quoting
from phoihop.reports.sealing import REASON_TAKEN_OUT, Place, files_of, is_sealed, sealed, texts_of, waiver_key

from .drafts import open_drafts
from .guards import require_short
from .locking import chunks
from .striking import strike_above

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


@dataclass(frozen=True, slots=True)
class TakenOut:
    """The tombstones in the report's own versions, and where superiors' reports quoted the words."""

    seals: list[TextSeal]
    quoting: list[Quoting]


@transaction.atomic
def redact_text(
    *, version: ReportVersion, place: str, key: str, reason: str, by: AbstractBaseUser | None
) -> TakenOut:
    """Takes a text or a file out of every version of the report that says the same there; figures stay.

    Out of open drafts too, or it would come back with the next submission; and superiors' reports that quote it.
    Raises: NotAllowed; DomainError without a reason, or where nothing stands at that place.
    """
    if not can_redact(by):
        raise errors.only_the_centre_redacts()
    if not (why := require_short(reason)):
        raise errors.reason_needed_to_redact()
    report = Report.objects.select_for_update(of=("self",)).get(pk=version.report_id)
    text = text_at(version, place, key)
    if text is None:
        raise errors.nothing_to_redact(str(TextPlace(place).label), key)
    taken = [seal for seal in _seals(report, place, key) if _text_of(seal) == text]
    for seal in taken:
        _take_out(seal.version, (place, key))
        seal.salt, seal.left_salt, seal.left_digest = "", "", ""
        seal.redacted_at, seal.redaction_reason, seal.redacted_by_id = (
            clock.now(),
            why,
            getattr(by, "pk", None),
        )
        seal.save()
    quoting: list[Quoting] = []
    if place == TextPlace.ATTACHMENT:
        _forget_file(int(key))
    else:
        for draft in open_drafts(report):
            if texts_of(draft, draft.waivers.all()).get((place, key)) == text:
                _take_out(draft, (place, key))
        quoting = strike_above(report=report, passage=text, why=why, by=by)
    transaction.on_commit(storage.empty_journal)
    told = {"place": place, "key": key, "versions": [s.version.number for s in taken]}
    details = told | seal_alike(taken, "redaction_reason", again=True)
    record("redact_text", report, by=by, organisation=report.organisation, details=details)
    return TakenOut(taken, quoting)


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


def text_at(version: ReportVersion, place: str, key: str) -> str | None:
    """What stands sealed at that place, or None where nothing does as it was sealed."""
    seals = _seals(version.report, place, key)
    return next((_text_of(seal) for seal in seals if seal.version_id == version.pk), None)


def _seals(report: Report, place: str, key: str) -> list[TextSeal]:
    held = TextSeal.objects.filter(version__report=report, place=place, key=key).select_related("version")
    return [seal for seal in held.order_by("pk") if seal.standing is not None]


def _text_of(seal: TextSeal) -> str | None:
    version = seal.version
    found = texts_of(version, version.waivers.all()) | files_of(version.attachments.all())
    text = found.get((seal.place, seal.key))
    return text if text is not None and is_sealed(seal, text) else None


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
    elif place == TextPlace.CORRECTION:
        version.reason = ""
        version.save(update_fields=["reason"])
    elif place == TextPlace.RETURN:
        version.return_reason = REASON_TAKEN_OUT
        version.save(update_fields=["return_reason"])


def seal_returns(versions: Iterable[ReportVersion], why: str) -> dict[int, str]:
    """By version, the digest the audit event tells in place of the words."""
    place = (TextPlace.RETURN.value, "")
    seals = [seal for version in versions for seal in sealed(version, {place: why})]
    insert(seals)
    return {seal.version_id: seal.digest for seal in seals}


def _forget_file(pk: int) -> None:
    """The bytes go after the commit, unless another attachment is the same file."""
    attachment = Attachment.objects.get(pk=pk)
    path = attachment.path
    attachment.name, attachment.sha256, attachment.path, attachment.is_removed = "", "", "", True
    attachment.save()
    transaction.on_commit(lambda: storage.forget_unused(path))
