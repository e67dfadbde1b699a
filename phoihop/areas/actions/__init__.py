from .derived import rebuild_derived
from .loading import Loaded, load_areas
from .successions import establish_area, record_succession

__all__ = ["Loaded", "establish_area", "load_areas", "rebuild_derived", "record_succession"]
