"""Addresses of conferences and sites: plain letters, none twice."""

import re
from collections.abc import Iterable, Set

from phoihop.core.text import fold_vi

_LONGEST = 55


def free_slug(name: str, taken: Iterable[str]) -> str:
    """ "Điểm cầu tỉnh Kon Tum" is diem-cau-tinh-kon-tum; the second of that name ends in -2."""
    held = taken if isinstance(taken, Set) else set(taken)
    bare = re.sub(r"[^a-z0-9]+", "-", fold_vi(name)).strip("-")[:_LONGEST].strip("-") or "hoi-nghi"
    slug, number = bare, 1
    while slug in held:
        number += 1
        slug = f"{bare}-{number}"
    return slug
