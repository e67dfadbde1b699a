from pathlib import Path

import pytest
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.core.yaml_files import FileRefused
from phoihop.orgs.actions import load_organisations, load_posts
from phoihop.orgs.models import Post
from tests.orgs.tiny_country import organisations_file, tiny_country

pytestmark = pytest.mark.django_db

POSTS = """\
format: phoihop-posts/1
posts:
  - {organisation: bo-cong-an, slug: thu-truong, title_vi: Thứ trưởng, title_en: Deputy Minister, order: 2, may_sign: true,
     may_chair: true, signing_vi: KT. BỘ TRƯỞNG}
  - {organisation: bo-cong-an, slug: bo-truong, title_vi: Bộ trưởng, title_en: Minister, order: 1, may_sign: true,
     signing_vi: null}
templates:
  - {party: police, level: province, slug: giam-doc, title_vi: Giám đốc, title_en: Director, order: 1, may_sign: true}
  - {party: police, level: commune, slug: truong, title_vi: Trưởng Công an, title_en: Chief, order: 1, may_sign: true}
"""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    tiny_country()
    load_organisations(file=organisations_file(tmp_path))
    path = tmp_path / "posts.yaml"
    path.write_text(POSTS, encoding="utf-8")
    return path


def test_posts_of_the_centre_and_of_every_province(posts: Path) -> None:
    assert load_posts(file=posts) == 2 + 4
    deputy = Post.objects.get(slug="thu-truong")
    assert (deputy.organisation.slug, deputy.signing_vi, deputy.may_chair) == (
        "bo-cong-an",
        "KT. BỘ TRƯỞNG",
        True,
    )
    assert [post.slug for post in deputy.organisation.posts.all()] == ["bo-truong", "thu-truong"]
    assert Post.objects.filter(organisation__area__level=Level.COMMUNE).count() == 0


def test_communes_get_posts_where_asked(posts: Path) -> None:
    load_posts(file=posts, levels=[Level.PROVINCE, Level.COMMUNE])
    assert Post.objects.filter(slug="truong").count() == 5


def test_loading_twice_changes_nothing(posts: Path) -> None:
    load_posts(file=posts)
    before = list(Post.objects.order_by("pk").values())
    assert load_posts(file=posts) == 0
    assert list(Post.objects.order_by("pk").values()) == before


def test_a_changed_title_changes_one_row(posts: Path) -> None:
    load_posts(file=posts)
    posts.write_text(POSTS.replace("title_en: Minister,", "title_en: The Minister,"), encoding="utf-8")
    assert load_posts(file=posts) == 1
    assert Post.objects.get(slug="bo-truong").title_en == "The Minister"


def test_an_unknown_body_is_refused_with_its_place(posts: Path) -> None:
    posts.write_text(
        POSTS.replace("organisation: bo-cong-an, slug: bo-truong", "organisation: bo-cong, slug: bo-truong")
    )
    with translation.override("en"), pytest.raises(FileRefused) as refusal:
        load_posts(file=posts)
    assert str(refusal.value).startswith(
        "posts.yaml:5: posts[bo-truong].organisation: “bo-cong” is not known."
    )
    assert Post.objects.count() == 0
