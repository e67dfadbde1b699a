"""A review hands its title, programmes, day and issuers over to the conclusions prepared from it."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import time_machine

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.reviews.actions import freeze_review
from phoihop.reviews.queries.handing import conclusions_address
from tests.reviews.world import review_world


def test_the_address_carries_what_the_review_says(db: None) -> None:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        world = review_world()
        rebuild_derived()
        world.accept_all()
        version = freeze_review(review=world.composed(state="received"), by=None, render=False)
        told = parse_qs(urlsplit(conclusions_address(version, world.base.central_desk)).query)
    review = version.review
    assert told["concluded_on"] == ["2026-06-16"]
    assert told["programme"] == [world.base.programme.slug]
    assert told["title_vi"][0].casefold() == f"kết luận {review.title_vi}".casefold()
    issuers = [each.organisation for each in review.issuers.all()]
    assert told["lead_issuer"] == [world.base.centre.slug]
    others = [each.name_vi for each in issuers if each != world.base.centre]
    assert told.get("co_issuers", [""]) == ["; ".join(others)]
