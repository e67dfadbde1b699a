"""A ratio of two cells of the form and a target of one of them."""

from decimal import Decimal

from phoihop.indicators.models import Indicator, Target
from tests.factories.indicators import indicator
from tests.reports.world import World


def with_ratio_and_target(world: World) -> None:
    """K05 = B02 / B01, two decimals; 30 of B01 are asked of a commune."""
    numerator, denominator = (Indicator.objects.get(code=code) for code in ("B02", "B01"))
    indicator(
        "K05", "ratio", programme=world.programme, numerator=numerator, denominator=denominator, decimals=2
    )
    selection = world.programme.selections.get(indicator__code="B01")
    Target.objects.create(selection=selection, level="commune", value=Decimal(30))
