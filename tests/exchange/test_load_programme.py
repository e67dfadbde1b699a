from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.exchange.programme_file import (
    document_of,
    load_programme,
    load_programme_text,
    load_programmes,
    read_programme_file,
)
from phoihop.indicators.actions import load_indicators
from phoihop.indicators.models import Selection, Target
from phoihop.orgs.actions import load_organisations
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import (
    AnnualPlanItem,
    Content,
    Party,
    Programme,
    ProgrammeAlias,
    ReportingCalendar,
)
from tests.exchange.small_programme import HEIR, PROGRAMME, programme_file
from tests.factories.areas import area_under, nation
from tests.factories.orgs import user_for
from tests.orgs.tiny_country import Country

pytestmark = pytest.mark.django_db
MODELS = (Programme, ProgrammeAlias, Party, Content, ReportingCalendar, Selection, Target, AnnualPlanItem)


def state() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_a_file_becomes_a_programme_with_all_its_parts(country: Country, tmp_path: Path) -> None:
    loaded = load_programme(file=programme_file(tmp_path))
    programme = Programme.objects.get(slug="chuong-trinh-09")
    assert (loaded.programme, loaded.is_new, loaded.changes) == (programme, True, {})
    assert (programme.number, programme.kind, programme.area) == ("09/CTr-BCA-MTTQ", "joint", country.nation)
    assert (programme.term_from, programme.term_until) == (date(2013, 8, 1), date(2023, 8, 1))
    assert [alias.number for alias in programme.aliases.all()] == ["09/CTr-BCA-MTTW"]
    assert [(p.organisation.slug, p.role) for p in programme.parties.all()] == [
        ("bo-cong-an", "lead"), ("mat-tran", "co_lead"), ("phu-nu", "member"),
    ]  # fmt: skip
    assert [(c.code, c.owner and c.owner.slug) for c in programme.contents.all()] == [
        ("1", "bo-cong-an"),
        ("2", None),
    ]
    assert (programme.calendar.calendar, programme.calendar.period_kind) == ("ADM", "half")
    assert programme.calendar.accept_level == {"commune": "province", "province": "nation"}
    assert [s.indicator.code for s in programme.selections.all()] == ["A01", "D02", "D09"]
    assert Target.objects.get().value == Decimal("95.5")
    assert AnnualPlanItem.objects.get().owner.slug == "bo-cong-an"
    assert programme.outline["reviews"][0]["from"] == "2013-12-15"


def test_a_local_version_is_signed_by_the_areas_own_parties(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    local = Programme.objects.get(localises__slug="chuong-trinh-09")
    assert (local.slug, local.area) == (f"chuong-trinh-09-{country.kon_tum.key}", country.kon_tum)
    parties = {(party.organisation.slug, party.role) for party in local.parties.all()}
    key = country.kon_tum.key
    assert parties == {
        (f"police-{key}", "lead"), (f"veterans-province-{key}", "member"), (f"women-province-{key}", "member"),
    }  # fmt: skip


def test_a_name_means_the_unit_of_the_day_of_signing(country: Country, tmp_path: Path) -> None:
    text = PROGRAMME.replace('area: "Kon Tum"', 'area: "Quảng Ngãi"')
    load_programme(file=programme_file(tmp_path, text))
    assert Programme.objects.get(localises__isnull=False).area == country.quang_ngai_before
    by_key = PROGRAMME.replace('area: "Kon Tum"', f'area: "{country.quang_ngai.key}"')
    load_programme(file=programme_file(tmp_path, by_key))
    assert Programme.objects.get(localises__isnull=False).area == country.quang_ngai


def test_loading_twice_changes_nothing(country: Country, tmp_path: Path) -> None:
    file = programme_file(tmp_path)
    load_programme(file=file)
    before = state()
    assert load_programme(file=file).is_nothing
    assert state() == before
    assert AuditEvent.objects.filter(action="load_programme").count() == 1
    assert country.nation.programmes.count() == 1


CHANGES = [
    ("to: 2023-07-31", "to: 2024-07-31", {"term.to": ["2023-07-31", "2024-07-31"]}),
    ('value: "95.5"', 'value: "90"', {"indicators[D09].target.value": ["95.5", "90"]}),
    ("mat-tran, role: co_lead", "mat-tran, role: member", {"parties[mat-tran].role": ["co_lead", "member"]}),
    ("commune: 2,", "commune: 3,", {"calendar.working_days.commune": [2, 3]}),
    ('en: "1. Communication"', 'en: "1. Speech"', {
        "review.outline[part-one].sections[content-1].title.en": ["1. Communication", "1. Speech"]
    }),
    ('owner: null}', "owner: mat-tran}", {"contents[2].owner": [None, "mat-tran"]}),
    ('["09/CTr-BCA-MTTW"]', '["09/CTr-CA"]', {"aliases": [["09/CTr-BCA-MTTW"], ["09/CTr-CA"]]}),
    ("party: police, role: lead", "party: police, role: co_lead", {
        "local_versions[Kon Tum].parties[police].role": ["lead", "co_lead"]
    }),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "changes"), CHANGES)
