"""The sentences of minutes, in both languages."""

from phoihop.reviews.render.labels import Language

_PHRASES: dict[str, tuple[str, str]] = {
    "time_and_place": ("Thời gian, địa điểm", "Time and place"),
    "attendance": ("Thành phần tham dự", "Attendance"),
    "presiding": ("Chủ trì, thư ký", "Chair and secretary"),
    "outside": ("Diễn biến khác", "Other proceedings"),
    "closing": ("Kết thúc", "Closing"),
    "began": ("Hội nghị bắt đầu vào hồi {time}, {day}.", "The conference began at {time} on {day}."),
    "not_begun": ("Hội nghị chưa khai mạc.", "The conference has not been opened."),
    "written": (
        "Lấy ý kiến bằng văn bản từ {begin} đến {end}; {answered}/{asked} cơ quan được lấy ý kiến đã trả lời.",
        "Opinions were asked for in writing from {begin} to {end}; {answered} of {asked} bodies asked have answered.",
    ),
    "written_early": (
        "Kết thúc lấy ý kiến trước hạn {last}. Lý do: {reason}",
        "The consultation was closed before its last day, {last}. Reason given: {reason}",
    ),
    "place": ("Địa điểm: {venue}; {sites} điểm cầu.", "Place: {venue}; {sites} sites."),
    "review": (
        "Hội nghị xem xét “{review}” (bản khóa số {number}).",
        "The conference considered “{review}” (frozen version {number}).",
    ),
    "no_roll_call": ("Hội nghị không điểm danh.", "No roll-call was held."),
    "present": (
        "Có mặt {present}/{invited} đại biểu được mời, theo điểm danh do trưởng điểm cầu xác nhận.",
        "{present} of {invited} delegates invited were present, by the roll-call the heads of sites signed.",
    ),
    "besides": (
        "Ngoài ra có {besides} người là khách mời hoặc ngoài số được mời.",
        "{besides} more were guests or came beyond the number invited.",
    ),
    "quorum_met": (
        "Hội nghị đủ điều kiện tiến hành (ít nhất {percent} %).",
        "The quorum of {percent} % was met.",
    ),
    "quorum_not_met": (
        "Số đại biểu có mặt chưa đạt {percent} % theo quy định của hội nghị.",
        "The quorum of {percent} % was not met.",
    ),
    "chair": ("Chủ trì: {named}.", "Chair: {named}."),
    "secretary": ("Thư ký: {named}.", "Secretary: {named}."),
    "not_named": ("không ghi", "not named"),
    "item_time": ("Tiến hành từ {begin} đến {end}.", "Taken up from {begin} to {end}."),
    "speech": ("{who}: {kind}{title} ({begin}–{end}).", "{who}: {kind}{title} ({begin}–{end})."),
    "vote": (
        "Biểu quyết “{title}”. Kết quả: {counts}. {outcome}.",
        "Vote “{title}”. Result: {counts}. {outcome}.",
    ),
    "adopted": ("Được thông qua", "Adopted"),
    "not_adopted": ("Không được thông qua", "Not adopted"),
    "roll_call": ("Điểm danh lần {number}, kết thúc lúc {time}.", "Roll-call {number}, closed at {time}."),
    "removed": ("{site} rời hội nghị lúc {time}.", "{site} left the conference at {time}."),
    "ended": ("Hội nghị kết thúc vào hồi {time}, {day}.", "The conference was closed at {time} on {day}."),
    "written_ended": (
        "Việc lấy ý kiến kết thúc vào hồi {time}, {day}.",
        "The consultation was closed at {time} on {day}.",
    ),
    "not_ended": ("Hội nghị chưa bế mạc.", "The conference has not been closed."),
    "log": (
        "Biên bản lập theo diễn biến hội nghị do hệ thống ghi, {seq} dòng, mã kiểm tra {hash}.",
        "Drawn up from the conference's log, {seq} lines, check code {hash}.",
    ),
    "minutes": ("BIÊN BẢN", "MINUTES"),
    "attendance_annex": ("Thành phần tham dự theo điểm danh", "Attendance by the roll-call"),
    "speaking_annex": ("Thời gian phát biểu theo đoàn", "Speaking time by delegation"),
    "annex_reference": ("(Kèm theo Biên bản {title})", "(With the minutes of {title})"),
    "site": ("Điểm cầu", "Site"),
    "delegation": ("Đoàn", "Delegation"),
    "invited": ("Được mời", "Invited"),
    "present_heads": ("Có mặt", "Present"),
    "signed": ("Người xác nhận", "Signed by"),
    "note": ("Ghi chú", "Note"),
    "times": ("Số lượt", "Times"),
    "spoken": ("Phút, giây", "Minutes, seconds"),
    "total": ("Cộng", "Total"),
    "chair_signs": ("CHỦ TRÌ", "CHAIR"),
    "secretary_signs": ("THƯ KÝ", "SECRETARY"),
    "demo": ("BẢN TRÌNH DIỄN – DIỄN BIẾN MÔ PHỎNG", "DEMONSTRATION – SIMULATED PROCEEDINGS"),
}
KINDS: dict[str, dict[str, str]] = {
    "speech": {"vi": "phát biểu", "en": "speech"},
    "supplement": {"vi": "phát biểu bổ sung", "en": "supplement"},
    "question": {"vi": "nêu câu hỏi", "en": "question"},
    "point_of_order": {"vi": "nêu ý kiến về cách tiến hành", "en": "point of order"},
}


def phrase(key: str, lang: Language, **values: object) -> str:
    written = _PHRASES[key][0 if lang == "vi" else 1]
    return written.format(**values) if values else written
