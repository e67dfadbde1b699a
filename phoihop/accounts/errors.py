from django.utils.translation import gettext as _

from phoihop.core.errors import NotAllowed


class DemonstrationOnly(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            _("Signing in with one click exists only in the demonstration. Sign in with your password.")
        )
