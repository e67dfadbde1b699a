"""A form as a file: set up, exported, set up again; and every fault with its line and field."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.core.yaml_files import FileRefused
from phoihop.exchange.form_file import form_text, load_form
from phoihop.exchange.programme_file import load_programme
from phoihop.programmes.models import Programme, ReportingCalendar
from phoihop.reports.models import AskedScope, Exemption, ReportForm, ReportingPeriod
from tests.exchange.small_programme import programme_file
from tests.factories.orgs import UserFactory
from tests.orgs.tiny_country import REFORM, Country

pytestmark = pytest.mark.django_db

FORM = """\
format: phoihop-form/1
code: half
title: {{vi: "Báo cáo 6 tháng", en: "Half-year report"}}
window: half
programmes: [chuong-trinh-09]
working_days: {{commune: 3}}
asks:
  - {{level: province, area: {nation}, party: police}}
  - {{level: commune, area: {kon_tum}, party: police, to: 2025-06-30}}
  - {{level: commune, area: {code}, party: police, from: 2025-07-01, to: null}}
exemptions:
  - {{area: {ia_ly}, reason: "Chưa có dân cư", from: 2026-01-01, to: 2026-12-31}}
"""


@pytest.fixture
def text(tmp_path: Path, country: Country) -> str:
    load_programme(file=programme_file(tmp_path))
    keys = {name: area.key for name, area in vars(country).items()}
    code = country.quang_ngai.codes.get().code
    return FORM.format(**keys, code=f'"{code}"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(FileRefused) as refusal:
        load_form(file=written(folder, text))
    assert not ReportForm.objects.exists()
    return str(refusal.value).splitlines()


def test_a_form_is_set_up_from_its_file(folder: Path, text: str, country: Country) -> None:
    loaded = load_form(file=written(folder, text))
    form = ReportForm.objects.get()
    assert (loaded.form, loaded.is_new) == (form, True)
    assert (form.title_vi, form.window, form.working_days) == ("Báo cáo 6 tháng", "half", {"commune": 3})
    assert [programme.slug for programme in form.programmes.all()] == ["chuong-trinh-09"]
    scopes = form.scopes.order_by("pk").values_list("level", "root", "valid_from", "valid_until")
    assert list(scopes) == [
        ("province", country.nation.pk, None, None),
        ("commune", country.kon_tum.pk, None, REFORM),
        ("commune", country.quang_ngai.pk, REFORM, None),
    ]
    exempt = form.exemptions.get()
    assert (exempt.area, exempt.reason) == (country.ia_ly, "Chưa có dân cư")
    assert (exempt.valid_from, exempt.valid_until) == (date(2026, 1, 1), date(2027, 1, 1))


def test_loading_twice_changes_nothing(folder: Path, text: str) -> None:
    load_form(file=written(folder, text))
    rows = [list(model.objects.values()) for model in (ReportForm, AskedScope, Exemption)]
    events = AuditEvent.objects.count()
    assert load_form(file=written(folder, text)).is_nothing
    assert [list(model.objects.values()) for model in (ReportForm, AskedScope, Exemption)] == rows
    assert AuditEvent.objects.count() == events


def test_what_is_exported_loads_again_and_changes_nothing(folder: Path, text: str) -> None:
    form = load_form(file=written(folder, text)).form
    exported = form_text(form)
    assert load_form(file=written(folder, exported)).is_nothing
    Exemption.objects.all().delete()
    AskedScope.objects.all().delete()
    assert load_form(file=written(folder, exported)).changed == ["asks", "exemptions"]
    assert form_text(form) == exported


def test_a_changed_file_says_what_it_changed(folder: Path, text: str) -> None:
    load_form(file=written(folder, text))
    changed = text.replace("to: 2025-06-30", "to: 2025-05-31").replace("{commune: 3}", "{}")
    assert load_form(file=written(folder, changed)).changed == ["working_days", "asks"]
    assert AskedScope.objects.filter(valid_until=date(2025, 6, 1)).count() == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("window: half", "window: hlaf", "form.yaml:4: window: “hlaf” is not known."),
        ("[chuong-trinh-09]", "[chuong-trinh-90]", "form.yaml:5: programmes[1]: “chuong-trinh-90” is not known. Allowed: chuong-trinh-09"),
        ("{commune: 3}", "{commune: 0}", "form.yaml:6: working_days.commune: “0” is too small. Allowed: from 1 on."),
        ("{commune: 3}", "{district: 3}", "form.yaml:6: working_days.district: “district” is not known. Allowed: province, commune."),
        ("party: police, to: 2025-06-30", "party: polise", "form.yaml:9: asks"),
        ("to: 2025-06-30", "to: 2025-02-30", "“2025-02-30” is not a day. Allowed: a day written as"),
        ("from: 2025-07-01, to: null", "from: 2025-07-01, to: 2025-06-01", "comes before the first day"),
        ("from: 2025-07-01, to: null", "from: 2020-01-01", "no administrative unit has the code"),
        ("format: phoihop-form/1", "format: phoihop-form/2", "form.yaml:1: format"),
        ('reason: "Chưa có dân cư", ', "", "reason: It is missing."),
        ("[chuong-trinh-09]", "[]", "form.yaml:5: programmes: It is empty"),
        ("exemptions:", "exempt:", "“exempt” is not a field here."),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_field_and_what_is_allowed(
    folder: Path, text: str, old: str, new: str, expected: str
) -> None:
    assert old in text
    assert any(expected in line for line in faults(folder, text.replace(old, new)))


def test_an_ask_repeated_on_the_same_days_is_refused(folder: Path, text: str, country: Country) -> None:
    again = (
        f"  - {{level: province, area: {country.nation.key}, party: police, from: 2026-01-01}}\nexemptions:"
    )
    assert faults(folder, text.replace("exemptions:", again)) == [
        f"form.yaml:11: asks[police]: “{country.nation.key}” stands twice in this file. Keep one of them."
    ]


def test_a_level_no_calendar_names_is_refused(folder: Path, text: str) -> None:
    asked = text.replace("level: commune, area", "level: district, area").replace("{commune: 3}", "{}")
    with pytest.raises(Conflict) as refusal:
        load_form(file=written(folder, asked))
    assert str(refusal.value) == (
        "The form asks the level District, and no calendar of its programmes names it: chuong-trinh-09 names"
        " Commune, Province, Nation. Take the level out of the form, or add it to the programme's calendar."
    )


def test_reports_go_where_the_calendar_says(folder: Path, text: str) -> None:
    """Without the provinces the communes' reports would go to the centre: the calendar says to the province."""
    asked = "\n".join(line for line in text.splitlines() if "level: province" not in line)
    with pytest.raises(Conflict) as refusal:
        load_form(file=written(folder, asked))
    assert str(refusal.value) == (
        "By the calendar of chuong-trinh-09 the reports of the level Commune are accepted at the level Province,"
        " but by this form they would go to the central desk. Change what the form asks, or the calendar's accept_level."
    )
    ReportingCalendar.objects.update(accept_level={"commune": "nation"})
    load_form(file=written(folder, asked))


