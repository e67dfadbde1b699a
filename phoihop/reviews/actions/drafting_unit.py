from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.audit.words import seal_words
from phoihop.core.text import nfc
from phoihop.reviews.actions.guards import require_composing
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review


@transaction.atomic
def set_drafting_unit(*, review: Review, unit: Text, by: User | None) -> Review:
    """Whom "Lưu: VT, ..." names in the versions to come (NĐ 30/2020/NĐ-CP, Annex I, II.9)."""
    require_composing(by, review)
    locked = Review.objects.select_for_update().get(pk=review.pk)
    locked.drafting_unit_vi, locked.drafting_unit_en = (_cleaned(each) for each in (unit.vi, unit.en))
    locked.save(update_fields=["drafting_unit_vi", "drafting_unit_en"])
    record("set_drafting_unit", locked, by=by, details=seal_words(locked, "drafting_unit_vi", again=True))
    review.refresh_from_db()
    return review


def _cleaned(text: str) -> str:
    return " ".join(nfc(text).split()).strip(" .;,-")
