from phoihop.areas.actions.derived import ancestor_links
from phoihop.areas.territory import Validity
from tests.areas.tiny_maps import FIRST, SECOND, Draft


def test_ancestor_holds_on_the_days_every_link_of_the_chain_does() -> None:
    draft = Draft()
    before, after = draft.add("province"), draft.add("province")
    district = draft.add("district", None)
    draft.put(district, before, until=SECOND)
    draft.put(district, after, since=SECOND)
    commune = draft.add("commune", district, since=FIRST)

    links = {
        (above, depth, days) for unit, above, depth, days in ancestor_links(draft.done()) if unit == commune
    }
    assert links == {
        (district, 1, Validity(valid_from=FIRST)),
        (before, 2, Validity(valid_from=FIRST, valid_until=SECOND)),
        (after, 2, Validity(valid_from=SECOND)),
        (1, 3, Validity(valid_from=FIRST, valid_until=SECOND)),
        (1, 3, Validity(valid_from=SECOND)),
    }


def test_ancestor_ends_with_the_unit() -> None:
    draft = Draft()
    commune = draft.add("commune", None, until=SECOND)
    draft.put(commune, 1)

    assert list(ancestor_links(draft.done())) == [(commune, 1, 1, Validity(valid_until=SECOND))]
