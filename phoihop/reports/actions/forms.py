"""A form: one set of cells for one kind of window, and whom it asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.areas.models import Area
from phoihop.audit.actions import record
from phoihop.indicators.enums import WindowKind
from phoihop.programmes.models import Programme
from phoihop.reports import errors, form_errors
from phoihop.reports.models import AskedScope, Exemption, ReportForm
from phoihop.reports.permissions import can_run_periods

from .agreed import refuse_against_calendars


@dataclass(frozen=True)
class Ask:
    """Every organisation of a party at a level under an area, from a day until another (open where None)."""

    level: str
    root: Area
    party: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Exempt:
    """A unit that owes nothing, with the reason, from a day until another (open where None)."""

    area: Area
    reason: str
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
    exemptions: Iterable[Exempt] | None = None,
    by: AbstractBaseUser | None,
) -> ReportForm:
    """Create or update a form; whom it asks is replaced, opened windows keep their lists until followed.

    `exemptions`: None leaves those there are. What changes nothing is written and recorded as nothing.
    """
    if not can_run_periods(by):
        raise errors.only_the_centre_runs_periods()
    fields = {
        "title_vi": title_vi,
        "title_en": title_en,
        "window": window,
        "working_days": dict(working_days),
    }
    served, wanted = list(programmes), list(asks)
    refuse_against_calendars(wanted, served)
    before = ReportForm.objects.select_for_update().filter(code=code).first()
    if before and before.window != window and before.periods.exists():
        raise form_errors.window_in_use(code, str(WindowKind(before.window).label))
    form, created = ReportForm.objects.update_or_create(code=code, defaults=fields)
    changed = created or before is None or any(getattr(before, name) != fields[name] for name in fields)
    changed |= _serve(form, served)
    changed |= _replace(form, AskedScope, [vars(ask) for ask in wanted])
    if exemptions is not None:
        changed |= _replace(form, Exemption, [vars(each) for each in exemptions])
    if changed:
        record("set_up_form", form, by=by, details={"code": code, "new": created, "asks": len(wanted)})
    return form


def _serve(form: ReportForm, programmes: Sequence[Programme]) -> bool:
    before = set(form.programmes.values_list("pk", flat=True))
    form.programmes.set(programmes)
    return before != {programme.pk for programme in programmes}


def _replace(
    form: ReportForm, model: type[AskedScope] | type[Exemption], wanted: Sequence[dict[str, Any]]
) -> bool:
    """The rows of a form become those wanted, in their order; False where they are that already."""
    rows = [model(form=form, **values) for values in wanted]
    names = [field.attname for field in model._meta.fields if not field.primary_key]
    standing = list(model.objects.filter(form=form).order_by("pk").values_list(*names))
    if standing == [tuple(getattr(row, name) for name in names) for row in rows]:
        return False
    model.objects.filter(form=form).delete()
    model.objects.bulk_create(rows)  # type: ignore[arg-type]
    return True
