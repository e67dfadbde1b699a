"""The words for every core indicator, grouped as an office would put them into one sentence.

An indicator without words here gets a plain sentence made from its name; see sentences.py.
Only what was done is said: no praise, no blame, no comparison of one locality with another.
"""

from phoihop.reviews.compose.frames import Clause, Frame, done, held, rate, seen, yearly
from phoihop.reviews.compose.text import Text

SECURE = "đạt tiêu chuẩn an toàn về an ninh, trật tự"

GROUPS: tuple[tuple[Clause, ...], ...] = (
    (held("K00", "{n} đơn vị hành chính cấp xã", "{n} commune(s), ward(s) and special zone(s)"),),
    (
        done("A01", "ban hành {it} chỉ đạo, hướng dẫn", "issued {n} document(s) of direction and guidance"),
        done(
            "A02",
            "ban hành {it} phối hợp hằng năm",
            "issued {n} annual coordination plan(s)",
            after=Text("{it} phối hợp hằng năm", "{n} annual coordination plan(s)"),
        ),
    ),
    (
        rate(
            "A03",
            "Tỷ lệ đơn vị cấp dưới trực tiếp đã ký kết chương trình là {it}",
            "The share of directly subordinate units that have signed the programme is {it}",
        ),
    ),
    (
        done("A04", "tổ chức {it} giao ban liên ngành", "held {n} joint briefing(s)"),
        done("A05", "tiến hành {it} kiểm tra liên ngành", "carried out {n} joint inspection(s)"),
        done("A07", "tổ chức {it} sơ kết, tổng kết", "held {n} review conference(s)"),
    ),
    (
        rate(
            "K05",
            "Tỷ lệ báo cáo 6 tháng đã nộp và được tiếp nhận trên số phải nộp là {it}",
            "The share of half-yearly reports due that were submitted and accepted is {it}",
        ),
        rate(
            "K06",
            "Tỷ lệ báo cáo 6 tháng nộp đúng hạn là {it}",
            "The share of half-yearly reports submitted on time is {it}",
        ),
    ),
    (
        done("B01", "tổ chức {it} tuyên truyền, vận động trực tiếp", "held {n} face-to-face communication session(s)"),
        done("B02", "thu hút {it} tham dự", "drew {n} attendance(s)", per="B01"),
    ),
    (
        done("B03", "đăng, phát {it}, phóng sự", "published or broadcast {n} news item(s)"),
        done("B06", "mở {it} tập huấn, bồi dưỡng", "opened {n} training class(es)"),
    ),
    (
        held("C01", "{it} (loại) đang hoạt động", "{n} active model type(s)"),
        held("C02", "{it} mô hình", "{n} model point(s)"),
        held("C03", "{it} thực hiện mô hình", "{n} group(s) carrying models out"),
    ),
    (
        done("C05", "xây dựng mới {it}", "built {n} new model type(s)"),
        done("C06", "nhân rộng thêm {it} mô hình", "replicated models at {n} new point(s)"),
        seen("C07", "{it} mô hình ngừng hoạt động", "{n} model point(s) that stopped"),
    ),
    (
        rate(
            "C08",
            "Trong số điểm mô hình được đánh giá, tỷ lệ xếp loại hiệu quả là {it}",
            "Of the model points assessed, the share rated effective is {it}",
        ),
        rate(
            "C11",
            "Tỷ lệ đơn vị cấp xã có ít nhất một mô hình hoạt động hiệu quả là {it}",
            "The share of communes with at least one effective model is {it}",
        ),
    ),
    (
        held("D01", "{it} tự quản về an ninh, trật tự", "{n} self-managed group(s) for security and order"),
        held("D02", "với {n} thành viên", "with {n} member(s)", glue=" "),
    ),
    (
        held("D03", "{it} bảo vệ an ninh, trật tự ở cơ sở", "{n} grassroots security team(s)"),
        held("D04", "với {n} thành viên", "with {n} member(s)", glue=" "),
    ),
    (
        done("D07", "tiến hành hòa giải {it}", "mediated {n} case(s)"),
        done(
            "D08",
            "hòa giải thành {it}",
            "settled {n} case(s) by mediation",
            after=Text("trong đó hòa giải thành {it}", "settled {n} of them"),
        ),
        rate("D09", "Tỷ lệ hòa giải thành là {it}", "The settlement rate is {it}"),
    ),
    (
        yearly("E01", "{it}", "{it}"),
        yearly("E04", "({it})", "({it})", glue=" "),
    ),
    (
        done("E02", "tổ chức Ngày hội Toàn dân bảo vệ an ninh Tổ quốc tại {it}", "held the festival at {n} point(s)"),
        done("E03", "thu hút {it} tham dự", "drew {n} attendance(s)", per="E02"),
    ),
    (
        done("G01", "đăng ký {it} “Dân vận khéo”", "registered {n} model(s) of skilful mass mobilisation"),
        done(
            "G02",
            "công nhận, đánh giá hiệu quả {it} “Dân vận khéo”",
            "recognised {n} model(s) of skilful mass mobilisation as effective",
            after=Text("trong đó {it} được công nhận, đánh giá hiệu quả", "recognised {n} as effective"),
        ),
        done(
            "G06",
            "xây dựng {it} “Dân vận khéo” lĩnh vực quốc phòng - an ninh",
            "had {n} model(s) of skilful mass mobilisation in defence and security",
            after=Text("{it} thuộc lĩnh vực quốc phòng - an ninh", "had {n} in defence and security"),
        ),
        rate(
            "G03",
            "Tỷ lệ mô hình “Dân vận khéo” được công nhận trên số đăng ký là {it}",
            "The share of registered models of skilful mass mobilisation that were recognised is {it}",
        ),
    ),
    (
        done("H01", "tổ chức {n} diễn đàn, hội nghị lắng nghe ý kiến Nhân dân", "held {n} listening forum(s)"),
        done("H03", "tiếp nhận {it} góp ý", "received {n} comment(s)"),
        done("H04", "trả lời, giải quyết {it}", "answered or settled {n}"),
    ),
    (
        rate(
            "H05",
            "Tỷ lệ ý kiến góp ý được trả lời đúng hạn là {it}",
            "The share of comments due that were answered on time is {it}",
        ),
        rate(
            "H08",
            "Trong số người được hỏi ý kiến, tỷ lệ trả lời hài lòng là {it}",
            "Of the respondents asked, the share satisfied is {it}",
        ),
    ),
    (
        done("H09", "tổ chức {it} giám sát do Mặt trận Tổ quốc chủ trì", "held {n} oversight(s) led by the Front"),
        done(
            "H10",
            "tổ chức {n} hội nghị phản biện xã hội",
            "held {n} social-criticism conference(s)",
            after=Text("{n} hội nghị phản biện xã hội", "{n} social-criticism conference(s)"),
        ),
        done("H11", "nêu {it} sau giám sát", "made {n} recommendation(s) after oversight"),
        done(
            "H12",
            "tiếp thu, giải quyết {it} sau giám sát",
            "settled {n} recommendation(s) made after oversight",
            after=Text("trong đó {it} được tiếp thu, giải quyết", "had {n} of them accepted and settled"),
        ),
    ),
    (
        seen("F01", f"{{it}} đăng ký {SECURE}", "{n} residential area(s) registered for safety recognition", repeats=True),
        seen("F02", "{it} được công nhận", "{n} residential area(s) recognised as safe", repeats=True),
        rate("F03", "Tỷ lệ khu dân cư được công nhận là {it}", "The share of residential areas recognised is {it}"),
    ),
    (
        seen("F04", f"{{n}} đơn vị cấp xã được công nhận {SECURE}", "{n} commune(s) recognised as safe", repeats=True),
    ),
    (
        seen("F08", "{it} được phân loại phong trào xuất sắc", "{n} unit(s) classed excellent", repeats=True),
        seen("F09", "{it} loại khá", "{n} good", repeats=True),
        seen("F10", "{it} loại trung bình", "{n} average", repeats=True),
        seen("F11", "{it} loại yếu", "{n} weak", repeats=True),
    ),
    (seen("C09", "{it} được công nhận điển hình tiên tiến", "{n} collective(s) recognised as exemplary"),),
    (seen("K01", "{it} từ kết luận, chỉ đạo", "{n} task(s) from conclusions"),),
    (
        rate("K02", "Tỷ lệ nhiệm vụ hoàn thành đúng hạn là {it}", "The share of tasks done on time is {it}"),
    ),
    (held("K03", "{it} quá hạn chưa xong", "{n} overdue task(s) still open"),),
)  # fmt: skip

CLAUSES: dict[str, Clause] = {clause.code: clause for group in GROUPS for clause in group}

YEARLY_CODES = tuple(code for code, clause in CLAUSES.items() if clause.frame is Frame.YEARLY)

# Operands are told inside their ratio, never alone.
TOLD_IN_RATIO = frozenset(
    {
        "A03N",
        "A03D",
        "C08N",
        "C08D",
        "C11N",
        "H05N",
        "H05D",
        "H08N",
        "H08D",
        "K02N",
        "K02D",
        "K05N",
        "K05D",
        "K06N",
    }
)

NUMBERS_TYPED = Text(
    "Có số nhập tay không trùng số liệu nào của báo cáo: {numbers}.",
    "Numbers were typed by hand that equal no figure of the review: {numbers}.",
)
