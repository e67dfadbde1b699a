"""The ordered log as evidence: a hash over all of it up to a number."""

import hashlib

import rfc8785

from phoihop.conferences.models import Conference, ConferenceRedaction

_TOLD = ("seq", "at", "actor", "type", "payload", "patch")


def log_hash(conference: Conference, seq: int) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of every event up to `seq`, a line each."""
    told = hashlib.sha256()
    events = conference.events.filter(seq__lte=seq).order_by("seq").values(*_TOLD)
    for event in events.iterator(chunk_size=2_000):
        told.update(rfc8785.dumps({**event, "at": event["at"].isoformat()}) + b"\n")
    return told.hexdigest()


def hash_as_it_stands(conference: Conference, seq: int, recorded: str) -> str:
    """As minutes or a result recorded it, or as the last redaction left the log up to there."""
    told = ConferenceRedaction.objects.filter(conference=conference).order_by("-pk")
    hashes = told.values_list("log_hashes", flat=True)
    return next((each[str(seq)] for each in hashes if str(seq) in each), recorded)
