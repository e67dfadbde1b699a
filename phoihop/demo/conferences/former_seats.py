"""Sites at the seats of the provinces that were merged in 2025: their conference rooms stayed where they were.

With the centre and the 34 provinces they are 64 sites again, as there were in 2019 with 63 provinces. Simulated.
"""

from collections.abc import Callable
from dataclasses import replace

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries import path_of
from phoihop.conferences import actions
from phoihop.conferences.enums import SiteKind
from phoihop.conferences.facts import DelegationFacts, SiteFacts
from phoihop.conferences.models import Conference, Site
from phoihop.core import clock
from phoihop.demo import conference_words as words
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation, in_a_sentence
from phoihop.orgs.queries import organisation_of

# The ward of 2025 where the seat of the former province was: one of each two or three that became one, or that
# gave the new one its seat.
FORMER_SEATS = {
    "c34-00694": "Hà Giang", "c34-02647": "Lào Cai", "c34-01843": "Bắc Kạn", "c34-08707": "Vĩnh Phúc",
    "c34-04795": "Hòa Bình", "c34-09187": "Bắc Ninh", "c34-13225": "Thái Bình", "c34-10525": "Hải Dương",
    "c34-13285": "Hà Nam", "c34-13669": "Nam Định", "c34-19333": "Quảng Trị", "c34-20341": "Quảng Nam",
    "c34-23293": "Kon Tum", "c34-23575": "Gia Lai", "c34-22759": "Ninh Thuận", "c34-24611": "Đắk Nông",
    "c34-22945": "Bình Thuận", "c34-22015": "Phú Yên", "c34-25747": "Bình Dương", "c34-26560": "Bà Rịa – Vũng Tàu",
    "c34-25210": "Bình Phước", "c34-25459": "Tây Ninh", "c34-31510": "Sóc Trăng", "c34-31321": "Hậu Giang",
    "c34-28789": "Bến Tre", "c34-29242": "Trà Vinh", "c34-29869": "Đồng Tháp", "c34-31825": "Bạc Liêu",
    "c34-30307": "An Giang",
}  # fmt: skip
_DELEGATIONS = (
    (PartyKind.POLICE, "Đoàn Công an", "Delegation of the police of"),
    (PartyKind.FRONT, "Đoàn Ủy ban Mặt trận Tổ quốc Việt Nam", "Delegation of the Fatherland Front of"),
)


def add_former_seats(
    conference: Conference, heads: int, account: Callable[[str, Organisation], User]
) -> None:
    """Below the site of the province each now belongs to. account: of a name, for a reader at a body."""
    above = {site.area_id: site for site in conference.sites.filter(kind=SiteKind.SPEAKING)}
    for area in Area.objects.filter(key__in=FORMER_SEATS).order_by("name_sort", "pk"):
        province = next(each for each in path_of(area, clock.today()) if each.level == Level.PROVINCE)
        facts = _facts(area, above[province.pk])
        site = actions.add_site(conference=conference, facts=facts, by=None)
        Site.objects.filter(pk=site.pk).update(parent=above[province.pk])
        _send_delegations(site, province, heads)
        police = Organisation.objects.get(slug=f"police-{province.key}")
        head = account(f"truong-diem-cau-{site.slug}", police)
        staffed = replace(facts, head=head, technical_phone=f"0000 {site.pk:06}")
        actions.edit_site(site=site, facts=staffed, by=None)


def _facts(area: Area, above: Site) -> SiteFacts:
    named, where = in_a_sentence(area.full_name), in_a_sentence(above.area.full_name)
    return SiteFacts(
        kind=SiteKind.SPEAKING, area=area, name_vi=f"Điểm cầu {named}, {where}",
        name_en=f"{area.name} site, {above.area.name}", head_post=f"Trưởng điểm cầu {named}",
        technical_post=words.TECHNICIAN,
    )  # fmt: skip


def _send_delegations(site: Site, province: Area, heads: int) -> None:
    """Of the province's bodies, of which one heads the site."""
    for bloc, vi, en in _DELEGATIONS:
        named = in_a_sentence(site.area.full_name)
        facts = DelegationFacts(
            bloc=bloc, organisation=organisation_of(province, bloc, clock.today()), title_vi=f"{vi} {named}",
            title_en=f"{en} {site.area.name}", invited=heads,
        )  # fmt: skip
        actions.add_delegation(site=site, facts=facts, by=None)
