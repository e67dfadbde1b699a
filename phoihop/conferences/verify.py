"""Whether a closed vote still is what it was: its result, what was counted, and the log up to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.conferences.actions.closing_votes import result_hash
from phoihop.conferences.enums import VoteKind, VoteState
from phoihop.conferences.models import Vote
from phoihop.conferences.queries.log import hash_as_it_stands, log_hash
from phoihop.conferences.queries.voting import counts_of, evidence_hash, voted
from phoihop.core.templatetags.vietnamese import localname


def vote_faults(vote: Vote) -> list[str]:
    """A sentence for each thing that does not hold; none where all does, or where it is not closed."""
    return list(_faults(vote)) if vote.state == VoteState.CLOSED else []


def broken_votes() -> Iterator[str]:
    for vote in Vote.objects.filter(state=VoteState.CLOSED).select_related("conference"):
        for fault in vote_faults(vote):
            yield f"{localname(vote, 'title')}: {fault}"


def _faults(vote: Vote) -> Iterator[str]:
    result = vote.result or {}
    if result_hash(result) != vote.result_hash:
        yield _("The result is not the one whose hash was recorded: it was changed after closing.")
    counts = counts_of(vote)
    if counts != result["counts"] or voted(vote) != result["cast"]:
        yield _("The slips or casts kept do not add up to the result.")
    if vote.kind == VoteKind.SECRET and sum(counts.values()) != voted(vote):
        yield _("There are not as many slips as seats that have voted.")
    if evidence_hash(vote) != result["evidence_hash"]:
        yield _("The slips or casts are not those whose hash was recorded.")
    seq, recorded = result["log"]["seq"], result["log"]["hash"]
    if log_hash(vote.conference, seq) != hash_as_it_stands(vote.conference, seq, recorded):
        yield _("The log up to the vote is not the one whose hash was recorded.")
