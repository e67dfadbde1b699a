"""The numbers an issuer gave to what it concluded."""

from phoihop.assignments.models import Conclusion
from phoihop.assignments.numbers import Number
from phoihop.orgs.models import Organisation


def numbers_given(issuer: Organisation, year: int, *, besides: Conclusion) -> list[tuple[Conclusion, Number]]:
    """Of one year, each with what holds it."""
    rows = Conclusion.objects.filter(lead_issuer=issuer, number_year=year).exclude(pk=besides.pk)
    read = [(each, Number.read(each.number)) for each in rows.select_related("lead_issuer")]
    return [(each, number) for each, number in read if number is not None]
