"""load(export(x)) == x, and export(load(f)) is stable: for the small programme, and for documents nobody wrote."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.areas.enums import Level
from phoihop.core.text import nfc
from phoihop.exchange.programme_file import (
    document_of,
    load_programme,
    load_programme_text,
    parse_programme_file,
    programme_text,
    text_of,
)
from phoihop.exchange.programme_file.shape import (
    CalendarItem,
    ContentItem,
    Milestone,
    MilestoneSource,
    PartyItem,
    PlannedReview,
    ProgrammeFile,
    ReviewItem,
    Section,
    SelectionItem,
    TargetItem,
    Term,
    Title,
)
from phoihop.programmes.enums import PartyRole, ProgrammeKind
from phoihop.programmes.models import Programme
from tests.exchange.small_programme import PROGRAMME, programme_file
from tests.orgs.tiny_country import Country

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40
).map(nfc)
titles = st.builds(Title, vi=words, en=words)
days = st.dates(date(1975, 1, 1), date(2060, 1, 1))
maybe_notes = st.one_of(st.just(""), words)
milestones = st.builds(
    Milestone,
    on=days,
    title=titles,
    text=titles,
    source=st.builds(MilestoneSource, title=words, url=st.sampled_from([None, "https://example.org/a"])),
)


@st.composite
def documents(draw: st.DrawFn) -> ProgrammeFile:
    """Any programme of the tiny country that contradicts itself nowhere."""
    first, length = draw(days), draw(st.integers(0, 4000))
    codes = draw(st.lists(words.map(lambda text: text[:20]), unique=True, max_size=4))
    chosen = draw(st.lists(st.sampled_from(["A01", "D02", "D03"]), unique=True))
    owner = st.sampled_from([None, "bo-cong-an", "mat-tran"])
    content = st.sampled_from([None, *codes])
    target = st.builds(
        TargetItem,
        value=st.sampled_from(["0", "1", "95.5", "0.0001", "1000000"]),
        level=st.sampled_from(Level),
        note=maybe_notes,
        note_en=maybe_notes,
    )
    section = st.builds(
        Section, key=st.just("s1"), title=titles, kind=st.sampled_from(["text", "figures"]),
        contents=st.lists(st.sampled_from(codes), max_size=2) if codes else st.just([]),
        indicators=st.lists(st.sampled_from(chosen), max_size=2) if chosen else st.just([]),
    )  # fmt: skip
    return ProgrammeFile(
        format="phoihop-programme/1",
        slug=draw(st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True)),
        number=draw(st.one_of(st.none(), words)),
        kind=ProgrammeKind.JOINT,
        title=draw(titles),
        signed_on=draw(st.one_of(st.none(), days)),
        signed_on_note=draw(maybe_notes),
        signed_on_note_en=draw(maybe_notes),
        term=Term(**{"from": first}, to=first + timedelta(days=length), note=draw(maybe_notes), note_en=draw(maybe_notes)),
        parties=[
            PartyItem(organisation="bo-cong-an", role=PartyRole.LEAD),
            PartyItem(organisation="mat-tran", role=draw(st.sampled_from(PartyRole))),
        ],
        contents=[ContentItem(code=code, title=draw(titles), owner=draw(owner)) for code in codes],
        calendar=CalendarItem(
            kind=draw(st.sampled_from(["administrative", "calendar"])),
            period=draw(st.sampled_from(["half", "year", "quarter"])),
            levels=[Level.COMMUNE, Level.NATION],
            working_days={Level.COMMUNE: 2, Level.NATION: draw(st.integers(2, 9))},
            accept_level={Level.COMMUNE: Level.NATION},
            note=draw(maybe_notes),
            note_en=draw(maybe_notes),
        ),
        milestones=draw(st.lists(milestones, max_size=2)),
        indicators=[
            SelectionItem(code=code, content=draw(content), target=draw(st.one_of(st.none(), target))) for code in chosen
        ],
        review=ReviewItem(
            outline=[Section(key="top", title=draw(titles), kind="part", sections=draw(st.lists(section, max_size=1)))],
            annexes=draw(st.lists(st.sampled_from(["by_unit", "tasks"]), unique=True)),
            reviews=[
                PlannedReview(key="r", kind="interim", years=3, **{"from": first}, to=first + timedelta(days=length), title=draw(titles))
            ],
        ),
    )  # fmt: skip


@given(documents())
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_back(document: ProgrammeFile) -> None:
    source, read = parse_programme_file(text_of(document), name="f.yaml")
    assert source.faults == []
    assert read == document


@pytest.mark.django_db
@given(documents())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_loaded_is_exported_and_loads_again(country: Country, document: ProgrammeFile) -> None:
    Programme.objects.all().delete()
    programme = load_programme_text(text=text_of(document), name="f.yaml").programme
    assert document_of(programme) == document
    exported = programme_text(programme)
    assert load_programme_text(text=exported, name="f.yaml").is_nothing
    assert programme_text(programme) == exported
    assert country.nation


@pytest.mark.django_db
def test_the_small_programme_comes_back(country: Country, tmp_path: Path) -> None:
    _source, document = parse_programme_file(PROGRAMME, name="p.yaml")
    programme = load_programme(file=programme_file(tmp_path)).programme
    assert document_of(programme) == document
    assert parse_programme_file(programme_text(programme), name="again.yaml")[1] == document
    assert country.nation


@pytest.mark.django_db
def test_an_area_whose_name_is_shared_is_written_by_its_key(country: Country, tmp_path: Path) -> None:
    text = PROGRAMME.replace('area: "Kon Tum"', f'area: "{country.quang_ngai.key}"')
    exported = programme_text(load_programme(file=programme_file(tmp_path, text)).programme)
    assert f'area: "{country.quang_ngai.key}"' in exported
    assert load_programme_text(text=exported, name="f.yaml").is_nothing


@pytest.mark.django_db
def test_the_exported_file_explains_itself(country: Country, tmp_path: Path) -> None:
    lines = programme_text(load_programme(file=programme_file(tmp_path)).programme).splitlines()
    assert lines[0].startswith("# A coordination programme, to be read, changed and loaded again")
    assert "  - {organisation: bo-cong-an, role: lead}" in lines
    assert '  - {code: "A01", content: "1"}' in lines
    assert "predecessor: null" in lines
    assert max(map(len, lines)) < 150
    assert country.nation


@pytest.mark.django_db
def test_the_exported_file_explains_itself_in_the_readers_language(country: Country, tmp_path: Path) -> None:
    programme = load_programme(file=programme_file(tmp_path)).programme
    with translation.override("vi"):
        text = programme_text(programme)
    assert text.startswith(
        "# Chương trình phối hợp: đọc, sửa rồi nạp lại bằng lệnh: phoihop load_programme TỆP\n"
    )
    assert load_programme_text(text=text, name="p.yaml").is_nothing
    assert country.nation


@pytest.mark.django_db
def test_commands_load_and_export(
    country: Country, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_programme", programme_file(tmp_path))
    assert capsys.readouterr().out == "09/CTr-BCA-MTTQ: loaded.\n"
    out = tmp_path / "out.yaml"
    call_command("export_programme", "09/CTr-BCA-TTTW", "--out", str(out))
    assert capsys.readouterr().out == f"Written: {out}\n"
    call_command("load_programme", out)
    assert capsys.readouterr().out == "09/CTr-BCA-MTTQ: nothing changed.\n"
    out.write_text(out.read_text("utf-8").replace("2023-07-31", "2024-07-31"), "utf-8")
    call_command("load_programme", out)
    assert capsys.readouterr().out == (
        "09/CTr-BCA-MTTQ: 1 places changed.\n  term.to: 2023-07-31 → 2024-07-31\n"
    )
    with pytest.raises(CommandError, match=r"“99” is not a programme here. Known: chuong-trinh-09"):
        call_command("export_programme", "99")
    assert country.nation
