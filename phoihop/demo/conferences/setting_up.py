"""Creates a conference of the demonstration: its officials, sites, agenda, papers and speeches."""

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty
from phoihop.conferences.facts import ConferenceFacts, DelegationFacts
from phoihop.conferences.models import Conference, Site
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.demo.conferences.parts import add_items, attached, created, official, registered, version_of
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation

SLUG_2019 = "hoi-nghi-2019"
HEADS = 12  # invited of each delegation


def prepared_2019() -> Conference:
    facts = ConferenceFacts(
        kind="online", title_vi=told.TITLE.vi, title_en=told.TITLE.en, venue_vi=told.VENUE.vi, venue_en=told.VENUE.en,
        starts_at=told.at(told.DAY, told.STARTS), ends_at=told.at(told.DAY, told.ENDS),
    )  # fmt: skip
    conference = created(facts, SLUG_2019, story.PROGRAMMES[:3], version_of("so-ket-2019"), told.ORGANISERS)
    Conference.objects.filter(pk=conference.pk).update(source_title=told.SOURCE[0], source_url=told.SOURCE[1])
    for body, post in told.CHAIRS:
        official(conference, Duty.CHAIR, body, post, _account_of(body))
    official(conference, Duty.SECRETARY, "bo-cong-an", "thu-truong")
    official(conference, Duty.RAPPORTEUR, *told.RAPPORTEUR)
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    conference.sites.update(head_post="Trưởng điểm cầu")
    _delegation_of_kon_tum(conference.sites.get(area__key=story.KON_TUM))
    items = add_items(conference, told.AGENDA)
    attached(items[2], "so-ket-2019")
    for speech in told.SPEECHES:
        registered(conference, speech, items[3])
    actions.send_invitations(conference=conference, by=None)
    return conference


def _account_of(body: str) -> User:
    """Of a chair of 2019: nobody can sign in with it."""
    user, created = User.objects.get_or_create(username=f"chu-tri-2019-{body}")
    if created:
        user.set_unusable_password()
        user.save()
        organisation = Organisation.objects.get(slug=body)
        grant_membership(user=user, organisation=organisation, role=Role.READER, by=None)
    return user


def _delegation_of_kon_tum(site: Site) -> None:
    """By posts, in place of what the level gave it."""
    for each in site.delegations.all():
        actions.delete_delegation(delegation=each, by=None)
    for bloc, title, posts in told.KON_TUM:
        facts = DelegationFacts(
            bloc=bloc, title_vi=title.vi, title_en=title.en, posts=posts, invited=3 * len(posts)
        )
        actions.add_delegation(site=site, facts=facts, by=None)
