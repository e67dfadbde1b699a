"""A site checks its devices and its line before the conference, or during it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from phoihop.audit.actions import record
from phoihop.conferences import errors
from phoihop.conferences.models import Site, SiteCheck
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.rehearsal import LIMITS, check_colour
from phoihop.core import clock
from phoihop.core.turns import writing_turn

KEPT = 5  # of each site
_MOST = 1_000_000


def keep_check(*, site: Site, run: str, said: Mapping[str, Any], by: Attendee) -> SiteCheck:
    """What the page measured: the same run once more replaces its line, and an earlier run is no longer current."""
    if not by.may(Act.PUBLISH) or by.site != site:
        raise errors.not_your_site(site)
    heard = said.get("speaker_heard")
    measured = {name: _number(said.get(name)) for name in LIMITS}
    values = {**measured, "speaker_heard": heard if isinstance(heard, bool) else None}
    colour = check_colour(site.kind, values)
    with writing_turn(), transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        site.checks.exclude(run=run).filter(is_current=True).update(is_current=False)
        kept, _is_new = SiteCheck.objects.update_or_create(
            site=site, run=run, defaults={**values, "colour": colour, "at": clock.now(), "is_current": True}
        )
        old = site.checks.order_by("-at", "-pk").values_list("pk", flat=True)[KEPT:]
        site.checks.filter(pk__in=list(old)).delete()
        record("keep_check", site, by=by, details={"site": site.slug, "colour": str(colour)})
    return kept


def _number(value: Any) -> float | None:
    """None for what was not measured, and for what no page of ours sends."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(float(value), 4) if is_number and 0 <= value <= _MOST else None
