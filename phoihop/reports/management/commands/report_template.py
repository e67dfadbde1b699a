from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rich.console import Console
from rich.progress import track

from phoihop.core.commands import SentenceCommand
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.files.bulk_template import Shape, bulk_workbook
from phoihop.reports.files.due import UnitWords
from phoihop.reports.files.earlier import earlier_values
from phoihop.reports.files.layout import Language
from phoihop.reports.files.template import report_workbook
from phoihop.reports.files.wanted import one_report, reports_under
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of


class Command(SentenceCommand):
    help = gettext_noop("Write the workbooks in which organisations report, or one table for many units.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", required=True, help=_("the form's code"))
        parser.add_argument("--period", required=True, help=_("an open period, such as ADM-2026-H2"))
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--organisation", default="", help=_("an organisation's code"))
        who.add_argument("--area", default="", help=_("an official area code, together with --party"))
        who.add_argument("--all-under", default="", help=_("every unit of this area code and below it"))
        parser.add_argument("--party", default="", help="police, front, mass_mobilisation ...")
        parser.add_argument("--out", type=Path, required=True, help=_("the folder to write to"))
        parser.add_argument(
            "--lang", choices=[each.value for each in Language], default=Language.VIETNAMESE.value
        )
        parser.add_argument(
            "--shape",
            choices=[each.value for each in Shape],
            default=Shape.UNIT.value,
            help=_("unit: a workbook an organisation; long, wide: one table for all"),
        )

    def handle(self, *_args: Any, out: Path, lang: str, shape: str, **options: Any) -> None:
        try:
            reports = _reports(**options)
        except DomainError as refusal:
            allowed = getattr(refusal, "allowed", "")
            raise CommandError(f"{refusal} [{allowed}]" if allowed else str(refusal)) from refusal
        if not reports:
            raise CommandError(_("No unit there owes this report. Choose another area, party or period."))
        out.mkdir(parents=True, exist_ok=True)
        paths = list(_written(reports, out, Language(lang), Shape(shape)))
        self.stdout.write(
            _("%(count)s workbooks written to %(folder)s.") % {"count": number(len(paths)), "folder": out}
            if len(paths) > 1
            else str(paths[0])
        )


def _reports(
    *, form: str, period: str, organisation: str, area: str, party: str, all_under: str, **_others: Any
) -> list[Report]:
    if all_under:
        return reports_under(all_under, form=form, period=period, party=party)
    return [
        one_report(
            UnitWords(organisation=organisation, area_code=area, party=party, period=period, form=form)
        )
    ]


def _written(reports: list[Report], out: Path, language: Language, shape: Shape) -> Iterator[Path]:
    period = reports[0].period
    if shape is not Shape.UNIT:
        path = out / f"{period.form.code}-{period.code}-{shape}.xlsx"
        bulk_workbook(reports, shape).save(path)
        yield path
        return
    earlier = earlier_values(reports)
    console = Console(stderr=True)
    for report in track(reports, _("Writing workbooks"), console=console, transient=True):
        path = out / f"{period.form.code}-{period.code}-{report.organisation.slug}.xlsx"
        report_workbook(report, cells_of(report), earlier[report.pk], language).save(path)
        yield path
