"""The conference of 11 March 2019 as the demonstration tells it, and the one that is ready to run.

Told by sources (docs in programmes/data, milestones): the afternoon, 64 points, the three heads who led, the summary
report read by a vice-president of the Front's central committee, the Minister's closing requests. The times, speeches,
head-counts, words and follow-up are simulated, and say so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from phoihop.core import clock
from phoihop.orgs.enums import PartyKind
from phoihop.reviews.compose.text import Text

DAY = date(2019, 3, 11)
STARTS, ENDS = time(14, 0), time(17, 0)
ORGANISERS = ("bo-cong-an", "ban-dan-van-trung-uong", "uy-ban-trung-uong-mttq")
SOURCE = (
    "Báo Cựu chiến binh Việt Nam: 410.000 buổi tuyên truyền cho 46 triệu lượt hội viên và nhân dân",
    "http://baocuuchienbinhvietnam.com.vn/hoi-ccb-viet-nam-410-000-buoi-tuyen-truyen-cho-46-trieu-luot-hoi-vien-va-nhan-dan/",
)
TITLE = Text(
    "Hội nghị trực tuyến sơ kết thực hiện các Chương trình số 09/CTr-BCA-MTTQ, số 22-CTr/ĐUCA-V28 và số"
    " 38-CTr/BDVTW-BCA",
    "Online conference: interim review of Programmes 09/CTr-BCA-MTTQ, 22-CTr/ĐUCA-V28 and 38-CTr/BDVTW-BCA",
)
VENUE = Text("Hà Nội", "Ha Noi")
CHAIRS = (
    ("ban-dan-van-trung-uong", "truong-ban"),
    ("bo-cong-an", "bo-truong"),
    ("uy-ban-trung-uong-mttq", "chu-tich"),
)
RAPPORTEUR = ("uy-ban-trung-uong-mttq", "pho-chu-tich")


@dataclass(frozen=True, slots=True)
class Item:
    kind: str
    title: Text
    minutes: int
    visibility: str = "open"


AGENDA = (
    Item("opening", Text("Ổn định tổ chức, chào cờ, giới thiệu đại biểu", "Opening formalities"), 10),
    Item("opening", Text("Phát biểu khai mạc", "Opening address"), 10),
    Item(
        "report",
        Text("Báo cáo tóm tắt kết quả sơ kết các chương trình phối hợp", "Summary report of the review"),
        25,
    ),
    Item(
        "speech", Text("Tham luận của Trung ương và các điểm cầu", "Speeches of the centre and the sites"), 60
    ),
    Item("discussion", Text("Thảo luận", "Discussion"), 25),
    Item("award", Text("Biểu dương tập thể, cá nhân điển hình", "Commendation"), 15),
    Item(
        "directive",
        Text("Phát biểu chỉ đạo của Bộ trưởng Bộ Công an", "Directive speech of the Minister"),
        20,
    ),
    Item("conclusion", Text("Tiếp thu, bế mạc", "Reply and closing"), 15),
)

# Kon Tum's delegation, by post as the story tells it; of the Front it names no post.
KON_TUM = (
    ("police", Text("Công an tỉnh Kon Tum", "Public Security of Kon Tum Province"), ("Giám đốc", "Phó Giám đốc", "Đại diện các phòng nghiệp vụ", "Công an các huyện, thành phố")),
    ("party_committee", Text("Tỉnh ủy Kon Tum", "Party Committee of Kon Tum Province"), ("Phó Bí thư Thường trực Tỉnh ủy",)),
    ("front", Text("Ủy ban MTTQ Việt Nam tỉnh Kon Tum", "Fatherland Front Committee of Kon Tum Province"), ("Đại diện Ủy ban MTTQ Việt Nam tỉnh Kon Tum", "Đại diện các tổ chức thành viên")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speech:
    area: str
    title: Text
    post: str
    minutes: int  # allotted
    spoken: int
    text: str = ""
    bloc: PartyKind = PartyKind.POLICE


SPEECHES = (
    Speech(
        "VN",
        Text("Công tác dân vận trong phong trào Toàn dân bảo vệ an ninh Tổ quốc", "Mass mobilisation in the movement"),
        "Đại diện Ban Dân vận Trung ương", 10, 9,
        "Cấp ủy các cấp phân công rõ cơ quan chủ trì, cơ quan phối hợp; Ban Dân vận, Công an và Mặt trận cùng nắm tình"
        " hình Nhân dân, cùng kiểm tra việc thực hiện ở cơ sở.",
        PartyKind.MASS_MOBILISATION,
    ),
    Speech(
        "p63-62",
        Text("Kinh nghiệm xây dựng tổ tự quản ở vùng đồng bào dân tộc thiểu số", "Self-managed groups among ethnic minorities"),
        "Giám đốc Công an tỉnh Kon Tum", 7, 6,
        "Tổ tự quản do già làng, người có uy tín cùng bàn với Nhân dân; Công an và Mặt trận hướng dẫn quy ước, họp tổ hằng"
        " tháng, hòa giải ngay từ thôn, làng.",
    ),
    Speech("p-40", Text("Phối hợp tổ chức Ngày hội ở cơ sở", "Holding festival days together"), "Phó Giám đốc Công an tỉnh", 7, 8,
        "Ngày hội tổ chức ở thôn, bản với phần lễ ngắn gọn, phần hội do Nhân dân tự đảm nhiệm; Mặt trận chủ trì, Công an"
        " phối hợp, không phô trương.",
    ),
    Speech("p63-79", Text("Mô hình tự quản trong khu nhà trọ", "Self-management in rented housing"), "Giám đốc Công an Thành phố", 7, 7,
        "Chủ nhà trọ và người thuê cùng ký quy ước, cử người tự quản từng dãy; Công an phường và đoàn thể gặp gỡ định kỳ,"
        " nắm và giải quyết ý kiến.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the Minister's closing speech, in our own words, and what it was turned into (simulated)."""

    text: Text
    verb: Text
    task: Text
    product: Text
    lead: str
    joined: tuple[str, ...]
    due: date | None  # none: standing
    reviews: tuple[date, ...] = ()
    cascade: PartyKind | None = None


