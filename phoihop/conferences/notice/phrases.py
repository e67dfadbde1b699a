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
    "first_annex": ("Phụ lục I", "Annex I"),
    "second_annex": ("Phụ lục II", "Annex II"),
    "parts": ("Các cơ quan, đơn vị thực hiện nhiệm vụ được chia", "Bodies that carry out the parts"),
    "divided": ("; giao thực hiện: {bodies} (Phụ lục II)", "; carried out by: {bodies} (Annex II)"),
    "divided_task": ("Mục {label}. {task}: {bodies}", "No. {label}. {task}: {bodies}"),
    "many": ("Danh sách theo dõi trên hệ thống.", "They are listed in the system."),
    "ordinal": ("TT", "No."),
    "body": ("Cơ quan, đơn vị", "Body"),
    "assigned": ("Phân công nhiệm vụ thực hiện kết luận", "Assignments from the conclusions"),
    "reference": ("(Kèm theo Thông báo {title})", "(With the notice {title})"),
    "place": ("Mục", "No."),
    "task": ("Nhiệm vụ", "Assignment"),
    "lead": ("Chủ trì", "Lead"),
    "with": ("Phối hợp", "With"),
    "product": ("Sản phẩm", "Product"),
    "due": ("Thời hạn", "Due"),
    "standing": ("Thường xuyên", "Standing"),
    "reviewed": ("Thường xuyên; rà soát: {days}", "Standing; reviewed on {days}"),
    "demo": ("BẢN TRÌNH DIỄN", "DEMONSTRATION"),
}


def phrase(key: str, lang: Language, **values: object) -> str:
    written = _PHRASES[key][0 if lang == "vi" else 1]
    return written.format(**values) if values else written
