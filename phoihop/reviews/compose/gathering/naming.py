"""What units are called in a review: by their title on the last day of its span, with the unit above where two share a name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from phoihop.areas.models import Area, AreaParent, AreaTitle, MapEpoch
from phoihop.periods import Span
from phoihop.reviews.compose.scope import place
from phoihop.reviews.compose.text import NOTHING, Text

REPORTED = "reported"
BACKWARDS = Text(
    "theo bản đồ hành chính giữa năm 2025, dùng ngược về trước",
    "on the administrative map of mid-2025, used backwards",
)


def place_on(area: Area, day: date) -> Text:
    """The area in running text, as it was titled on a day: a province made a city later is a province then."""
    title = AreaTitle.objects.as_of(day).filter(area=area).first()
    kind, full_name = (title.kind, title.full_name) if title else (area.kind, area.full_name)
    return place(area.level, kind, area.name, full_name)


def names_on(areas: Iterable[Area], day: date) -> dict[int, Text]:
    """A name of its own for each of the areas that stand in one table."""
    listed = list({area.pk: area for area in areas}.values())
    names = _titled(listed, day)
    count = Counter(name.vi for name in names.values())
    twins = [area for area in listed if count[names[area.pk].vi] > 1]
    return names | _with_parents(twins, names, day)


def backwards(map_key: str, span: Span) -> Text:
    """The words a review owes its readers where its units are those of a later day than the days it speaks of."""
    oldest = MapEpoch.objects.filter(start__isnull=True).first()
    if oldest is None or oldest.end is None or map_key not in {REPORTED, oldest.key}:
        return NOTHING
    first_known = date(oldest.end.year, 1, 1)  # of mid-2025: nothing is known of the mergers of earlier years
    return BACKWARDS if span.start < first_known else NOTHING


def _titled(areas: Sequence[Area], day: date) -> dict[int, Text]:
    titles = {each.area_id: each for each in AreaTitle.objects.as_of(day).filter(area__in=areas)}
    found = {}
    for area in areas:
        held = titles.get(area.pk)
        kind, full_name = (held.kind, held.full_name) if held else (area.kind, area.full_name)
        found[area.pk] = Text(full_name, place(area.level, kind, area.name, full_name).en)
    return found


def _with_parents(twins: Sequence[Area], names: Mapping[int, Text], day: date) -> dict[int, Text]:
    links = AreaParent.objects.as_of(day).filter(area__in=twins).select_related("parent")
    parents = {link.area_id: link.parent for link in links}
    above = _titled(list(parents.values()), day)
    found = {}
    for area in twins:
        if parent := parents.get(area.pk):
            found[area.pk] = names[area.pk] + Text(f" ({above[parent.pk].vi})", f" ({above[parent.pk].en})")
    return found
