"""The fixed sentences of a notice, in both languages."""

from phoihop.reviews.render.labels import Language

_PHRASES: dict[str, tuple[str, str]] = {
    "notice": ("THÔNG BÁO", "NOTICE"),
    "opening": (
        "Ngày {day}, hội nghị đã thống nhất kết luận các nội dung sau:",
        "On {day} the conference concluded as follows:",
    ),
    "closing": (
        "Các cơ quan, đơn vị căn cứ nội dung trên và phân công tại Phụ lục để tổ chức thực hiện./.",
        "The bodies concerned carry this out as assigned in the annex.",
    ),
    "annex": ("Phụ lục", "Annex"),
    "assigned": ("Phân công nhiệm vụ thực hiện kết luận", "Assignments from the conclusions"),
    "reference": ("(Kèm theo Thông báo {title})", "(With the notice {title})"),
    "place": ("Mục", "No."),
    "task": ("Nhiệm vụ", "Assignment"),
    "lead": ("Chủ trì", "Lead"),
    "with": ("Phối hợp", "With"),
    "product": ("Sản phẩm", "Product"),
    "due": ("Thời hạn", "Due"),
    "standing": ("Thường xuyên", "Standing"),
    "demo": ("BẢN TRÌNH DIỄN", "DEMONSTRATION"),
}


def phrase(key: str, lang: Language, **values: object) -> str:
    written = _PHRASES[key][0 if lang == "vi" else 1]
    return written.format(**values) if values else written
