from phoihop.indicators.actions.catalogue import CatalogueLoaded, load_indicators
from phoihop.indicators.actions.claims import ClaimsLoaded, load_claims

__all__ = ["CatalogueLoaded", "ClaimsLoaded", "load_claims", "load_indicators"]
