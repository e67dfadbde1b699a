"""Words taken out of a report are taken out of the superiors' reports that quote them."""

import secrets

from django.contrib.auth.models import AbstractBaseUser

from phoihop.audit.actions import record
from phoihop.audit.salted import digest
from phoihop.audit.words import seal_alike
from phoihop.core import clock
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report, TextSeal
from phoihop.reports.queries.quoting import Quoting, quoting_in, reports_above, versions_of


def strike_above(*, report: Report, passage: str, why: str, by: AbstractBaseUser | None) -> list[Quoting]:
    """Only the words go; what is left of the text is sealed anew, and the chain keeps the new digest.

    Returns every place they were struck at.
    """
    struck: list[Quoting] = []
    for above in reports_above(report, locked=True):
        found = quoting_in(versions_of(above), passage)
        if not found:
            continue
        seals = {each: _strike(each, why, by) for each in found}
        left = {
            f"{each.version.number}/{each.section}": seal.left_digest if seal else ""
            for each, seal in seals.items()
        }
        told = {"place": TextPlace.NARRATIVE, "quoted_from": report.pk, "left": left}
        kept = [seal for seal in seals.values() if seal]
        details = told | seal_alike(kept, "redaction_reason", again=True)
        record("redact_text", above, by=by, organisation=above.organisation, details=details)
        struck += found
    return struck


def _strike(quoting: Quoting, why: str, by: AbstractBaseUser | None) -> TextSeal | None:
    """With the digest of what is left; a draft has no seal."""
    version, section, text = quoting.version, quoting.section, quoting.left
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
