"""A form: one set of cells for one kind of window, and whom it asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.areas.models import Area
from phoihop.audit.actions import record
from phoihop.indicators.enums import WindowKind
from phoihop.programmes.models import Programme
from phoihop.reports import errors
from phoihop.reports.models import AskedScope, ReportForm
from phoihop.reports.permissions import can_run_periods


@dataclass(frozen=True)
class Ask:
    """Every organisation of a party at a level under an area, from a day until another (open where None)."""

    level: str
    root: Area
    party: str
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def set_up_form(
    *,
    code: str,
    title_vi: str,
    title_en: str,
    window: WindowKind,
    programmes: Iterable[Programme],
    working_days: Mapping[str, int],
    asks: Iterable[Ask],
    by: AbstractBaseUser | None,
) -> ReportForm:
    """Create or update a form; whom it asks is replaced, opened windows keep their lists until followed."""
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    fields = {
        "title_vi": title_vi,
        "title_en": title_en,
        "window": window,
        "working_days": dict(working_days),
    }
    form, created = ReportForm.objects.update_or_create(code=code, defaults=fields)
    form.programmes.set(programmes)
    form.scopes.all().delete()
    scopes = [AskedScope(form=form, **vars(ask)) for ask in asks]
    AskedScope.objects.bulk_create(scopes)
    record("set_up_form", form, by=by, details={"code": code, "new": created, "asks": len(scopes)})
    return form
