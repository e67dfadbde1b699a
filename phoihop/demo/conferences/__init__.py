"""Lives the conference of 11 March 2019 on its day, what came of it since, and leaves one ready to run today."""

from datetime import date, time

from phoihop.assignments.actions import issue_conclusion
from phoihop.conferences import actions
from phoihop.conferences.enums import ItemKind
from phoihop.conferences.minutes.parts import parts_of
from phoihop.conferences.models import Minutes
from phoihop.core import clock
from phoihop.demo import conference_story as told
from phoihop.demo.conferences.following import assign_requests, followed, proposed_today
from phoihop.demo.conferences.setting_up import prepared_2019
from phoihop.demo.conferences.sitting import sat
from phoihop.demo.conferences.today import prepared_today
from phoihop.reviews.render.labels import Language


def _with_requests(minutes: Minutes, part: str) -> dict[str, str]:
    """What the log says of the item, then what was asked for, in both languages."""
    told_in: tuple[Language, Language] = ("vi", "en")
    return {
        lang: "\n".join(
            [
                *(
                    line
                    for each in parts_of(minutes.drafted, {}, lang)
                    if each.key == part
                    for line in each.lines
                ),
                *(getattr(request.text, lang) for request in told.REQUESTS),
            ]
        )
        for lang in told_in
    }


def hold_of_2019() -> None:
    """On its afternoon; prepared ten days before, its minutes frozen the day after."""
    with clock.pinned(told.at(date(2019, 3, 5), time(9))):
        conference = prepared_2019()
    sat(conference)
    with clock.pinned(told.at(date(2019, 3, 12), time(9))):
        minutes = actions.draft_minutes(conference=conference, by=None)
        directive = conference.items.get(kind=ItemKind.DIRECTIVE)
        part = f"item-{directive.pk}"
        actions.edit_minutes(minutes=minutes, part=part, texts=_with_requests(minutes, part), by=None)
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
        proposed_today()
