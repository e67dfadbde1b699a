from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError
from phoihop.programmes.models import Programme


def local_version_in_use(version: Programme) -> Conflict:
    sentence = _(
        "The version of %(area)s cannot be removed: reports or reviews stand on it. Keep its lines in the file."
    )
    return Conflict(sentence % {"area": version.area})


def unknown_programme(text: str, known: list[str]) -> DomainError:
    sentence = _(
        "“%(text)s” is not a programme here. Known: %(known)s. Write one of these, or a number such as 09/CTr-BCA-MTTQ."
    )
    return DomainError(sentence % {"text": text, "known": ", ".join(known) or "–"})
