from collections.abc import Sequence
from datetime import date

from phoihop.areas.models import Area
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import heir_of, organisation_of
from phoihop.programmes.enums import PartyRole
from phoihop.programmes.models import Party, Programme


def issuing_organisations(programmes: Sequence[Programme], area: Area, day: date) -> list[Organisation]:
    """The programmes' leading parties, one for each side, as they are in the area on a day.

    In the programme's own area the parties themselves, or whoever took over from them; in an area below, the
    organisation of the same side there.
    """
    found: dict[str, Organisation] = {}
    leading = Party.objects.filter(programme__in=programmes, role__in=[PartyRole.LEAD, PartyRole.CO_LEAD])
    place = {programme.pk: index for index, programme in enumerate(programmes)}
    ordered = sorted(
        leading.select_related("organisation"), key=lambda party: (place[party.programme_id], party.order)
    )
    for party in ordered:
        side = party.organisation.party
        same_area = party.organisation.area_id == area.pk
        issuer = heir_of(party.organisation, day) if same_area else organisation_of(area, side, day)
        if issuer is not None:
            found.setdefault(side, issuer)
    return list(found.values())
