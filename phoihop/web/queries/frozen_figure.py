"""What a frozen review says of a figure, and what became of it since."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.orgs.permissions import AnyUser
from phoihop.reviews.models import Review, ReviewVersion
from phoihop.reviews.queries import context_of
from phoihop.reviews.queries.public import public_context
from phoihop.reviews.queries.reading import versions_open_to
from phoihop.reviews.render.words import reports_coverage
from phoihop.rollup.queries import Figure
from phoihop.web import errors
from phoihop.web.forms.asked import Asked
from phoihop.web.permissions import is_member


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """Missing: `value` None where the review had none; `protected` is what a guest is shown of a small count."""

    review: Review
    version: int
    frozen_at: datetime
    ledger_seq: int
    state: str
    value: Decimal | None
    protected: str
    is_at_least: bool
    coverage: str
    is_same_question: bool  # today's figure beside it is of the same state: only then do they compare


@dataclass(frozen=True, slots=True)
class SinceFrozen:
    """Today's figure against the frozen one."""

    before: Decimal | None
    now: Decimal | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.now

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.now is None else self.now - self.before


def frozen_figure(
    user: AnyUser, query: QueryDict, asked: Asked, area: Area, code: str
) -> FrozenFigure | None:
    """The figure an address from a frozen review speaks of; None where it comes from nowhere.

    Raises: DomainError where the review, its version or the figure is not there for this reader.
    """
    slug = query.get("review", "")
    if not slug:
        return None
    version = _version(user, slug, query.get("version", ""))
    context = context_of(version)
    if not is_member(user):
        context = dict(public_context(context).context)
    key = query.get("figure", "") or code
    held = context["figures"].get(key)
    if held is None or held["indicator"] != code or held["area_id"] != area.pk:
        raise errors.unknown_name(_("figure of the review"), key)
    value, protected = _read(held["value"])
    return FrozenFigure(
        review=version.review,
        version=version.number,
        frozen_at=version.frozen_at,
        ledger_seq=version.ledger_seq,
        state=version.review.state,
        value=value,
        protected=protected,
        is_at_least=bool(held["is_at_least"]),
        coverage=reports_coverage(held, "en" if get_language() == "en" else "vi"),
        is_same_question=version.review.state == asked.state and not protected,
    )


def since_frozen(frozen: FrozenFigure, figure: Figure) -> SinceFrozen | None:
    """None where the two may not be compared, or today's is protected."""
    if not frozen.is_same_question or figure.hidden:
        return None
    return SinceFrozen(frozen.value, figure.value)


def _version(user: AnyUser, slug: str, number: str) -> ReviewVersion:
    review = Review.objects.visible_to(user).select_related("programme", "area").filter(slug=slug).first()
    if review is None:
        raise errors.unknown_name(_("review"), slug)
    found: ReviewVersion | None = (
        versions_open_to(user, review).filter(number=number).first() if number.isdecimal() else None
    )
    if found is None:
        raise errors.unknown_name(_("version of the review"), number)
    return found


def _read(text: str | None) -> tuple[Decimal | None, str]:
    try:
        return (None, "") if text is None else (Decimal(text), "")
    except InvalidOperation:
        return None, text or ""
