"""One hash for a stretch of the log: minutes say which log they tell."""

import hashlib

import rfc8785

from phoihop.conferences.models import Conference


def hash_of_log(conference: Conference, last_seq: int) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of each line and the hash before it."""
    running = "0" * 64
    for event in conference.events.filter(seq__lte=last_seq).order_by("seq").iterator():
        body = {
            "seq": event.seq,
            "at": event.at.isoformat(),
            "actor": event.actor,
            "type": event.type,
            "payload": event.payload,
            "previous": running,
        }
        running = hashlib.sha256(rfc8785.dumps(body)).hexdigest()
    return running
