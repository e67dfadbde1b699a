"""The texts and files of a version under salted hashes, apart from its figures."""

from collections.abc import Iterable, Mapping

from phoihop.audit.salted import digest, digest_of_all, new_salt
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Attachment, ReportVersion, TextSeal, Waiver

Place = tuple[str, str]  # TextPlace and key
REASON_TAKEN_OUT = "[…]"  # stands where the reason of a return was: a returned version always has one


def texts_of(version: ReportVersion, waivers: Iterable[Waiver]) -> dict[Place, str]:
    found: dict[Place, str] = {(TextPlace.NOTE.value, code): note for code, note in version.notes.items()}
    for section, text in version.narrative.items():
        if isinstance(text, str) and text:
            found[TextPlace.NARRATIVE.value, section] = text
    for waiver in waivers:
        found[TextPlace.EXPLANATION.value, waiver_key(waiver)] = waiver.explanation
    return found | _reasons_of(version)


def _reasons_of(version: ReportVersion) -> dict[Place, str]:
    """Why it corrects, and why it was returned."""
    reasons = {TextPlace.CORRECTION: version.reason, TextPlace.RETURN: version.return_reason}
    return {(place.value, ""): text for place, text in reasons.items() if text and text != REASON_TAKEN_OUT}


def waiver_key(waiver: Waiver) -> str:
    return f"{waiver.check_code}:{waiver.indicator_code}"


def files_of(attachments: Iterable[Attachment]) -> dict[Place, str]:
    """A file stands for its bytes by its own SHA-256, which goes with them when they are redacted."""
    return {(TextPlace.ATTACHMENT.value, str(each.pk)): each.sha256 for each in attachments}


def sealed(version: ReportVersion, contents: Mapping[Place, str]) -> list[TextSeal]:
    """Unsaved seals, each with a salt of its own."""
    made = []
    for (place, key), text in contents.items():
        salt = new_salt()
        made.append(TextSeal(version=version, place=place, key=key, salt=salt, digest=digest(salt, text)))
    return made


def is_sealed(seal: TextSeal, text: str) -> bool:
    """Whether the text is what the seal says stands there now."""
    return seal.standing is not None and digest(seal.standing[0], text) == seal.standing[1]


def texts_hash(seals: Iterable[TextSeal]) -> str:
    """What the audit event of a submission says of its texts; a reason for returning is told by the return's own."""
    given = (seal for seal in seals if seal.place != TextPlace.RETURN)
    return digest_of_all((seal.place, seal.key, seal.digest) for seal in given)
