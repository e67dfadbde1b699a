"""The reasons a desk uses again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.reports import desk_errors
from phoihop.reports.models import ReturnText
from phoihop.reports.standing import standing_of

from .guards import require_short

MOST = 30  # texts of one organisation


@transaction.atomic
def add_return_text(*, organisation: Organisation, text: str, by: AbstractBaseUser | None) -> ReturnText:
    _require_keeping(organisation, by)
    said = _said(text, organisation)
    if organisation.return_texts.count() >= MOST:
        raise desk_errors.too_many_texts(MOST)
    kept = ReturnText.objects.create(
        organisation=organisation, text=said, changed_at=clock.now(), changed_by_id=getattr(by, "pk", None)
    )
    record("add_return_text", kept, by=by, organisation=organisation)
    return kept


@transaction.atomic
def change_return_text(*, kept: ReturnText, text: str, by: AbstractBaseUser | None) -> ReturnText:
    """What was already returned with it stays as it was said."""
    _require_keeping(kept.organisation, by)
    kept.text = _said(text, kept.organisation, kept)
    kept.changed_at, kept.changed_by_id = clock.now(), getattr(by, "pk", None)
    kept.save(update_fields=["text", "changed_at", "changed_by"])
    record("change_return_text", kept, by=by, organisation=kept.organisation)
    return kept


@transaction.atomic
def remove_return_text(*, kept: ReturnText, by: AbstractBaseUser | None) -> ReturnText:
    _require_keeping(kept.organisation, by)
    record("remove_return_text", kept, by=by, organisation=kept.organisation)
    kept.delete()
    return kept


def _require_keeping(organisation: Organisation, by: AbstractBaseUser | None) -> None:
    if not standing_of(by).may(Permission.RETURN, organisation.pk):
        raise desk_errors.desk_keeps_texts(organisation)


def _said(text: str, organisation: Organisation, other_than: ReturnText | None = None) -> str:
    said = require_short(nfc(text.replace("\r\n", "\n").replace("\x00", "")))
    if not said:
        raise desk_errors.text_needed()
    same = organisation.return_texts.filter(text=said)
    if other_than is not None:
        same = same.exclude(pk=other_than.pk)
    if same.exists():
        raise desk_errors.text_kept_already()
    return said
