from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.core.text import nfc
from phoihop.core.yaml_files import read_yaml
from phoihop.exchange.form_file.document import document_of
from phoihop.exchange.form_file.references import find_form_references
from phoihop.exchange.form_file.shape import FormFile
from phoihop.orgs.permissions import require_administering
from phoihop.reports.actions import set_up_form
from phoihop.reports.models import ReportForm


@dataclass(frozen=True)
class FormLoaded:
    form: ReportForm
    is_new: bool
    changed: list[str]  # the fields of the file that differ from what stood; empty for a new form

    @property
    def is_nothing(self) -> bool:
        return not self.is_new and not self.changed


@transaction.atomic
def load_form(*, file: Path, by: AbstractBaseUser | None = None) -> FormLoaded:
    """Set up the form a file describes; the file is the whole truth about it. Loading it again changes nothing."""
    require_administering(by)
    source = read_yaml(file)
    document = source.checked(FormFile)
    references = find_form_references(source, document)
    standing = ReportForm.objects.filter(code=document.code).first()
    before = document_of(standing) if standing else None
    form = set_up_form(
        code=document.code,
        title_vi=nfc(document.title.vi),
        title_en=nfc(document.title.en),
        window=document.window,
        programmes=references.programmes,
        working_days={level.value: days for level, days in document.working_days.items()},
        asks=references.asks,
        exemptions=references.exemptions,
        by=by,
    )
    after = document_of(form)
    changed = [
        name for name in FormFile.model_fields if before and getattr(before, name) != getattr(after, name)
    ]
    return FormLoaded(form, before is None, changed)
