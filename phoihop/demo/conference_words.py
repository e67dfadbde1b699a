"""Who serves today's conference of the demonstration, by post, and what is registered to be said there (simulated)."""

from phoihop.demo import story
from phoihop.demo.conference_story import Item, Speech
from phoihop.reviews.compose.text import Text

OFFICE = "demo-van-phong"
TECHNICIAN = "Trực kỹ thuật điểm cầu (mô phỏng)"

# duty, body, post, account
OFFICIALS = (
    ("chair", "bo-cong-an", "thu-truong", "demo-chu-toa"),
    ("chair", "uy-ban-trung-uong-mttq", "pho-chu-tich", "demo-dong-chu-toa"),
    ("secretary", "bo-cong-an", "chanh-van-phong", OFFICE),
    ("director", "bo-cong-an", "truc-dieu-hanh", "demo-dieu-hanh"),
    ("rapporteur", "bo-cong-an", "cuc-truong-xay-dung-phong-trao", "demo-bao-cao-vien"),
)
HEADS_BY_ONE_CLICK = {
    story.QUANG_NGAI: "demo-lanh-dao-tinh",
    "p-40": "demo-diem-cau-nghe-an",
    "p-22": "demo-diem-cau-quang-ninh",
}

OF_THE_CENTRE = Text("Tham luận của các cơ quan Trung ương", "Speeches of central bodies")
OF_LOCALITIES = Text("Tham luận của các điểm cầu địa phương", "Speeches of the local sites")
AGENDA_TODAY = (
    Item("opening", Text("Ổn định tổ chức, chào cờ, giới thiệu đại biểu", "Opening formalities"), 10),
    Item("opening", Text("Phát biểu khai mạc", "Opening address"), 10),
    Item(
        "report",
        Text("Báo cáo tóm tắt kết quả sơ kết Chương trình phối hợp số 07", "Summary report of the review"),
        25,
    ),
    Item(
        "speech", Text("Tham luận của Trung ương và các điểm cầu", "Speeches of the centre and the sites"), 60
    ),
    Item("discussion", Text("Thảo luận, thông qua báo cáo sơ kết", "Discussion, and the review adopted"), 25),
    Item(
        "discussion",
        Text(
            "Hội ý của các đoàn đại biểu về dự thảo kết luận", "Delegations confer on the draft conclusions"
        ),
        10,
        "internal",
    ),
    Item("award", Text("Biểu dương tập thể, cá nhân điển hình", "Commendation"), 10),
    Item("directive", Text("Phát biểu chỉ đạo", "Directive speech"), 15),
    Item("conclusion", Text("Kết luận, bế mạc", "Conclusions and closing"), 10),
)

SPEECH_OF_THE_CENTRE = Speech(
    story.NATION,
    Text("Mặt trận các cấp với việc giám sát thực hiện Chương trình", "The Front at every level overseeing the Programme"),
    "Đại diện Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", 10, 0,
    "Mặt trận chọn nội dung giám sát sát với đời sống khu dân cư, theo đến cùng việc trả lời kiến nghị của Nhân dân; các"
    " tổ chức thành viên đăng ký việc cụ thể và báo cáo kết quả từng kỳ.",
    story.FRONT,
)  # fmt: skip
SPEECHES_TODAY = (
    Speech(
        story.QUANG_NGAI,
        Text("Phối hợp ở xã sau sắp xếp đơn vị hành chính", "Working together in communes after the reform"),
        "Giám đốc Công an tỉnh Quảng Ngãi", 7, 0,
        "Sau sắp xếp, mỗi xã lập lại danh mục mô hình, điểm mô hình và tổ; Công an xã, Mặt trận và các đoàn thể họp"
        " giao ban hằng tháng, phân công rõ cơ quan chủ trì từng việc.",
    ),
    Speech(
        "p-40",
        Text("Tổ chức Ngày hội gắn với công nhận khu dân cư an toàn", "Festival days and safe residential areas"),
        "Giám đốc Công an tỉnh Nghệ An", 7, 0,
        "Ngày hội được tổ chức tại khu dân cư, gắn với đăng ký và công nhận an toàn về an ninh, trật tự; nơi nào chưa"
        " đạt thì Mặt trận và Công an cùng bàn biện pháp với Nhân dân.",
    ),
    Speech(
        "p-22",
        Text("Lấy ý kiến góp ý của Nhân dân đối với lực lượng Công an", "Hearing the people's comments"),
        "Giám đốc Công an tỉnh Quảng Ninh", 7, 0,
        "Diễn đàn lắng nghe ý kiến được mở ở mọi xã; ý kiến vượt thẩm quyền được chuyển cấp trên và trả lời bằng văn"
        " bản đúng thời hạn.",
    ),
    Speech(
        "p-01",
        Text("Nhân rộng mô hình và đánh giá hiệu quả hằng năm", "Spreading models and judging them every year"),
        "Giám đốc Công an Thành phố Hà Nội", 7, 0,
        "Mô hình chỉ được nhân rộng sau một năm áp dụng có kết quả; điểm mô hình không còn hoạt động thì củng cố hoặc"
        " dừng, không giữ trên giấy.",
    ),
)  # fmt: skip
