from html import unescape
from io import BytesIO

import pytest

from phoihop.orgs.enums import Role
from phoihop.reviews.actions import add_uploaded_file, edit_section, freeze_review
from phoihop.reviews.models import Redaction, ReviewFile, ReviewVersion
from tests.web.conftest import world as world  # noqa: PLC0414  the same world as the other pages
from tests.web.world import PageWorld, client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/so-ket/so-ket/go-noi-dung/"
NAMED = "Bà Trần Thị B, 0901234567"


@pytest.fixture
def version(world: PageWorld) -> ReviewVersion:
    review = world.frozen(state="received").review
    said = [{"kind": "sentence", "vi": f"{NAMED} phản ánh.", "en": ""}]
    edit_section(section=review.sections.get(key="causes"), blocks=said, by=None)
    return freeze_review(review=review, by=None, render=False)


def test_words_are_taken_out_on_the_page_and_readers_are_told_why(
    world: PageWorld, version: ReviewVersion
) -> None:
    desk = client_of(world.told.base.central_desk)
    refused = desk.post(ADDRESS, {"words": NAMED, "reason": ""})
    assert (refused.status_code, Redaction.objects.count()) == (400, 0)
    assert NAMED in unescape(refused.content.decode())  # what was typed stays
    assert desk.post(ADDRESS, {"words": NAMED, "reason": "Dữ liệu cá nhân"}).status_code == 302
    page = unescape(desk.get(f"/so-ket/so-ket/?version={version.number}").content.decode())
    assert (NAMED in page, "[đã gỡ bỏ] phản ánh." in page) == (False, True)
    assert "gỡ bỏ một phần nội dung" in page
    assert "Dữ liệu cá nhân" in page
    listed = unescape(desk.get(ADDRESS).content.decode())
    assert listed.count("Dữ liệu cá nhân") == Redaction.objects.count() == 2


def test_uploaded_file_is_taken_out_on_the_page(world: PageWorld, version: ReviewVersion) -> None:
    stream = BytesIO(b"%PDF-1.7 x")
    kept = add_uploaded_file(version=version, name="ba-tran-thi-b.pdf", stream=stream, by=None)
    desk = client_of(world.told.base.central_desk)
    assert desk.post(f"{ADDRESS}tep/{kept.pk}/", {"reason": " "}).status_code == 400
    assert desk.post(f"{ADDRESS}tep/{kept.pk}/", {"reason": "Tên công dân"}).status_code == 302
    assert desk.post(f"{ADDRESS}tep/{kept.pk}/", {"reason": "Tên công dân"}).status_code == 404
    assert not ReviewFile.objects.exists()
    assert "ba-tran-thi-b" not in desk.get(ADDRESS).content.decode()


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR, Role.READER])
def test_page_is_the_central_desks(world: PageWorld, version: ReviewVersion, role: Role) -> None:
    client = client_of(world.told.base.user(world.told.base.centre, role))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"words": NAMED, "reason": "x"}).status_code == 403
    assert "go-noi-dung" not in client.get("/so-ket/so-ket/").content.decode()