def test_a_changed_file_changes_exactly_that_and_records_it(
    country: Country, tmp_path: Path, right: str, wrong: str, changes: dict[str, list[object]]
) -> None:
    assert PROGRAMME.count(right) == 1
    load_programme(file=programme_file(tmp_path))
    before = state()
    loaded = load_programme(file=programme_file(tmp_path, PROGRAMME.replace(right, wrong)))
    assert loaded.changes == changes
    event = AuditEvent.objects.filter(action="load_programme").latest("pk")
    assert event.details == {"file": "p.yaml", "is_new": False, "changes": changes}
    after = state()
    assert sum(before[name] != after[name] for name in before) == 1
    assert country.nation.programmes.count() == 1


def test_what_left_the_file_leaves_the_programme(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    kept = Selection.objects.get(indicator__code="A01").pk
    shorter = "\n".join(
        line
        for line in PROGRAMME.splitlines()
        if "phu-nu" not in line and "D09" not in line and "{year:" not in line
    ).split("local_versions:")[0]
    loaded = load_programme(file=programme_file(tmp_path, shorter.replace("plan:", "plan: []")))
    assert not loaded.is_new
    programme = loaded.programme
    assert [party.organisation.slug for party in programme.parties.all()] == ["bo-cong-an", "mat-tran"]
    assert next(selection.pk for selection in programme.selections.all()) == kept
    assert (Target.objects.count(), AnnualPlanItem.objects.count(), programme.local_versions.count()) == (
        0,
        0,
        0,
    )
    assert country.nation.programmes.get() == programme


def test_a_local_version_in_use_stays(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    local = Programme.objects.get(localises__isnull=False)
    Programme.objects.create(
        slug="later", kind="joint", title_vi="x", title_en="x", area=country.kon_tum, predecessor=local
    )
    with pytest.raises(Conflict, match="The version of Tỉnh Kon Tum cannot be removed"):
        load_programme(file=programme_file(tmp_path, PROGRAMME.split("local_versions:")[0]))
    assert Programme.objects.filter(pk=local.pk).exists()


def test_predecessor_and_successor_are_one_link(country: Country, tmp_path: Path) -> None:
    named = PROGRAMME.replace("successor: null", "successor: chuong-trinh-07")
    old, new = programme_file(tmp_path, named, "09.yaml"), programme_file(tmp_path, HEIR, "07.yaml")
    load_programmes(files=[new, old])
    heir = Programme.objects.get(slug="chuong-trinh-07")
    assert heir.predecessor == Programme.objects.get(slug="chuong-trinh-09")
    assert all(loaded.is_nothing for loaded in load_programmes(files=[old, new]))
    assert country.nation.programmes.count() == 2


def test_a_successor_may_come_later(country: Country, tmp_path: Path) -> None:
    named = PROGRAMME.replace("successor: null", "successor: chuong-trinh-07")
    load_programme(file=programme_file(tmp_path, named))
    assert load_programme(file=programme_file(tmp_path, named)).is_nothing
    load_programme(file=programme_file(tmp_path, HEIR))
    assert document_of(Programme.objects.get(slug="chuong-trinh-09")).successor == "chuong-trinh-07"
    assert country.nation.programmes.count() == 2


def test_several_files_are_loaded_all_or_none(country: Country, tmp_path: Path) -> None:
    good = programme_file(tmp_path)
    bad = programme_file(tmp_path, HEIR.replace("organisation: phu-nu", "organisation: phu-nu-x"), "bad.yaml")
    with pytest.raises(Exception, match=r"bad\.yaml:"):
        load_programmes(files=[good, bad])
    assert not Programme.objects.exists()
    assert country.nation


def test_only_the_central_desk_loads(country: Country, tmp_path: Path) -> None:
    ministry = Organisation.objects.get(slug="bo-cong-an")
    with pytest.raises(NotAllowed):
        load_programme(file=programme_file(tmp_path), by=user_for(ministry, Role.APPROVER))
    desk = user_for(ministry, Role.CENTRAL_DESK)
    load_programme_text(text=PROGRAMME, name="typed", by=desk)
    assert AuditEvent.objects.get(action="load_programme").actor == desk.username
    assert country.nation.programmes.count() == 1


def test_the_shipped_files_load_and_come_back_as_they_are() -> None:
    folder = settings.PACKAGE_DIR / "programmes" / "data"
    root = nation()
    for name in ("Kon Tum", "Quảng Ngãi", "Bà Rịa - Vũng Tàu"):
        area_under(root, Level.PROVINCE, name)
    load_organisations(file=folder / "organisations.yaml")
    load_indicators(file=settings.PACKAGE_DIR / "indicators" / "data" / "indicators.yaml")
    files = sorted(folder.glob("chuong-trinh-*.yaml"))
    loaded = load_programmes(files=files)
    assert [document_of(each.programme) for each in loaded] == [
        read_programme_file(file)[1] for file in files
    ]
    assert all(each.is_nothing for each in load_programmes(files=files))