def test_a_form_with_windows_keeps_its_kind(folder: Path, text: str) -> None:
    form = load_form(file=written(folder, text)).form
    ReportingPeriod.objects.create(
        form=form, code="ADM-2026-H1", start=date(2025, 12, 15), end=date(2026, 6, 15),
        opened_at="2025-12-15T00:00Z",
    )  # fmt: skip
    with pytest.raises(Conflict, match="stays a form of the kind “Half year”"):
        load_form(file=written(folder, text.replace("window: half", "window: year")))


def test_only_the_central_desk_sets_up_a_form(folder: Path, text: str) -> None:
    with pytest.raises(NotAllowed):
        load_form(file=written(folder, text), by=UserFactory())


def test_the_commands_set_up_and_export(folder: Path, text: str) -> None:
    out = StringIO()
    path = written(folder, text)
    call_command("set_up_form", str(path), stdout=out)
    call_command("set_up_form", str(path), stdout=out)
    path.write_text(text.replace("Báo cáo 6 tháng", "Báo cáo sáu tháng"), encoding="utf-8")
    call_command("set_up_form", str(path), stdout=out)
    said = out.getvalue().splitlines()
    assert said[0].startswith("half: set up.")
    assert said[1] == "half: nothing changed."
    assert said[2].startswith("half: changed: title.")
    exported = folder / "out.yaml"
    call_command("export_form", "half", "--out", str(exported), stdout=out)
    assert exported.read_text("utf-8") == form_text(ReportForm.objects.get())
    with pytest.raises(CommandError, match="“haf” is not known"):
        call_command("export_form", "haf")
    assert Programme.objects.count() == 2
