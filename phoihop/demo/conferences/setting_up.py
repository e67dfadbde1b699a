"""Creates a conference of the demonstration: its officials, sites, agenda, papers and speeches."""

from datetime import date, time

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty, SiteKind, VoteKind
from phoihop.conferences.facts import ConferenceFacts, DelegationFacts, ItemFacts, OfficialFacts, SpeechFacts
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Site
from phoihop.core import storage
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.models import Review, ReviewVersion

SLUG_2019 = "hoi-nghi-2019"
SLUG_NOW = "hoi-nghi-so-ket-07"
HEADS = 12  # invited of each delegation


def prepared_2019() -> Conference:
    facts = ConferenceFacts(
        kind="online", title_vi=told.TITLE.vi, title_en=told.TITLE.en, venue_vi=told.VENUE.vi, venue_en=told.VENUE.en,
        starts_at=told.at(told.DAY, told.STARTS), ends_at=told.at(told.DAY, told.ENDS),
    )  # fmt: skip
    conference = _created(facts, SLUG_2019, story.PROGRAMMES[:3], _version("so-ket-2019"), told.ORGANISERS)
    Conference.objects.filter(pk=conference.pk).update(source_title=told.SOURCE[0], source_url=told.SOURCE[1])
    for body, post in told.CHAIRS:
        _official(conference, Duty.CHAIR, body, post, _account_of(body))
    _official(conference, Duty.SECRETARY, "bo-cong-an", "thu-truong")
    _official(conference, Duty.RAPPORTEUR, *told.RAPPORTEUR)
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    conference.sites.update(head_post="Trưởng điểm cầu")
    _delegation_of_kon_tum(conference.sites.get(area__key=story.KON_TUM))
    items = _agenda(conference)
    for speech in told.SPEECHES:
        _registered(conference, speech, items)
    actions.send_invitations(conference=conference, by=None)
    return conference


def prepared_today(today: date) -> Conference:
    facts = ConferenceFacts(
        kind="online",
        title_vi="Hội nghị trực tuyến sơ kết 3 năm thực hiện Chương trình phối hợp số 07",
        title_en="Online conference: three-year interim review of Programme 07",
        venue_vi="Hà Nội", venue_en="Ha Noi",
        starts_at=told.at(today, time(14)), ends_at=told.at(today, time(17)),
    )  # fmt: skip
    bodies = ("bo-cong-an", "uy-ban-trung-uong-mttq")
    conference = _created(facts, SLUG_NOW, story.PROGRAMMES[3:], _version("so-ket-07-ba-nam"), bodies)
    centre, front = (
        User.objects.filter(username=name).first() for name in ("demo-trung-uong", "demo-mat-tran")
    )
    _official(conference, Duty.CHAIR, "bo-cong-an", "thu-truong", centre)
    _official(conference, Duty.CHAIR, "uy-ban-trung-uong-mttq", "pho-chu-tich", front)
    _official(conference, Duty.SECRETARY, "bo-cong-an", "", centre)
    _official(conference, Duty.DIRECTOR, "bo-cong-an", "", centre)
    actions.add_sites_for_level(conference=conference, level=Level.PROVINCE, heads=HEADS, by=None)
    head = User.objects.filter(username="demo-lanh-dao-tinh").first()
    conference.sites.filter(area__key=story.QUANG_NGAI).update(head=head, head_post="Giám đốc Công an tỉnh")
    items = _agenda(conference)
    _attached(items[2], "so-ket-07-ba-nam")
    for site in conference.sites.filter(kind=SiteKind.SPEAKING)[:6]:
        first = site.delegations.order_by("order", "pk").first()
        if first is not None:
            actions.set_seats(delegation=first, count=2, by=None)
    actions.prepare_vote(
        item=items[3], kind=VoteKind.NAMED, by=None,
        title_vi="Thông qua báo cáo sơ kết", title_en="Adopt the interim review",
    )  # fmt: skip
    return conference


def _created(
    facts: ConferenceFacts,
    slug: str,
    programmes: tuple[str, ...],
    review: ReviewVersion,
    bodies: tuple[str, ...],
) -> Conference:
    return actions.create_conference(
        facts=facts,
        slug=slug,
        area=Area.objects.get(key=story.NATION),
        programmes=[Programme.objects.get(slug=each) for each in programmes],
        organisers=[(Organisation.objects.get(slug=body), None) for body in bodies],
        review=review,
        is_simulated=True,
        by=None,
    )


def _version(slug: str) -> ReviewVersion:
    version: ReviewVersion = Review.objects.get(slug=slug).versions.latest("number")
    return version


def _official(conference: Conference, duty: Duty, body: str, post: str, user: User | None = None) -> None:
    organisation = Organisation.objects.get(slug=body)
    held: Post | None = organisation.posts.filter(slug=post).first() if post else None
    facts = OfficialFacts(duty=duty, organisation=organisation, post=held, user=user)
    actions.add_official(conference=conference, facts=facts, by=None)


def _account_of(body: str) -> User:
    """Of a chair of 2019: nobody can sign in with it."""
    user, created = User.objects.get_or_create(username=f"chu-tri-2019-{body}")
    if created:
        user.set_unusable_password()
        user.save()
        organisation = Organisation.objects.get(slug=body)
        grant_membership(user=user, organisation=organisation, role=Role.READER, by=None)
    return user


def _agenda(conference: Conference) -> list[AgendaItem]:
    return [
        actions.add_item(
            conference=conference,
            facts=ItemFacts(
                kind=item.kind, title_vi=item.title.vi, title_en=item.title.en, planned_minutes=item.minutes
            ),
            by=None,
        )
        for item in told.AGENDA
    ]


def _attached(item: AgendaItem, review: str) -> None:
    """The review under discussion, for the screens to turn page by page."""
    kept = _version(review).files.filter(kind="pdf", language="vi").first()
    if kept is not None:
        content = storage.place_of(kept.path).read_bytes()
        actions.attach_document(item=item, name=kept.name, content=content, by=None)


def _delegation_of_kon_tum(site: Site) -> None:
    """By posts, in place of what the level gave it."""
    for each in site.delegations.all():
        actions.delete_delegation(delegation=each, by=None)
    for bloc, title, posts in told.KON_TUM:
        facts = DelegationFacts(
            bloc=bloc, title_vi=title, title_en=title, posts=posts, invited=3 * len(posts)
        )
        actions.add_delegation(site=site, facts=facts, by=None)


def _registered(conference: Conference, speech: told.Speech, items: list[AgendaItem]) -> None:
    there = Delegation.objects.filter(site__conference=conference, site__area__key=speech.area)
    delegation = there.filter(bloc=story.POLICE).first()
    if delegation is None:
        return
    facts = SpeechFacts(
        title_vi=speech.title.vi, title_en=speech.title.en, speaker_post=speech.post, minutes=speech.minutes
    )
    registered = actions.register_speech(delegation=delegation, facts=facts, by=None)
    actions.place_speech(speech=registered, item=items[3], by=None)
