"""Run as a process of its own on an empty database: `python -m tests.reviews.numbering_at_once`; prints JSON."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

CLERKS = 6


def main() -> None:
    """Each clerk numbers another review of the same issuer, all at the same moment."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from phoihop.reviews.actions import freeze_review, give_number
    from phoihop.reviews.models import IssuedNumber, ReviewVersion
    from tests.reviews.world import approved, review_world

    call_command("migrate", verbosity=0)
    world = review_world()
    world.accept(world.units[0], {"B01": "4", "B02": "400"}, simulated=False)
    reviews = [world.composed(slug=f"so-{number}", state="received") for number in range(CLERKS)]
    versions = [approved(freeze_review(review=each, by=None, render=False)) for each in reviews]
    start = Barrier(CLERKS)

    def clerk(version: ReviewVersion) -> int:
        start.wait()
        try:
            return give_number(version=version, organisation=world.base.centre, by=None).number
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as pool:
        given = list(pool.map(clerk, versions))
    kept = list(IssuedNumber.objects.order_by("number").values_list("number", flat=True))
    print(json.dumps({"given": sorted(given), "kept": kept}))


if __name__ == "__main__":
    main()
