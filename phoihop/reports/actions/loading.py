from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.core.files import SafeFile
from phoihop.reports.models import FileLoad


@transaction.atomic
def note_file_load(
    *,
    file: SafeFile,
    rows_read: int,
    versions_made: int,
    problems: list[Mapping[str, Any]],
    by: AbstractBaseUser | None,
) -> FileLoad:
    """What became of a file, so that the same bytes are not loaded again; a file whose faults were mended is."""
    loaded, _created = FileLoad.objects.update_or_create(
        sha256=file.sha256,
        defaults={
            "name": file.name[:255],
            "loaded_at": clock.now(),
            "loaded_by_id": by.pk if by else None,
            "rows_read": rows_read,
            "versions_made": versions_made,
            "problems": problems,
        },
    )
    record(
        "load_report_files",
        loaded,
        by=by,
        details={"sha256": file.sha256, "versions_made": versions_made},  # no name: it may have to go
    )
    return loaded
