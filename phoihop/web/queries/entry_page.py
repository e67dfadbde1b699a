"""What the form's scripts need to know, as JSON in the page; nothing secret, nothing of others."""

from typing import Any

from django.urls import reverse

from phoihop.core.templatetags.vietnamese import localname
from phoihop.reports.checks.evidence import gather
from phoihop.reports.checks.page import page_facts as facts_of_report
from phoihop.reports.checks.page import rules_for_page
from phoihop.web.forms.entry import page_mark
from phoihop.web.queries.entry_form import EntryForm


def page_facts(form: EntryForm, username: str) -> dict[str, Any]:
    """With the server's own rules and what it knows of this report, so that they speak while it is typed."""
    report = form.report
    rows = [row for section in form.sections for row in section.rows]
    codes = [row.code for row in rows]
    filled = gather(report.period, [report], set(codes)).filled(report, {}, [])
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
        "codes": codes,
        "rules": rules_for_page(),
        "known": facts_of_report(filled),
        "decimals": {row.code: row.cell.version.decimals for row in rows},
        "targets": {row.code: f"{row.target.normalize():f}" for row in rows if row.target},
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
