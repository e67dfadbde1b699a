"""Words that look like a citizen's name or number: the register counts people and names none.

A street, school or ward may bear a person's name, so this warns and a person confirms; it never refuses.
"""

import re

from phoihop.core.text import nfc

_CAPITAL = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORD = rf"[{_CAPITAL}]\w*"
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lương|Mai|Tô|Trịnh|Đào|Hà|Cao|Thái|Châu|Tạ"
_PLACES = r"(?:trường|đường|phố|hẻm|ngõ|công viên|chợ|nhà văn hóa|thôn|xã|phường|tổ dân phố|khu phố|THCS|THPT|TH|tiểu học|mầm non|đại học|cầu|quảng trường|sân vận động)"
_TITLED = re.compile(
    rf"\b(?:ông|bà|anh|chị|cụ|đồng chí|đ/c)\s+(?!(?:Rịa|Nà|Đen|Điểm|Chiểu)\b){_WORD}(?:\s+{_WORD}){{0,3}}",
)
_FULL = re.compile(rf"(?<!\w)(?!Hồ Chí Minh)(?:{_FAMILIES})\s+{_WORD}(?:\s+{_WORD}){{1,2}}(?!\w)")
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8,11}(?!\d)")
_AFTER_A_PLACE = re.compile(rf"{_PLACES}(?:\s+số\s+\w+)?\s+$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"^(?:Ông|Bà|Anh|Chị|Cụ|Đồng chí|Đ/c)\b")


def names_suspected(text: str) -> list[str]:
    """What looks like a person's name, phone or identity number, as it was written."""
    clean = nfc(text)
    lowered = _SENTENCE_START.sub(lambda found: found.group().lower(), clean)
    titled = [found.group() for found in _TITLED.finditer(lowered)]
    full = [
        found.group()
        for found in _FULL.finditer(clean)
        if not _AFTER_A_PLACE.search(clean[: found.start()])
        and not any(found.group() in one for one in titled)
    ]
    return [*titled, *full, *(found.group() for found in _NUMBER.finditer(clean))]
