"""Who serves a conference: posts of bodies; a user of that body signs in for the post."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import lay, require_not_closed, require_seen
from phoihop.conferences.enums import ConferenceState, Duty
from phoihop.conferences.facts import OfficialFacts, laid_on
from phoihop.conferences.models import Conference, Official
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation, Post


def add_official(
    *, conference: Conference, facts: OfficialFacts, by: Attendee | None, key: str = ""
) -> Official:
    """Also while in session: where the chair's laptop dies, another co-chair goes on."""
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        _refuse_unfit(facts)
        last = change.conference.officials.filter(duty=facts.duty).aggregate(last=Max("order"))["last"]
        order = 0 if last is None else last + 1
        try:
            with transaction.atomic():
                made = Official.objects.create(conference=change.conference, order=order, **laid_on(facts))
        except IntegrityError as fault:
            raise preparing_errors.official_there_already(facts.organisation) from fault
        _tell(change, "add_official", made)
    return made


def edit_official(
    *, official: Official, facts: OfficialFacts, by: Attendee | None, seen: str = "", key: str = ""
) -> Official:
    """Another post, or another user who signs in for it."""
    with changing(official.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Official.objects.select_related("organisation", "user").get(pk=official.pk)
        require_seen(held, facts, seen)
        _refuse_unfit(facts, held)
        if held.duty == Duty.CHAIR != facts.duty:
            _keep_a_chair(change, held)
        try:
            with transaction.atomic():
                lay(held, facts)
        except IntegrityError as fault:
            raise preparing_errors.official_there_already(facts.organisation) from fault
        _tell(change, "edit_official", held)
    official.refresh_from_db()
    return official


def remove_official(*, official: Official, by: Attendee | None, key: str = "") -> None:
    with changing(official.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Official.objects.select_related("organisation").get(pk=official.pk)
        presents = change.conference.items.filter(presenter=held).exists()
        if presents or held.speakers.exists():
            raise preparing_errors.official_spoke(held)
        if held.duty == Duty.CHAIR:
            _keep_a_chair(change, held)
        _tell(change, "remove_official", held)
        held.delete()


def require_member_of_any(user: User, bodies: Sequence[Organisation], area: Area) -> None:
    """Raises: DomainError for a user who acts for none of the bodies today."""
    held = Membership.objects.held_by(user, clock.today())
    if not held.filter(organisation__in=bodies).exists():
        raise preparing_errors.not_a_member(user, bodies[0] if len(bodies) == 1 else area)


def _refuse_unfit(facts: OfficialFacts, held: Official | None = None) -> None:
    """Whoever signs in already is not asked again whether a membership has ended since."""
    post = facts.post
    if post is not None and post.organisation_id != facts.organisation.pk:
        raise preparing_errors.not_its_post(post, facts.organisation)
    if post is not None and facts.duty == Duty.CHAIR and not post.may_chair:
        chairing = Post.objects.filter(organisation=facts.organisation, may_chair=True)
        raise preparing_errors.may_not_chair(post, chairing)
    stays = held is not None and (held.user, held.organisation) == (facts.user, facts.organisation)
    if facts.user is not None and not stays:
        require_member_of_any(facts.user, [facts.organisation], facts.organisation.area)


def _keep_a_chair(change: Change, leaving: Official) -> None:
    others = change.conference.officials.filter(duty=Duty.CHAIR, user__isnull=False).exclude(pk=leaving.pk)
    if change.conference.state == ConferenceState.OPEN and not others.exists():
        raise preparing_errors.last_chair()


def _tell(change: Change, what: str, official: Official) -> None:
    post = official.post.title_vi if official.post else ""
    change.tell(
        what,
        thing=official,
        official=official.pk,
        duty=official.duty,
        organisation=official.organisation.slug,
        post=post,
    )
