"""Lives the conference of 11 March 2019 on its day, what came of it since, and leaves one ready to run today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments.actions import (
    acknowledge_assignment,
    add_paragraph,
    assign,
    cascade_assignment,
    close_assignment,
    issue_conclusion,
    remove_paragraph,
    report_done,
    report_progress,
    send_proposal,
)
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences import actions
from phoihop.conferences.enums import Duty, ItemKind, SiteKind, VoteKind
from phoihop.conferences.facts import ConferenceFacts, DelegationFacts, ItemFacts, OfficialFacts, SpeechFacts
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Site, Speaker
from phoihop.core import clock, storage
from phoihop.demo import conference_story as told
from phoihop.demo import story
from phoihop.demo.chance import chance
from phoihop.demo.conferences.following import assign_requests, followed, proposals
from phoihop.demo.conferences.setting_up import prepared_2019, prepared_today
from phoihop.demo.conferences.sitting import sat
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, Post
from phoihop.programmes.models import Programme
from phoihop.reviews.models import Review, ReviewVersion


def hold_of_2019() -> None:
    """On its afternoon; prepared ten days before, its minutes frozen the day after."""
    with clock.pinned(told.at(date(2019, 3, 5), time(9))):
        conference = prepared_2019()
    sat(conference)
    with clock.pinned(told.at(date(2019, 3, 12), time(9))):
        minutes = actions.draft_minutes(conference=conference, by=None)
        directive = conference.items.get(kind=ItemKind.DIRECTIVE)
        words = "\n".join(request.text.vi for request in told.REQUESTS)
        actions.edit_minutes(minutes=minutes, part=f"item-{directive.pk}", texts={"vi": words}, by=None)
        actions.freeze_minutes(minutes=minutes, by=None)
        conclusion = actions.draft_conclusion(conference=conference, by=None)
        assign_requests(conclusion)
    with clock.pinned(told.at(date(2019, 3, 20), time(9))):
        issued = issue_conclusion(conclusion=conclusion, by=None)
        actions.make_notice(conclusion=issued, conference=conference, by=None)
    followed(issued)


def prepare_today() -> None:
    """Another, ready to run: anybody of the demonstration may open it and take part."""
    today = clock.today()
    with clock.pinned(told.at(today, time(8))):  # the accounts have their roles from today on
        conference = prepared_today(today)
        actions.send_invitations(conference=conference, by=None)
        proposals()
