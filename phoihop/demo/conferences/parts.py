"""What the conferences of the demonstration have in common: how each is created and filled."""

from collections.abc import Iterable

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty
from phoihop.conferences.facts import ConferenceFacts, ItemFacts, OfficialFacts, SpeechFacts
from phoihop.conferences.models import AgendaItem, Conference, Delegation
from phoihop.core import storage
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.demo.conferences.following import SIMULATED
from phoihop.orgs.models import Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.models import Review, ReviewVersion


def created(
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


def version_of(slug: str) -> ReviewVersion:
    version: ReviewVersion = Review.objects.get(slug=slug).versions.latest("number")
    return version


def official(conference: Conference, duty: Duty, body: str, post: str, user: User | None = None) -> None:
    organisation = Organisation.objects.get(slug=body)
    held: Post | None = organisation.posts.filter(slug=post).first() if post else None
    facts = OfficialFacts(duty=duty, organisation=organisation, post=held, user=user)
    actions.add_official(conference=conference, facts=facts, by=None)


def add_items(conference: Conference, agenda: Iterable[told.Item]) -> list[AgendaItem]:
    return [
        actions.add_item(
            conference=conference,
            facts=ItemFacts(
                kind=item.kind,
                title_vi=item.title.vi,
                title_en=item.title.en,
                planned_minutes=item.minutes,
                visibility=item.visibility,
            ),
            by=None,
        )
        for item in agenda
    ]


def attached(item: AgendaItem, review: str) -> None:
    """The review under discussion, for the screens to turn page by page."""
    kept = version_of(review).files.filter(kind="pdf", language="vi").first()
    if kept is not None:
        content = storage.place_of(kept.path).read_bytes()
        actions.attach_document(item=item, name=kept.name, content=content, by=None)


def registered(conference: Conference, speech: told.Speech, item: AgendaItem) -> None:
    there = Delegation.objects.filter(site__conference=conference, site__area__key=speech.area)
    delegation = there.filter(bloc=speech.bloc).first()
    if delegation is None:
        return
    facts = SpeechFacts(
        title_vi=speech.title.vi,
        title_en=speech.title.en,
        speaker_post=speech.post,
        minutes=speech.minutes,
        text=f"{speech.text}{SIMULATED}" if speech.text else "",
    )
    made = actions.register_speech(delegation=delegation, facts=facts, by=None)
    actions.place_speech(speech=made, item=item, by=None)
