"""The form as the file a person reads, changes and sets up again."""

from typing import Any

from django.utils.translation import gettext_noop as _

from phoihop.exchange.form_file.document import document_of
from phoihop.exchange.yaml_text import commented_yaml
from phoihop.reports.models import ReportForm

_TOP = (
    _("A report form, to be read, changed and set up again: phoihop set_up_form FILE"),
    _(
        "Days are written as 2026-07-01; the first and the last day are both part of it. null = open on that side."
    ),
)
_BEFORE = {
    "window": (_("half | year (15/12-14/12) | residential_window (1/11-31/10) | commune_window (16/11-15/11)"),),
    "programmes": (_("the programmes, by slug, whose indicators the form asks for"),),
    "working_days": (_("level: working days from the cut-off to the deadline, where other than the programmes say"),),
    "asks": (
        _("every organisation of the party at the level, in the area and below it, from a day to another"),
        _("area: the unit's own key, or its official code on the first day"),
    ),
    "exemptions": (_("units that owe nothing, with the reason"),),
}  # fmt: skip


def form_text(form: ReportForm) -> str:
    said: dict[str, Any] = document_of(form).model_dump(by_alias=True, mode="python")
    return commented_yaml(said, _TOP, _BEFORE)
