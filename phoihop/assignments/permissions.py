"""Who may do what with conclusions, assignments and proposals. What a role may do is said in orgs.roles.MATRIX.

An organisation that ended acts through its heir; where it was split among several, nobody acts until the one it
passes to is chosen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from phoihop.areas.queries.served import areas_served
from phoihop.assignments.models import Assignment, Conclusion, Proposal
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser, can_administer
from phoihop.orgs.queries import central_desks, heirs_of
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, role_may

Answering = Callable[[Organisation], Organisation | None]  # who acts for it today
Issuing = Callable[[Conclusion], list[Organisation]]
Desks = Callable[[], Iterable[Organisation]]


@dataclass(frozen=True, slots=True)
class Acting:
    """The roles a user holds today, asked once for many questions. `None` as user is the system itself."""

    is_system: bool = False
    user_id: int | None = None
    administers: bool = False
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)

    def may(self, permission: Permission, organisation: Organisation) -> bool:
        if self.is_system:
            return True
        acting = in_force_for(organisation)
        held = self.roles.get(acting.pk, frozenset()) if acting else frozenset()
        return any(role_may(role, permission) for role in held)

    def may_for_any(self, permission: Permission, organisations: Iterable[Organisation]) -> bool:
        return any(self.may(permission, each) for each in organisations)

    def is_desk_of(self, organisation: Organisation) -> bool:
        return bool(self.roles.get(organisation.pk, frozenset()) & LEVEL_OF_DESK.keys())


def acting(user: AnyUser | None) -> Acting:
    if user is None:
        return Acting(is_system=True)
    roles: dict[int, set[Role]] = defaultdict(set)
    held = Membership.objects.held_by(user, clock.today()).select_related("organisation__area")
    for each in held:
        role = Role(each.role)
        if LEVEL_OF_DESK.get(role, each.organisation.area.level) == each.organisation.area.level:
            roles[each.organisation_id].add(role)
    held_roles = {pk: frozenset(of_one) for pk, of_one in roles.items()}
    return Acting(user_id=user.pk, administers=can_administer(user), roles=held_roles)


def in_force_for(organisation: Organisation) -> Organisation | None:
    """The one that acts for it today: itself, or its only heir; None where several heirs wait for a choice."""
    today = clock.today()
    if organisation.is_in_force(today):
        return organisation
    heirs = heirs_of(organisation, today)
    return heirs[0] if len(heirs) == 1 else None


def can_view_conclusion(user: AnyUser, conclusion: Conclusion) -> bool:
    """The twin of `Conclusion.objects.visible_to`."""
    return Conclusion.objects.visible_to(user).filter(pk=conclusion.pk).exists()


def can_view_assignment(user: AnyUser, assignment: Assignment) -> bool:
    """The twin of `Assignment.objects.visible_to`."""
    return Assignment.objects.visible_to(user).filter(pk=assignment.pk).exists()


def can_view_proposal(user: AnyUser, proposal: Proposal) -> bool:
    """The twin of `Proposal.objects.visible_to`."""
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


def issuers_of(conclusion: Conclusion) -> list[Organisation]:
    joined = conclusion.co_issuing.select_related("organisation__area")
    return [conclusion.lead_issuer, *(each.organisation for each in joined)]


def performers_of(assignment: Assignment) -> list[Organisation]:
    return [assignment.lead, *assignment.co_organisations.all()]


def desks_of_today() -> Iterable[Organisation]:
    return central_desks(clock.today())


def closers_of(
    assignment: Assignment,
    answers: Answering = in_force_for,
    issuing: Issuing = issuers_of,
    desks: Desks = desks_of_today,
) -> list[Organisation]:
    """Who gave it; where that is its own performer, the conclusions' other issuers, or else who is above.

    Each of them is the one that acts for it today, so that nobody closes as an heir what it leads itself. One of
    several heirs that wait for a choice is nobody yet. `queries.closing.closed_by` is the twin.
    """
    lead = answers(assignment.lead) or assignment.lead
    giver = answers(assignment.giver) or assignment.giver
    if giver != lead:
        return [giver]
    issuers = [answers(each) for each in issuing(assignment.paragraph.conclusion)]
    others = [each for each in issuers if each is not None and each != lead]
    return list(dict.fromkeys(others)) or _above(giver, lead, answers, desks)


def _above(giver: Organisation, lead: Organisation, answers: Answering, desks: Desks) -> list[Organisation]:
    """Its superior, or the central desks; never the lead, so that a second central desk is named where it is one."""
    superior = answers(giver.parent) if giver.parent else None
    if superior is not None and superior != lead:
        return [superior]
    return [each for each in desks() if each != lead]


def can_redact_assignments(user: AnyUser | None) -> bool:
    """Taking a person's data out of what was typed, for good: the central desk, or the system itself."""
    return user is None or can_administer(user)


