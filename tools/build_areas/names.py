"""Vietnamese unit names: the unit's kind, its bare name, and a folded form for comparing spellings."""

import re
import unicodedata

KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
CENTRAL_CITY = "thành phố trung ương"


def split_kind(full_name: str) -> tuple[str, str]:
    """("thành phố", "Bắc Kạn") from "Thành Phố Bắc Kạn": a package's own type column is wrong for one town."""
    name = unicodedata.normalize("NFC", full_name).strip()
    for kind in KINDS:
        if name.casefold().startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    raise SystemExit(f"{full_name!r} starts with none of the kinds {', '.join(KINDS)}.")


def with_kind(kind: str, bare: str) -> str:
    spoken = "thành phố" if kind == CENTRAL_CITY else kind
    return f"{spoken[0].upper()}{spoken[1:]} {bare}"


def short_name(kind: str, bare: str) -> str:
    """Numbered wards keep their kind: nobody says "4" for "Phường 4"."""
    return with_kind(kind, bare) if bare[0].isdigit() else bare


def fold(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", "".join(c for c in letters if not unicodedata.combining(c)))
