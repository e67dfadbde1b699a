from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.core.errors import DomainError
from phoihop.core.yaml_sentences import refused_choice
from phoihop.exchange.form_file import form_text
from phoihop.reports.models import ReportForm


class Command(SentenceCommand):
    help = gettext_noop(
        "Write a report form as the YAML file that sets it up again. Only the standard comments are written:"
        " those a person put in a file are not kept in the system."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", metavar="CODE")
        parser.add_argument("--out", type=Path, metavar="FILE", help=_("a file; the terminal when left out"))

    def handle(self, *, form: str, out: Path | None, **options: Any) -> None:
        found = ReportForm.objects.filter(code=form).first()
        if found is None:
            known = list(ReportForm.objects.order_by("code").values_list("code", flat=True))
            raise DomainError(refused_choice(form, known))
        text = form_text(found)
        if out is None:
            self.stdout.write(text, ending="")
            return
        out.write_text(text, encoding="utf-8")
        self.stdout.write(_("Written: %(file)s") % {"file": out})
