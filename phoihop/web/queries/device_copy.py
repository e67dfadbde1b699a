"""A version as a device shows it beside its own copy."""

from typing import Any

from phoihop.core.templatetags.vietnamese import moment
from phoihop.reports.content import NOT_APPLICABLE, revision_of
from phoihop.reports.models import Report
from phoihop.web.queries.entry_form import written


def copy_of(report: Report) -> dict[str, Any]:
    version = report.latest_version
    if version is None:
        return {"revision": "", "cells": {}, "na": [], "notes": {}, "narrative": {}, "saved": ""}
    return {
        "revision": revision_of(version),
        "number": version.number,
        "cells": {code: written(text) for code, text in version.cells.items() if text != NOT_APPLICABLE},
        "na": [code for code, text in version.cells.items() if text == NOT_APPLICABLE],
        "consolidated": version.consolidated,
        "notes": version.notes,
        "narrative": version.narrative,
        "saved": moment(version.submitted_at or version.created_at),
    }
