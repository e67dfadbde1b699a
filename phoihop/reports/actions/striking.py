"""Words taken out of a report are taken out of the superiors' reports that quote them."""

import secrets
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser

from phoihop.audit.actions import record
from phoihop.audit.salted import digest
from phoihop.audit.words import seal_alike
from phoihop.core import clock
from phoihop.core.text import struck
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report, ReportVersion, TextSeal

TAKEN_OUT = "[đã gỡ bỏ]"


def strike_above(*, report: Report, passage: str, why: str, by: AbstractBaseUser | None) -> None:
    """Only the words go; what is left of the text is sealed anew, and the chain keeps the new digest."""
    for above in _superiors(report):
        left = {
            f"{version.number}/{section}": _strike(version, section, text, why, by)
            for version in above.versions.order_by("number")
            for section, said in list(version.narrative.items())
            if isinstance(said, str) and (text := struck(said, passage, TAKEN_OUT)) != said
        }
        if left:
            digests = {key: seal.left_digest if seal else "" for key, seal in left.items()}
            told = {"place": TextPlace.NARRATIVE, "quoted_from": report.pk, "left": digests}
            seals = [seal for seal in left.values() if seal]
            details = told | seal_alike(seals, "redaction_reason", again=True)
            record("redact_text", above, by=by, organisation=above.organisation, details=details)


def _superiors(report: Report) -> Iterator[Report]:
    """The reports of the same window that this one went into, one above the other."""
    seen, current = {report.pk}, report
    while current.superior_id:
        above = Report.objects.filter(period=current.period_id, organisation=current.superior_id)
        found = above.exclude(pk__in=seen).select_for_update(of=("self",)).first()
        if found is None:
            return
        yield found
        seen.add(found.pk)
        current = found


def _strike(
    version: ReportVersion, section: str, text: str, why: str, by: AbstractBaseUser | None
) -> TextSeal | None:
    """With the digest of what is left; a draft has no seal."""
    version.narrative = {**version.narrative, section: text}
    version.save(update_fields=["narrative"])
    seal: TextSeal | None = version.seals.filter(place=TextPlace.NARRATIVE, key=section).first()
    if seal is None:
        return None
    seal.salt, seal.left_salt = "", secrets.token_hex(16)
    seal.left_digest = digest(seal.left_salt, text)
    seal.redacted_at, seal.redaction_reason, seal.redacted_by_id = clock.now(), why, getattr(by, "pk", None)
    seal.save()
    return seal
