"""What a unit is called in English after its name, by its kind in Vietnamese: Kon Tum Province, Đà Nẵng City."""

KINDS = {
    "tỉnh": "Province",
    "thành phố trung ương": "City",
    "huyện": "District",
    "quận": "District",
    "thị xã": "Town",
    "thành phố": "City",
    "xã": "Commune",
    "phường": "Ward",
    "thị trấn": "Township",
    "đặc khu": "Special Zone",
}


def english_kind(kind: str) -> str:
    """Of a kind nobody has translated, the Vietnamese word: never a wrong one."""
    return KINDS.get(kind, kind)
