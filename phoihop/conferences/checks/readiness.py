"""What still stands in the way of sending the invitations, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.conferences.enums import ConferenceKind, Duty, SiteKind
from phoihop.conferences.models import Conference, Delegation


def missing_for_invitations(conference: Conference) -> list[str]:
    """None where everything is there. A consultation in writing needs bodies to ask, and no hall or chair."""
    if conference.kind == ConferenceKind.WRITTEN:
        asked = Delegation.objects.filter(site__conference=conference, organisation__isnull=False)
        return [] if asked.exists() else [_("No body to ask yet: add sites with delegations of bodies.")]
    sites = conference.sites.filter(is_removed=False)
    found = [
        (sites.filter(kind=SiteKind.CENTRE).exists(), _("There is no central site.")),
        (sites.exclude(kind=SiteKind.CENTRE).exists(), _("There is no site besides the central one.")),
        (conference.items.exists(), _("The agenda is empty.")),
        (
            conference.officials.filter(duty=Duty.CHAIR, user__isnull=False).exists(),
            _("No chair who can sign in is named."),
        ),
    ]
    return [sentence for is_there, sentence in found if not is_there]
