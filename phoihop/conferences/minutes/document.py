"""The head of the minutes: who holds the conference, where, on which day."""

from datetime import date
from typing import Any

from phoihop.conferences.minutes.names import two
from phoihop.conferences.models import Conference
from phoihop.reviews.compose.document import is_party_body

BLANK = {"vi": "........./BB", "en": "........./BB"}  # filled in by the clerical office


def document_of(conference: Conference, day: date) -> dict[str, Any]:
    """In the shape the renderers know (docs/review-context.md, document); the number is left blank."""
    organisers = [each.organisation for each in conference.organisers.select_related("organisation__parent")]
    title = two(conference, "title")
    return {
        "type": "BIÊN BẢN",
        "abstract": title,
        "number": None,
        "place": two(conference, "venue"),
        "dated": day.isoformat(),
        "addressed_to": [],
        "legal_bases": [],
        "recipients": [{"vi": "Các cơ quan tổ chức hội nghị", "en": "The bodies that held the conference"}],
        "drafting_unit": None,
        "issuers": [
            {
                "parent": two(each.parent) if each.parent else None,
                "name": two(each),
                "number": BLANK,
                "style": "party" if is_party_body(each) else "state",
                "signing": {"power": "", "body": None, "post": None, "name": None},
            }
            for each in organisers
        ],
    }
