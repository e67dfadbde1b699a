"""What the demonstration tells: which windows were lived, who was asked, who signs in. Facts are in docs and data files."""

from dataclasses import dataclass
from datetime import date

from phoihop.indicators.enums import WindowKind
from phoihop.orgs.enums import PartyKind, Role
from phoihop.periods import ADMINISTRATIVE, CalendarKind, Period, PeriodKind, window

POLICE, FRONT, MASS = PartyKind.POLICE, PartyKind.FRONT, PartyKind.MASS_MOBILISATION
ALL_PARTIES = (POLICE, FRONT, MASS)
REFORM = date(2025, 7, 1)
KON_TUM = "p63-62"
QUANG_NGAI = "p34-51"
NATION = "VN"
PROGRAMMES = ("chuong-trinh-09", "chuong-trinh-22", "chuong-trinh-38", "chuong-trinh-07")
# The two terms the demonstration lives through: the reviews of 2019 and today's.
TERMS = (range(2014, 2019), range(2024, 2028))


@dataclass(frozen=True, slots=True)
class DemoForm:
    code: str
    title_vi: str
    title_en: str
    window: WindowKind
    calendar: CalendarKind
    kind: PeriodKind
    parties: tuple[PartyKind, ...]
    levels: tuple[str, ...]

    def periods(self) -> list[Period]:
        indexes = (1, 2) if self.kind is PeriodKind.HALF else (1,)
        return [
            Period(self.calendar, self.kind, year, index)
            for term in TERMS
            for year in term
            for index in indexes
        ]


FORMS = (
    DemoForm(
        "half", "Báo cáo 6 tháng về công tác phối hợp", "Half-year report on the coordination",
        WindowKind.HALF, ADMINISTRATIVE, PeriodKind.HALF, ALL_PARTIES, ("commune", "province", "nation"),
    ),
    DemoForm(
        "year", "Báo cáo năm về công tác phối hợp", "Yearly report on the coordination",
        WindowKind.YEAR, ADMINISTRATIVE, PeriodKind.YEAR, ALL_PARTIES, ("commune", "province", "nation"),
    ),
    DemoForm(
        "residential", "Báo cáo công nhận khu dân cư an toàn về an ninh, trật tự", "Recognition of residential areas",
        WindowKind.RESIDENTIAL, window(11, 1), PeriodKind.WINDOW, (POLICE,), ("commune", "province"),
    ),
    DemoForm(
        "commune", "Báo cáo công nhận xã và phân loại phong trào", "Recognition of communes and classification",
        WindowKind.COMMUNE, window(11, 16), PeriodKind.WINDOW, (POLICE,), ("province",),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoPerson:
    username: str
    organisation: str  # slug
    role: Role
    post: str = ""  # slug of the post held


# Posts of the Ministry that serve a conference: slug, Vietnamese, English. They sign and chair nothing.
SERVING = (
    ("chanh-van-phong", "Chánh Văn phòng Bộ", "Chief of the Ministry Office"),
    (
        "cuc-truong-xay-dung-phong-trao",
        "Cục trưởng Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc",
        "Director of V05",
    ),
    ("truc-dieu-hanh", "Trực điều hành hội nghị trực tuyến", "Conference control duty officer"),
)
PEOPLE = (
    DemoPerson("demo-trung-uong", "bo-cong-an", Role.CENTRAL_DESK),
    DemoPerson("demo-mat-tran", "uy-ban-trung-uong-mttq", Role.CENTRAL_DESK),
    DemoPerson("demo-tinh", f"police-{QUANG_NGAI}", Role.PROVINCIAL_DESK),
    DemoPerson("demo-lanh-dao-tinh", f"police-{QUANG_NGAI}", Role.APPROVER),
    DemoPerson("demo-xa", "police-c34-23284", Role.REPORTING_OFFICER),
    DemoPerson("demo-nguoi-xem", f"front-{QUANG_NGAI}", Role.READER),
    DemoPerson("demo-chu-toa", "bo-cong-an", Role.APPROVER, "thu-truong"),
    DemoPerson("demo-dong-chu-toa", "uy-ban-trung-uong-mttq", Role.APPROVER, "pho-chu-tich"),
    DemoPerson("demo-van-phong", "bo-cong-an", Role.REPORTING_OFFICER, "chanh-van-phong"),
    DemoPerson("demo-dieu-hanh", "bo-cong-an", Role.READER, "truc-dieu-hanh"),
    DemoPerson("demo-bao-cao-vien", "bo-cong-an", Role.READER, "cuc-truong-xay-dung-phong-trao"),
    DemoPerson("demo-diem-cau-nghe-an", "police-p-40", Role.APPROVER, "giam-doc"),
    DemoPerson("demo-diem-cau-quang-ninh", "police-p-22", Role.APPROVER, "giam-doc"),
    DemoPerson("demo-kiem-tra", "bo-cong-an", Role.AUDITOR),
)
