"""The sentences of minutes, in both languages."""

from phoihop.reviews.render.labels import Language

_PHRASES: dict[str, tuple[str, str]] = {
    "time_and_place": ("Thời gian, địa điểm", "Time and place"),
    "attendance": ("Thành phần tham dự", "Attendance"),
    "presiding": ("Chủ trì, thư ký", "Chair and secretary"),
    "outside": ("Diễn biến khác", "Other proceedings"),
    "closing": ("Kết thúc", "Closing"),
    "recording": ("Ghi hình", "Recording"),
    "recording_kept": (
        (
            "Hình và tiếng của hội nghị như đại biểu theo dõi đã xem được ghi lại, trừ các phần họp nội bộ: tệp {name}, thời"
            " lượng {length}, mã băm SHA-256 {sha256}; lưu đến hết {day}, sau đó xóa."
        ),
        (
            "The picture and sound of the conference as viewers saw it were recorded, closed parts left out: file {name},"
            " length {length}, SHA-256 {sha256}; kept until {day}, then deleted."
        ),
    ),
    "began": ("Hội nghị bắt đầu vào hồi {time}, {day}.", "The conference began at {time} on {day}."),
    "not_begun": ("Hội nghị chưa khai mạc.", "The conference has not been opened."),
    "written": (
        "Lấy ý kiến bằng văn bản từ {begin} đến {end}; {answered}/{asked} cơ quan được hỏi đã trả lời.",
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
    "present_by": (
        (
            "Có mặt {present}/{invited} đại biểu được mời theo điểm danh (trưởng điểm cầu xác nhận: {signed} đoàn; thư ký"
            " ghi theo điện thoại: {phoned} đoàn; không trả lời: {silent} đoàn)."
        ),
        (
            "{present} of {invited} delegates invited were present by the roll-call (signed by the head of the site:"
            " {signed} delegations; told by telephone: {phoned}; no answer: {silent})."
        ),
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
    "no_post": ("người do {body} cử (chưa ghi chức danh)", "appointed by {body} (post not given)"),
    "not_named": ("không ghi", "not named"),
    "item_time": ("Tiến hành từ {begin} đến {end}.", "Taken up from {begin} to {end}."),
    "speech": ("{who}: {did} ({begin}–{end}).", "{who}: {did} ({begin}–{end})."),
    "registered": ("trình bày tham luận “{title}”", "speech “{title}”"),
    "summary": ("trình bày báo cáo tóm tắt", "summary of the report"),
    "longer": (
        "Thời gian phát biểu được kéo dài từ {first} lên {granted} (phút:giây).",
        "The speaking time was extended from {first} to {granted} (minutes:seconds).",
    ),
    "shorter": (
        "Thời gian phát biểu được rút ngắn từ {first} xuống {granted} (phút:giây).",
        "The speaking time was shortened from {first} to {granted} (minutes:seconds).",
    ),
    "vote": ("Biểu quyết {kind} “{title}”.", "{kind} “{title}”."),
    "voted": (
        "{cast}/{entitled} ghế có quyền biểu quyết đã biểu quyết.",
        "{cast} of {entitled} seats entitled to vote have voted.",
    ),
    "counts": ("Kết quả: {counts}.", "Result: {counts}."),
    "base_entitled": (
        "Tỷ lệ tính trên {base} ghế có quyền biểu quyết.",
        "Percentages are of {base} seats entitled to vote.",
    ),
    "base_present": (
        "Tỷ lệ tính trên {base} đại biểu có mặt theo điểm danh.",
        "Percentages are of {base} delegates present by the roll-call.",
    ),
    "base_cast": ("Tỷ lệ tính trên {base} phiếu đã biểu quyết.", "Percentages are of {base} votes cast."),
    "half": ("Cần quá nửa: {needed} phiếu trở lên.", "More than half is needed: {needed} votes or more."),
    "two_thirds": (
        "Cần ít nhất hai phần ba: {needed} phiếu trở lên.",
        "At least two thirds are needed: {needed} votes or more.",
    ),
    "vote_quorum": (
        "Đủ điều kiện tiến hành theo điểm danh lần {number} ({present}/{invited} đại biểu).",
        "There was a quorum by roll-call {number} ({present} of {invited} delegates).",
    ),
    "vote_no_quorum": (
        "Chưa đủ điều kiện tiến hành theo điểm danh lần {number} ({present}/{invited} đại biểu).",
        "There was no quorum by roll-call {number} ({present} of {invited} delegates).",
    ),
    "vote_no_roll_call": ("Trước đó hội nghị chưa điểm danh.", "No roll-call had been held before."),
    "vote_code": ("Mã kiểm tra kết quả {hash}.", "Check code of the result {hash}."),
    "chosen": ("Phương án được chọn: {option}", "Chosen: {option}"),
    "none_chosen": ("Không phương án nào đạt số phiếu cần thiết", "No option has the votes needed"),
    "most": (" (nhiều phiếu nhất: {options})", " (most votes: {options})"),
    "cancelled": (
        "Hủy lần biểu quyết “{title}” lúc {time}, không tính kết quả. Lý do: {reason}",
        "The vote “{title}” was cancelled at {time} and decides nothing. Reason: {reason}",
    ),
    "no_reason": ("không ghi.", "not given."),
    "adopted": ("Được thông qua", "Adopted"),
    "not_adopted": ("Không được thông qua", "Not adopted"),
    "roll_call": ("Điểm danh lần {number}, kết thúc lúc {time}.", "Roll-call {number}, closed at {time}."),
    "removed": (
        "Đoàn chủ trì đưa {site} ra khỏi hội nghị lúc {time}.",
        "The presidium took {site} out of the conference at {time}.",
    ),
    "readmitted": (
        "Đoàn chủ trì cho {site} tham dự trở lại lúc {time}.",
        "The presidium let {site} in again at {time}.",
    ),
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
    "site_head": ("Trưởng điểm cầu", "Head of the site"),
    "phoned": ("(thư ký ghi theo điện thoại)", "(by telephone, written by the secretary)"),
    "note": ("Ghi chú", "Note"),
    "times": ("Số lượt", "Times"),
    "spoken": ("Phút, giây", "Minutes, seconds"),
    "total": ("Cộng", "Total"),
    "chair_signs": ("CHỦ TRÌ", "CHAIR"),
    "secretary_signs": ("THƯ KÝ", "SECRETARY"),
    "demo": ("BẢN TRÌNH DIỄN – DIỄN BIẾN MÔ PHỎNG", "DEMONSTRATION – SIMULATED PROCEEDINGS"),
}
VOTES: dict[str, dict[str, str]] = {
    "named": {"vi": "ghi tên", "en": "Vote by name on"},
    "secret": {"vi": "bằng phiếu kín", "en": "Secret vote on"},
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
