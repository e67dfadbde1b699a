"""Many bodies of one line at one level by one name, as "Nơi nhận" of an official document writes them."""

from phoihop.orgs.enums import PartyKind
from phoihop.reviews.render.labels import Language

_UNITS = {
    "province": ("các tỉnh, thành phố", "of the provinces and centrally run cities"),
    "district": ("các quận, huyện, thị xã, thành phố", "of the districts"),
    "commune": ("các xã, phường, đặc khu", "of the communes, wards and special zones"),
}
_LINES = {
    PartyKind.POLICE: ("Công an", "Public Security"),
    PartyKind.FRONT: ("Ủy ban Mặt trận Tổ quốc Việt Nam", "Fatherland Front committees"),
    PartyKind.MEMBER_ORGANISATION: ("Các tổ chức thành viên của Mặt trận", "Member organisations"),
    PartyKind.STEERING_COMMITTEE: ("Ban Chỉ đạo", "Steering committees"),
}
_OF_PARTY = {  # those of Party committees bear the committee's name, not the area's
    (PartyKind.MASS_MOBILISATION, "province"): ("Ban Dân vận các tỉnh ủy, thành ủy", "Mass Mobilisation commissions"),
    (PartyKind.PARTY_COMMITTEE, "province"): ("Các tỉnh ủy, thành ủy", "Party committees"),
    (PartyKind.MASS_MOBILISATION, "district"): ("Ban Dân vận các quận ủy, huyện ủy", "Mass Mobilisation commissions"),
    (PartyKind.PARTY_COMMITTEE, "district"): ("Các quận ủy, huyện ủy", "Party committees"),
    (PartyKind.MASS_MOBILISATION, "commune"): ("Khối Dân vận các xã, phường, đặc khu", "Mass Mobilisation blocs"),
    (PartyKind.PARTY_COMMITTEE, "commune"): ("Đảng ủy các xã, phường, đặc khu", "Party committees"),
}  # fmt: skip


def group_name(party: str, level: str, lang: Language) -> str:
    """ "Công an các tỉnh, thành phố"."""
    units_vi, units_en = _UNITS[level]
    line = PartyKind(party)
    vi, en = _OF_PARTY.get((line, level)) or (f"{_LINES[line][0]} {units_vi}", _LINES[line][1])
    return vi if lang == "vi" else f"{en} {units_en}"
