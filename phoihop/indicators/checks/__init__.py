from phoihop.indicators.checks.catalogue import check_catalogue
from phoihop.indicators.checks.claims import check_claims
from phoihop.indicators.checks.refused import refusal_of

__all__ = ["check_catalogue", "check_claims", "refusal_of"]