def may_draft(who: Acting, issuers: Iterable[Organisation]) -> bool:
    return who.may_for_any(Permission.ENTER, issuers)


def may_issue(who: Acting, conclusion: Conclusion) -> bool:
    return who.may(Permission.PUBLISH, conclusion.lead_issuer)


def may_acknowledge(who: Acting, assignment: Assignment) -> bool:
    return who.may_for_any(Permission.SUBMIT, performers_of(assignment))


def may_report_progress(who: Acting, assignment: Assignment) -> bool:
    return who.may_for_any(Permission.ENTER, performers_of(assignment))


def may_report_done(who: Acting, assignment: Assignment) -> bool:
    return who.may(Permission.SUBMIT, assignment.lead)


def may_ask_extension(who: Acting, assignment: Assignment) -> bool:
    return who.may(Permission.SUBMIT, assignment.lead)


def may_close(who: Acting, assignment: Assignment) -> bool:
    """Also granting or refusing a later date, returning and withdrawing; never whoever reported it done."""
    if not who.is_system and assignment.reported_done_by_id == who.user_id and assignment.is_waiting:
        return False
    return who.may_for_any(Permission.FREEZE, closers_of(assignment))


def may_cascade(who: Acting, assignment: Assignment) -> bool:
    """Who gave it, or its lead, who then answers for the parts."""
    if assignment.given_at is None:
        return may_draft(who, issuers_of(assignment.paragraph.conclusion))
    return who.may(Permission.SUBMIT, assignment.lead) or may_close(who, assignment)


def may_pass_on(who: Acting, organisation: Organisation) -> bool:
    """The desk above the abolished organisation (or of an heir of the one above it), or the central desk."""
    above = heirs_of(organisation.parent, clock.today()) if organisation.parent else []
    return who.is_system or who.administers or any(who.is_desk_of(each) for each in above)


def may_answer(who: Acting, proposal: Proposal) -> bool:
    """Also forwarding it."""
    return who.may(Permission.ACCEPT, proposal.receiver)


def can_draft_conclusions(user: AnyUser) -> bool:
    """Whether there is an organisation of a province or the centre in whose name the user prepares conclusions."""
    return bool(issuing_organisations(user))


def issuing_organisations(user: AnyUser) -> list[Organisation]:
    """In whose name the user may prepare conclusions."""
    return _organisations(user, Permission.ENTER)


def proposing_organisations(user: AnyUser) -> list[Organisation]:
    return _organisations(user, Permission.SUBMIT)


def _organisations(user: AnyUser, permission: Permission) -> list[Organisation]:
    who = acting(user)
    ids = [pk for pk, roles in who.roles.items() if any(role_may(role, permission) for role in roles)]
    return list(Organisation.objects.filter(pk__in=ids).select_related("area").order_by("name_sort"))


def serves(user: AnyUser, organisation: Organisation) -> bool:
    """Whether an organisation's own page of duties is open: its members, and who serves its area."""
    held = Membership.objects.held_by(user, clock.today())
    own = dict(held.values_list("organisation", "organisation__area"))
    if organisation.pk in own or held.seeing_everything().exists():
        return True
    return areas_served(own.values(), clock.today()).filter(pk=organisation.area_id).exists()
