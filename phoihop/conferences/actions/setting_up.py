"""A conference comes to be: what it is about, when and where, and who holds it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.actions.guards import lay, require_before, require_not_closed, require_seen
from phoihop.conferences.actions.timing import retime
from phoihop.conferences.facts import ConferenceFacts, laid_on
from phoihop.conferences.models import Conference, Organiser
from phoihop.conferences.permissions import Act, Attendee, attendee_of
from phoihop.conferences.slugs import free_slug
from phoihop.core.clock import day_of
from phoihop.core.turns import writing_turn
from phoihop.orgs.models import Organisation, Post
from phoihop.orgs.permissions import can_act_for
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme
from phoihop.reviews.models import ReviewVersion

Organising = tuple[Organisation, Post | None]


def create_conference(
    *,
    facts: ConferenceFacts,
    area: Area,
    programmes: Iterable[Programme],
    organisers: Sequence[Organising],
    by: User | None,
    review: ReviewVersion | None = None,
    slug: str = "",
    is_simulated: bool = False,
    key: str = "",
) -> Conference:
    """By the desk or an approver of the body that leads it. review: the frozen version that is discussed."""
    about = list(programmes)
    _refuse_unclear(facts, organisers)
    if not about:
        raise preparing_errors.programme_needed()
    if by is not None and not can_act_for(by, Permission.FREEZE, organisers[0][0]):
        raise preparing_errors.only_organisers_create(organisers[0][0])
    with writing_turn(), transaction.atomic():
        taken = Conference.objects.values_list("slug", flat=True)
        made = Conference.objects.create(
            slug=slug or free_slug(f"{day_of(facts.starts_at):%Y-%m-%d}", taken),
            area=area,
            review=review,
            is_simulated=is_simulated,
            **laid_on(facts),
        )
        made.programmes.set(about)
        _put_organisers(made, organisers)
        with changing(made, Act.PREPARE, attendee_of(made, by) if by else None, key=key) as change:
            named = [organisation.slug for organisation, _post in organisers]
            version: dict[str, Any] = (
                {"review": review.review.slug, "version": review.number} if review else {}
            )
            change.tell("create_conference", title=made.title_vi, organisers=named, **version)
    return made


def edit_conference(
    *, conference: Conference, facts: ConferenceFacts, by: Attendee | None, seen: str = "", key: str = ""
) -> Conference:
    """Its title, kind, time and place; the agenda's times move along."""
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_before(change)
        require_seen(change.conference, facts, seen)
        if facts.starts_at >= facts.ends_at:
            raise preparing_errors.ends_before_it_starts()
        changed = lay(change.conference, facts)
        if "starts_at" in changed:
            retime(change)
        change.tell("edit_conference", shows=("item", "agenda"), changed=changed)
    return conference


def set_organisers(
    *,
    conference: Conference,
    organisers: Sequence[Organising],
    by: Attendee | None,
    seen: Sequence[Organisation] | None = None,
    key: str = "",
) -> Conference:
    """In the order given: the first one leads and issues the conclusions; each with the post that signs letters.

    seen: those the new list was made from; where somebody else changed them since, nothing is changed.
    """
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = [each.organisation for each in change.conference.organisers.select_related("organisation")]
        if seen is not None and list(seen) != held:
            raise preparing_errors.changed_by_another(change.conference)
        if not organisers:
            raise preparing_errors.organiser_needed()
        change.conference.organisers.all().delete()
        _put_organisers(change.conference, organisers)
        change.tell("set_organisers", organisers=[organisation.slug for organisation, _post in organisers])
    return conference


def _refuse_unclear(facts: ConferenceFacts, organisers: Sequence[Organising]) -> None:
    if not organisers:
        raise preparing_errors.organiser_needed()
    if facts.starts_at >= facts.ends_at:
        raise preparing_errors.ends_before_it_starts()


def _put_organisers(conference: Conference, organisers: Sequence[Organising]) -> None:
    for order, (organisation, post) in enumerate(organisers):
        if post is not None and post.organisation_id != organisation.pk:
            raise preparing_errors.not_its_post(post, organisation)
        Organiser.objects.create(conference=conference, organisation=organisation, post=post, order=order)
