"""The national data set of the benchmarks is written past the models: a column that came since must be in it too."""

import pytest
from django.db import models

from benchmarks import database
from phoihop.reports.models import Report, ReportVersion


@pytest.mark.parametrize(
    ("model", "columns"), [(Report, database._REPORT), (ReportVersion, database._VERSION)]
)
def test_every_column_that_must_be_filled_is_filled(model: type[models.Model], columns: str) -> None:
    needed = {
        each.column for each in model._meta.concrete_fields if not each.null and not each.has_db_default()
    }
    assert needed <= set(columns.split())
