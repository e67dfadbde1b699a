"""What the form's scripts need to know, as JSON in the page; nothing secret, nothing of others."""

from typing import Any

from django.urls import reverse

from phoihop.core.templatetags.vietnamese import localname
from phoihop.web.forms.entry import page_mark
from phoihop.web.queries.entry_form import EntryForm


def page_facts(form: EntryForm, username: str) -> dict[str, Any]:
    report = form.report
    return {
        "report": report.pk,
        "user": username,
        "title": localname(report.organisation),
        "send": reverse("web:send_report", args=[report.pk]),
        "page": reverse("web:entry", args=[report.pk]),
        "revision": form.revision,
        "fingerprint": form.fingerprint,
        "mark": str(page_mark()),
        "editable": form.is_editable,
        "codes": [row.code for section in form.sections for row in section.rows],
        "decimals": {
            row.code: row.cell.version.decimals for section in form.sections for row in section.rows
        },
        "ratios": [
            {
                "code": ratio.definition.indicator.code,
                "numerator": ratio.numerator,
                "denominator": ratio.denominator,
                "factor": ratio.definition.factor,
                "decimals": ratio.definition.decimals,
            }
            for section in form.sections
            for ratio in section.ratios
        ],
    }
