"""What the form of a report is sent: by its page, and by a device."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from phoihop.reports.models import Report


def address(report: Report, part: str = "nhap") -> str:
    return f"/bao-cao/{report.pk}/{part}/"


def page_fields(**fields: str) -> dict[str, str]:
    return {"mark": "comma", "c-B01": "1.234", "c-B02": "0", "base": "", **fields}


def device(**fields: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "mark": "comma", "cells": {"B01": "4", "B02": "400"}, "base": "", **fields}


def sent(client: Client, report: Report, **fields: Any) -> tuple[int, dict[str, Any]]:
    response = client.post(
        address(report, "gui"), json.dumps(device(**fields)), content_type="application/json"
    )
    return response.status_code, response.json()