_YEARS = tuple(date(year, 12, 14) for year in range(2019, 2027))
REQUESTS = (
    Request(
        Text("Đổi mới công tác tuyên truyền, vận động để thu hút đông đảo Nhân dân tham gia.", "Renew communication so that it draws people in."),
        Text("Đổi mới", "Renew"), Text("nội dung, hình thức tuyên truyền, vận động Nhân dân tham gia phong trào", "content and forms of communication"),
        Text("Kế hoạch tuyên truyền", "Communication plan"), "bo-cong-an", ("uy-ban-trung-uong-mttq",), date(2019, 9, 30), (), PartyKind.POLICE,
    ),
    Request(
        Text("Tổ chức Ngày hội Toàn dân bảo vệ an ninh Tổ quốc có điểm nhấn, thiết thực.", "Hold festival days that stand out."),
        Text("Tổ chức", "Hold"), Text("Ngày hội Toàn dân bảo vệ an ninh Tổ quốc có điểm nhấn ở mỗi địa phương", "festival days that stand out in every locality"),
        Text("Báo cáo kết quả Ngày hội", "Report on the festival"), "bo-cong-an", ("uy-ban-trung-uong-mttq", "ban-dan-van-trung-uong"), date(2019, 8, 31), (), PartyKind.POLICE,
    ),
    Request(
        Text("Lựa chọn nội dung, hình thức phù hợp với từng lĩnh vực, địa bàn.", "Suit content and forms to each field and area."),
        Text("Rà soát", "Review"), Text("mô hình, chọn nội dung và hình thức phù hợp với từng lĩnh vực, địa bàn", "models, choosing what suits each field and area"),
        Text("Danh mục mô hình", "List of models"), "bo-cong-an", ("uy-ban-trung-uong-mttq",), date(2019, 12, 14),
    ),
    Request(
        Text("Phát huy vai trò của các tổ chức quần chúng tự quản.", "Make the most of self-managed groups."),
        Text("Phát huy", "Make the most of"), Text("vai trò của các tổ chức quần chúng tự quản về an ninh, trật tự ở cơ sở", "self-managed groups at the grassroots"),
        Text("Báo cáo hằng năm", "Yearly report"), "uy-ban-trung-uong-mttq", ("bo-cong-an",), None, _YEARS,
    ),
    Request(
        Text("Có biện pháp phù hợp để Nhân dân kiểm tra, giám sát và góp ý.", "Find suitable measures for the people to inspect, oversee and contribute."),
        Text("Xây dựng", "Draw up"), Text("hướng dẫn để Nhân dân kiểm tra, giám sát, góp ý xây dựng lực lượng Công an", "guidance on people's inspection, oversight and comments"),
        Text("Văn bản hướng dẫn", "Guidance"), "uy-ban-trung-uong-mttq", ("bo-cong-an", "ban-dan-van-trung-uong"), date(2019, 10, 31),
    ),
    Request(
        Text("Nâng cao chất lượng lực lượng nòng cốt và hoạt động của các tổ chức thành viên.", "Raise the quality of the core force and of member organisations."),
        Text("Nâng cao", "Raise"), Text("chất lượng lực lượng nòng cốt và hoạt động của các tổ chức thành viên trong phong trào", "the quality of the core force and of member organisations"),
        Text("Kế hoạch bồi dưỡng", "Training plan"), "ban-dan-van-trung-uong", ("bo-cong-an", "uy-ban-trung-uong-mttq"), date(2019, 12, 14),
    ),
)  # fmt: skip


# What the police of Quảng Ngãi propose to the Ministry (simulated): before the review of Programme 07, and today.
PROPOSED = date(2026, 3, 10)
ASKED_FOR_GUIDANCE = (
    "Thống nhất cách ghi mô hình sau khi sắp xếp đơn vị hành chính",
    "Đề nghị hướng dẫn thống nhất cách ghi mô hình, điểm mô hình và tổ sau khi sắp xếp đơn vị hành chính",
)
GUIDANCE_GIVEN = (
    "Mô hình, điểm mô hình và tổ ghi riêng theo đơn vị hành chính mới kể từ ngày sắp xếp; không cộng dồn số liệu"
    " của đơn vị cũ"
)
ASKED_FOR_TRAINING = (
    "Mở lớp bồi dưỡng cho cán bộ cấp xã mới sắp xếp",
    "Đề nghị mở lớp bồi dưỡng về công tác phối hợp cho cán bộ các xã, phường, đặc khu mới sắp xếp",
)
ASKED_FOR_FUNDS = (
    "Hướng dẫn nội dung chi cho hoạt động phối hợp ở cấp xã",
    "Đề nghị hướng dẫn nội dung và mức chi cho hoạt động phối hợp ở cấp xã từ năm 2027",
)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.VIETNAM)
