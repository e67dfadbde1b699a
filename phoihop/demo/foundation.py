"""What stands before any report: the map, its bodies, the catalogue, the programmes, the published figures, the forms."""

from pathlib import Path

from django.conf import settings

from phoihop.accounts.models import User
from phoihop.areas.actions import load_areas
from phoihop.areas.models import Area
from phoihop.demo import story
from phoihop.exchange.programme_file.apply import load_programmes
from phoihop.indicators.actions import load_claims, load_indicators
from phoihop.orgs.actions import grant_membership, load_organisations, load_posts
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.actions import Ask, set_up_form

_DATA = Path(settings.PACKAGE_DIR)


def load_map() -> None:
    load_areas(by=None)


def load_bodies() -> None:
    load_organisations(file=_DATA / "programmes/data/organisations.yaml")
    load_posts(file=_DATA / "programmes/data/posts.yaml")


def load_catalogue() -> None:
    load_indicators(file=_DATA / "indicators/data/indicators.yaml")
    load_claims(file=_DATA / "indicators/data/claims.yaml")


def load_signed_programmes() -> None:
    load_programmes(files=[_DATA / f"programmes/data/{slug}.yaml" for slug in story.PROGRAMMES])


def set_up_forms() -> None:
    programmes = list(Programme.objects.filter(slug__in=story.PROGRAMMES))
    for form in story.FORMS:
        set_up_form(
            code=form.code,
            title_vi=form.title_vi,
            title_en=form.title_en,
            window=form.window,
            programmes=programmes,
            working_days={},  # the programmes say
            asks=_asks(form),
            by=None,
        )


def _asks(form: story.DemoForm) -> list[Ask]:
    """Every province, and the communes of Kon Tum, after the reform of Quảng Ngãi."""
    area = {key: Area.objects.get(key=key) for key in (story.NATION, story.KON_TUM, story.QUANG_NGAI)}
    asks = []
    for party in form.parties:
        if "nation" in form.levels:
            asks.append(Ask("nation", area[story.NATION], party))
        asks.append(Ask("province", area[story.NATION], party))
        if "commune" in form.levels:
            asks.append(Ask("commune", area[story.KON_TUM], party, valid_until=story.REFORM))
            asks.append(Ask("commune", area[story.QUANG_NGAI], party, valid_from=story.REFORM))
    return asks


def welcome_people() -> None:
    """One account a role, without a password: they sign in only by the demonstration's one click."""
    ministry = Organisation.objects.get(slug="bo-cong-an")
    for order, (slug, vi, en) in enumerate(story.SERVING, start=10):
        said = {"title_vi": vi, "title_en": en, "order": order}
        ministry.posts.get_or_create(slug=slug, defaults=said)
    for person in story.PEOPLE:
        user, created = User.objects.get_or_create(username=person.username)
        if not created:
            continue
        user.set_unusable_password()
        user.save()
        organisation = Organisation.objects.get(slug=person.organisation)
        post = organisation.posts.filter(slug=person.post).first() if person.post else None
        grant_membership(user=user, organisation=organisation, role=person.role, by=None, post=post)
