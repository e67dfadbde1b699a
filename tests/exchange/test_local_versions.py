"""A version signed by an area's parties: its own file names the programme it carries out, and keeps what it says."""

from pathlib import Path

import pytest

from phoihop.core.yaml_files import FileRefused
from phoihop.exchange.programme_file import load_programme, load_programme_text, programme_text
from phoihop.programmes.models import Programme
from tests.exchange.small_programme import PROGRAMME, programme_file
from tests.orgs.tiny_country import Country

pytestmark = pytest.mark.django_db
OWN_TITLE = "Kế hoạch phối hợp của tỉnh Kon Tum"


@pytest.fixture
def local(country: Country, tmp_path: Path) -> Programme:
    load_programme(file=programme_file(tmp_path))
    return Programme.objects.get(localises__isnull=False)


def own_text(local: Programme) -> str:
    """Its export, with a title, a term and one member organisation of its own."""
    veterans = next(
        line for line in programme_text(local).splitlines() if "veterans" in line and "organisation" in line
    )
    text = programme_text(local).replace(local.title_vi, OWN_TITLE).replace("2023-07-31", "2020-12-31")
    return text.replace(f"{veterans}\n", "")


def test_an_exported_version_names_what_it_carries_out(local: Programme) -> None:
    assert "\nlocalises: chuong-trinh-09\n" in programme_text(local)
    assert "localises" not in programme_text(Programme.objects.get(slug="chuong-trinh-09"))


def test_a_version_loads_into_another_installation(local: Programme) -> None:
    text, slug = programme_text(local), local.slug
    local.delete()
    load_programme_text(text=text, name="local.yaml")
    again = Programme.objects.get(slug=slug)
    assert again.localises == Programme.objects.get(slug="chuong-trinh-09")
    assert programme_text(again) == text
    assert load_programme_text(text=text, name="local.yaml").is_nothing


def test_the_programme_above_leaves_alone_what_the_version_says(local: Programme, tmp_path: Path) -> None:
    load_programme_text(text=own_text(local), name="local.yaml")
    told = programme_text(Programme.objects.get(pk=local.pk))
    assert OWN_TITLE in told
    assert load_programme(file=programme_file(tmp_path)).is_nothing
    assert programme_text(Programme.objects.get(pk=local.pk)) == told


def test_what_the_version_does_not_say_follows_the_programme_above(local: Programme, tmp_path: Path) -> None:
    load_programme(
        file=programme_file(tmp_path, PROGRAMME.replace("Chương trình phối hợp", "Quy chế phối hợp"))
    )
    local.refresh_from_db()
    assert local.title_vi == "Quy chế phối hợp – Tỉnh Kon Tum"


def test_a_version_of_another_slug_is_the_version_of_its_area(local: Programme, tmp_path: Path) -> None:
    text = programme_text(local).replace(f"slug: {local.slug}", "slug: kon-tum-09")
    local.delete()
    load_programme_text(text=text, name="local.yaml")
    load_programme(file=programme_file(tmp_path))
    assert [each.slug for each in Programme.objects.filter(localises__isnull=False)] == ["kon-tum-09"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("localises: chuong-trinh-09", "localises: chuong-trinh-90", "localises: “chuong-trinh-90” is not known."),
        ("localises: chuong-trinh-09", "localises: {slug}", "Only a programme of an area carries out one"),
        ("level: province", "level: nation", "Only a programme of an area carries out one"),
    ],
)  # fmt: skip
def test_what_is_refused(local: Programme, old: str, new: str, sentence: str) -> None:
    text = programme_text(local)
    assert old in text
    with pytest.raises(FileRefused) as refusal:
        load_programme_text(text=text.replace(old, new.format(slug=local.slug)), name="local.yaml")
    assert sentence in str(refusal.value)
