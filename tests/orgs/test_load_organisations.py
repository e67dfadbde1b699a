from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.core.yaml_files import FileRefused
from phoihop.orgs.actions import load_organisations
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.orgs.queries import heir_of, heirs_of, organisation_of, superior_of
from tests.factories.orgs import police_of, user_for
from tests.orgs.tiny_country import ORGANISATIONS, REFORM, TODAY, Country, organisations_file, tiny_country

pytestmark = pytest.mark.django_db
DISTRICT_POLICE_END = date(2025, 3, 1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"), time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def country() -> Country:
    return tiny_country()


@pytest.fixture
def loaded(country: Country, tmp_path: Path) -> Country:
    load_organisations(file=organisations_file(tmp_path))
    return country


def of(area: object, party: PartyKind, on: date = TODAY) -> Organisation:
    found = organisation_of(area, party, on)  # type: ignore[arg-type]
    assert found is not None
    return found


def before(area: object, party: PartyKind) -> Organisation:
    return of(area, party, date(2019, 3, 11))


def test_every_area_gets_its_bodies(loaded: Country) -> None:
    slugs = set(Organisation.objects.filter(area=loaded.gia_lai).values_list("slug", flat=True))
    key = loaded.gia_lai.key
    assert slugs == {
        f"police-{key}", f"front-{key}", f"mass-mobilisation-{key}", f"communication-province-{key}",
        f"veterans-province-{key}", f"women-province-{key}",
    }  # fmt: skip
    commune = set(Organisation.objects.filter(area=loaded.ia_ly).values_list("party", flat=True))
    assert commune == {"police", "front", "steering_committee"}  # no member organisations in communes


def test_names_stand_in_running_text(loaded: Country) -> None:
    assert before(loaded.kon_tum, PartyKind.POLICE).name_vi == "Công an tỉnh Kon Tum"
    assert before(loaded.kon_tum, PartyKind.POLICE).name_en == "Kon Tum Police"


def test_a_body_is_valid_where_area_and_template_are(loaded: Country) -> None:
    district = before(loaded.dak_ha, PartyKind.POLICE)
    assert (district.valid_from, district.valid_until) == (None, DISTRICT_POLICE_END)
    assert before(loaded.dak_ha, PartyKind.FRONT).valid_until == REFORM
    assert of(loaded.quang_ngai, PartyKind.POLICE).valid_from == REFORM
    assert not Organisation.objects.filter(slug=f"mass-mobilisation-{loaded.quang_ngai.key}").exists()


def test_parent_is_one_level_up_on_the_last_day(loaded: Country) -> None:
    kon_tum_police = before(loaded.kon_tum, PartyKind.POLICE)
    assert before(loaded.dak_ui, PartyKind.POLICE).parent == kon_tum_police  # the district's had ended
    assert before(loaded.dak_ui, PartyKind.FRONT).parent == before(loaded.dak_ha, PartyKind.FRONT)
    assert kon_tum_police.parent == Organisation.objects.get(slug="bo-cong-an")
    women = Organisation.objects.get(slug=f"women-province-{loaded.gia_lai.key}")
    assert women.parent == Organisation.objects.get(slug="phu-nu")
    assert of(loaded.gia_lai, PartyKind.MASS_MOBILISATION).parent == Organisation.objects.get(
        slug="ban-tuyen-giao"
    )


def test_superior_is_dated_and_passes_over_levels_not_asked(loaded: Country) -> None:
    police, front = before(loaded.dak_ui, PartyKind.POLICE), before(loaded.dak_ui, PartyKind.FRONT)
    district = before(loaded.dak_ha, PartyKind.POLICE)
    province = before(loaded.kon_tum, PartyKind.POLICE)
    assert superior_of(police, date(2019, 3, 11)) == district
    assert superior_of(police, date(2019, 3, 11), ["commune", "province", "nation"]) == province
    assert superior_of(police, DISTRICT_POLICE_END) == province
    assert superior_of(front, DISTRICT_POLICE_END) == before(loaded.dak_ha, PartyKind.FRONT)
    assert superior_of(Organisation.objects.get(slug="bo-cong-an"), TODAY) is None


def test_heirs_follow_the_areas(loaded: Country) -> None:
    mar, pxi = of(loaded.dak_mar, PartyKind.POLICE), of(loaded.dak_pxi, PartyKind.POLICE)
    assert heirs_of(before(loaded.dak_ui, PartyKind.POLICE), TODAY) == [mar]
    by_slug = sorted([mar, pxi], key=lambda heir: heir.slug)
    assert heirs_of(before(loaded.dak_la, PartyKind.POLICE), TODAY) == by_slug
    assert heir_of(before(loaded.kon_tum, PartyKind.POLICE), TODAY) == of(loaded.quang_ngai, PartyKind.POLICE)
    veterans = Organisation.objects.get(slug=f"veterans-province-{loaded.kon_tum.key}")
    assert heir_of(veterans, TODAY) == Organisation.objects.get(
        slug=f"veterans-province-{loaded.quang_ngai.key}"
    )


def test_a_body_in_force_answers_for_itself(loaded: Country) -> None:
    police = before(loaded.dak_ui, PartyKind.POLICE)
    assert heir_of(police, date(2025, 6, 30)) == police
    assert heir_of(police, REFORM) == of(loaded.dak_mar, PartyKind.POLICE)


def test_district_duties_pass_one_level_up(loaded: Country) -> None:
    police, front = before(loaded.dak_ha, PartyKind.POLICE), before(loaded.dak_ha, PartyKind.FRONT)
    assert heir_of(police, DISTRICT_POLICE_END) == before(loaded.kon_tum, PartyKind.POLICE)
    assert heir_of(police, TODAY) == of(loaded.quang_ngai, PartyKind.POLICE)
    # The province's own Front ended on the same day: the link goes straight to its heir.
    assert front.heir_links.get().successor == of(loaded.quang_ngai, PartyKind.FRONT)


def test_heirs_in_one_area_and_at_the_centre(loaded: Country) -> None:
    commission = before(loaded.gia_lai, PartyKind.MASS_MOBILISATION)
    assert heir_of(commission, TODAY) == of(loaded.gia_lai, PartyKind.MASS_MOBILISATION)
    assert commission.heir_links.get().on == DISTRICT_POLICE_END
    central = OrganisationSuccession.objects.get(predecessor__slug="ban-dan-van")
    assert (central.successor.slug, central.on, central.act) == ("ban-tuyen-giao", date(2025, 2, 3), "S38")


def test_nothing_ends_without_an_heir(loaded: Country) -> None:
    assert loaded
    assert not Organisation.objects.filter(valid_until__isnull=False, heir_links=None).exists()


def test_loading_twice_changes_nothing(country: Country, tmp_path: Path) -> None:
    file = organisations_file(tmp_path)
    first = load_organisations(file=file)
    rows = list(Organisation.objects.order_by("pk").values())
    links = list(OrganisationSuccession.objects.order_by("pk").values())
    assert first.created == len(rows)
    assert load_organisations(file=file).is_nothing
    assert list(Organisation.objects.order_by("pk").values()) == rows
    assert list(OrganisationSuccession.objects.order_by("pk").values()) == links
    assert AuditEvent.objects.filter(action="load_organisations").count() == 1
    assert country.nation.pk == int(AuditEvent.objects.get(action="load_organisations").object_id)


def test_a_changed_name_changes_only_its_rows(country: Country, tmp_path: Path) -> None:
    load_organisations(file=organisations_file(tmp_path))
    changed = organisations_file(
        tmp_path, ORGANISATIONS.replace("name_vi: Bộ Công an", "name_vi: Bộ Công An")
    )
    result = load_organisations(file=changed)
    assert (result.created, result.changed, result.successions) == (0, 1, 0)
    ministry = Organisation.objects.get(slug="bo-cong-an")
    assert (ministry.name_vi, ministry.area) == ("Bộ Công An", country.nation)


REFUSALS = [
    (
        "party: front, level: nation",
        "party: frontt, level: nation",
        (
            "organisations.yaml:5: organisations[mat-tran].party: “frontt” is not known. Allowed: police, front,"
            " mass_mobilisation, member_organisation, steering_committee, party_committee. Did you mean “front”?"
        ),
    ),
    (
        "{slug: dang-uy,",
        "{slug: bo-cong-an,",
        (
            "organisations.yaml:4: organisations[bo-cong-an].slug: “bo-cong-an” stands twice in this file. Keep one of"
            " them, or give the other its own name."
        ),
    ),
    (
        "successors: [{slug: ban-tuyen-giao,",
        "successors: [{slug: ban-tuyen-gia,",
        (
            "organisations.yaml:12: organisations[ban-dan-van].successors[ban-tuyen-gia].slug: “ban-tuyen-gia” is not"
            " known. Allowed: bo-cong-an, dang-uy, mat-tran, ban-dan-van, ban-tuyen-giao, cuu-chien-binh, phu-nu. Did you"
            " mean “ban-tuyen-giao”?"
        ),
    ),
    (
        'name_en: "{name} CM", for_kinds: [tỉnh], valid_from: 2025-03-01',
        'name_en: "{name} CM", for_kinds: [tỉnh], valid_from: 2025-03-01, valid_until: 2025-03-01',
        (
            "organisations.yaml:35: templates[communication-province].valid_until: “2025-03-01” does not come after the"
            " first day, “2025-03-01”. Correct one of the two days."
        ),
    ),
    (
        'name_vi: "Ban Tuyên giáo {name}"',
        'name_vi: "Ban Tuyên giáo {area}"',
        (
            "organisations.yaml:34: templates[communication-province].name_vi: “{area}” is not known. Allowed: {name},"
            " {full_name}, {kind_en}. Did you mean “{name}”?"
        ),
    ),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), REFUSALS)
def test_a_wrong_file_is_refused_with_its_place(
    country: Country, tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    assert ORGANISATIONS.count(right) == 1
    with pytest.raises(FileRefused) as refusal:
        load_organisations(file=organisations_file(tmp_path, ORGANISATIONS.replace(right, wrong)))
    assert str(refusal.value) == sentence
    assert not Organisation.objects.filter(area=country.nation).exists()


def test_without_a_map_the_sentence_says_what_to_load(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=r"map is empty. Load it first with `phoihop load_areas`"):
        load_organisations(file=organisations_file(tmp_path))


def test_only_the_central_desk_loads(country: Country, tmp_path: Path) -> None:
    clerk = user_for(police_of(country.gia_lai), Role.PROVINCIAL_DESK)
    with pytest.raises(NotAllowed):
        load_organisations(file=organisations_file(tmp_path), by=clerk)


def test_command_ends_with_the_sentence(country: Country, tmp_path: Path) -> None:
    file = organisations_file(
        tmp_path, ORGANISATIONS.replace("party: front, level: nation", "party: x, level: nation")
    )
    with pytest.raises(CommandError, match=r"organisations\.yaml:5"):
        call_command("load_organisations", organisations=file)
    assert country.nation.organisations.count() == 0
