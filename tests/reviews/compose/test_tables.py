from datetime import date
from decimal import Decimal

from phoihop.reviews.compose.facts import NotReported, Unit
from phoihop.reviews.compose.scope import Scope, Taken, Window
from phoihop.reviews.compose.tables.annexes import build_annexes
from phoihop.reviews.compose.tables.by_period import indicators_by_period
from phoihop.reviews.compose.tables.by_unit import by_unit
from phoihop.reviews.compose.tables.by_window import by_window
from phoihop.reviews.compose.text import NOTHING, Text
from tests.reviews.compose.figures import compared, facts_of, figure, scope

TITLE = Text("Tên", "Title")
UNITS = [
    Unit(1, Text("Tỉnh An Giang", "An Giang Province")),
    Unit(2, Text("Tỉnh Kon Tum", "Kon Tum Province")),
]


def test_indicator_has_the_term_before_the_change_and_its_coverage() -> None:
    facts = facts_of(compared("B01", "1390", "1236", "12.46", reported=61))

    made = indicators_by_period(facts, TITLE)

    assert made is not None
    [row] = made["rows"]
    assert row["cells"] == {
        "name": {"vi": "Cuộc tuyên truyền, vận động trực tiếp", "en": "Communication sessions held"},
        "unit": {"vi": "cuộc", "en": "sessions"},
        "previous": "1236", "value": "1390", "change": "12.5", "coverage": "61/63",
    }  # fmt: skip
    assert row["figures"] == {"value": "B01"}


def test_what_the_system_counts_has_the_reports_it_counts_or_says_who_counts() -> None:
    counted = {"kind": "system", "reported": 0, "expected": 0}
    duty = compared("K05", "98.65", None, numerator="4913", denominator="4980", **counted)
    figures = (duty, compared("K00", "3321", None, **counted), compared("K03", None, None, **counted))

    made = indicators_by_period(facts_of(*figures), TITLE)

    assert made is not None
    told = [row["cells"]["coverage"] for row in made["rows"]]
    assert told == ["4913/4980", {"vi": "hệ thống đếm", "en": "by the system"}, None]


def test_change_of_a_rate_is_left_empty() -> None:
    made = indicators_by_period(facts_of(compared("D09", "83.82", "81.2", "3.2")), TITLE)

    assert made is not None
    assert made["rows"][0]["cells"]["change"] is None


def test_total_of_units_is_whole_with_the_own_and_the_unallocated_row() -> None:
    facts = facts_of(
        figure("B01", "100", own="10", unallocated="20"), figure("B01@1", "30"), figure("B01@2", "40"), units=UNITS,
        level="nation",
    )  # fmt: skip

    made = by_unit(facts, TITLE)

    assert made is not None
    rows = {row["cells"]["unit"]["vi"]: row["cells"]["B01"] for row in made["rows"]}
    assert rows == {
        "Tỉnh An Giang": "30", "Tỉnh Kon Tum": "40", "Các cơ quan ở trung ương": "10",
        "Chưa phân bổ được theo bản đồ": "20", "Tổng số": "100",
    }  # fmt: skip
    assert sum(Decimal(value) for name, value in rows.items() if name != "Tổng số") == Decimal(
        rows["Tổng số"]
    )


def test_units_stand_as_they_came_and_are_not_ranked() -> None:
    facts = facts_of(figure("B01", "70"), figure("B01@1", "30"), figure("B01@2", "40"), units=UNITS)

    made = by_unit(facts, TITLE)

    assert made is not None
    assert [row["cells"]["B01"] for row in made["rows"]] == ["30", "40", "70"]


def test_missing_cell_is_empty_and_a_zero_is_zero() -> None:
    facts = facts_of(figure("B01", "0"), figure("B01@1", "0"), figure("B01@2", None), units=UNITS)

    made = by_unit(facts, TITLE)

    assert made is not None
    assert [row["cells"]["B01"] for row in made["rows"]] == ["0", None, "0"]


def test_years_of_different_windows_share_a_column() -> None:
    late = (Window("W1101-2018", Text("năm 2018", "2018"), date(2018, 11, 1)),)
    taken = dict(scope().taken)
    taken["residential_window"] = Taken(
        "residential_window", ("W1101-2018",), late, TITLE, NOTHING, TITLE, NOTHING
    )
    facts = facts_of(
        figure("E01", None), figure("E01:ADM-2017", "9"), figure("E01:ADM-2018", "8"),
        figure("F01", "5", window="residential_window"), figure("F01:W1101-2018", "5"),
        scope=Scope(TITLE, taken),
    )  # fmt: skip

    made = by_window(facts, TITLE, ("E01", "F01"))

    assert made is not None
    assert [column["label"]["vi"] for column in made["columns"]] == [
        "Chỉ tiêu", "Đơn vị tính", "năm 2017", "năm 2018", "Cả kỳ",
    ]  # fmt: skip
    assert [[row["cells"][key] for key in ("w0", "w1", "term")] for row in made["rows"]] == [
        ["9", "8", None], [None, "5", "5"],
    ]  # fmt: skip


def test_year_without_a_whole_window_gives_its_reason() -> None:
    late = (Window("W1101-2018", Text("năm 2018", "2018"), date(2018, 11, 1)),)
    left_out = Text("từ ngày 15/12/2016 đến ngày 31/10/2017", "from 15/12/2016 to 31/10/2017")
    taken = {
        **scope().taken,
        "residential_window": Taken("residential_window", ("W1101-2018",), late, TITLE, NOTHING, TITLE, left_out),
        "half": Taken(
            "half", ("H1",), (Window("H1", Text("6 tháng đầu năm 2018", "H1"), date(2018, 6, 15)),), TITLE, NOTHING, TITLE, NOTHING
        ),
    }  # fmt: skip
    facts = facts_of(
        figure("E01", None), figure("E01:ADM-2017", "9"), figure("B01", "3"), figure("B01:H1", "3"),
        figure("F01", "5", window="residential_window"), figure("F01:W1101-2018", "5"), scope=Scope(TITLE, taken),
    )  # fmt: skip

    made = by_window(facts, TITLE, ("E01", "F01", "B01"))

    assert made is not None
    assert made["note"]["vi"].endswith(
        "; năm 2017 để trống ở chỉ tiêu chỉ tiêu F01: kỳ của chỉ tiêu không nằm trọn trong thời gian báo cáo"
        " (không lấy từ ngày 15/12/2016 đến ngày 31/10/2017)"
    )
    assert made["note"]["vi"].count("để trống") == 1


def test_annexes_are_numbered_as_they_come_and_who_has_not_reported_is_last() -> None:
    lacking = [
        NotReported(
            Text("Tỉnh Kon Tum", "Kon Tum Province"), Text("Công an", "Police"), (Text("năm 2018", "2018"),)
        )
    ]
    facts = facts_of(figure("B01", "1"), not_reported=lacking)

    annexes, tables = build_annexes(facts, ["tasks", "indicators_by_period"], TITLE)

    assert [(each["number"], each["key"]) for each in annexes] == [
        ("I", "indicators_by_period"), ("II", "tasks"), ("III", "not_reported"),
    ]  # fmt: skip
    assert tables.keys() == {"indicators_by_period", "tasks", "not_reported"}
