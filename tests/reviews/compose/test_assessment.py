"""Only the desks' own duties are assessed, and only as far as figures go."""

from decimal import Decimal

from phoihop.reviews.compose import assessment
from tests.reviews.compose.figures import facts_of, figure, printed


def vi(facts, told):  # type: ignore[no-untyped-def]
    return printed(told("s", facts), facts.figures, "vi")


def reports(value: str, **fields: object):  # type: ignore[no-untyped-def]
    return figure("K05", value, numerator="4923", denominator="4990", direction="up", expected=0, **fields)


def test_complete_reporting_is_a_strength() -> None:
    facts = facts_of(reports("100"), figure("K06", "100", expected=0))

    assert vi(facts, assessment.strengths) == [
        "Chế độ báo cáo 6 tháng được thực hiện đầy đủ: tỷ lệ báo cáo được tiếp nhận trên phải nộp là 100,00 % (4.923/4.990 báo cáo).",
        "Các báo cáo 6 tháng đều được nộp đúng hạn (100,00 %).",
    ]
    assert vi(facts, assessment.limits) == []


def test_incomplete_reporting_is_a_limit_with_its_target() -> None:
    facts = facts_of(
        reports("98.66", target="100"), figure("K06", "96", target="95", direction="up", expected=0)
    )

    assert vi(facts, assessment.strengths) == []
    assert vi(facts, assessment.limits) == [
        (
            "Chế độ báo cáo 6 tháng chưa được thực hiện đầy đủ: tỷ lệ báo cáo được tiếp nhận trên phải nộp là 98,66 %"
            " (4.923/4.990 báo cáo), chưa đạt chỉ tiêu 100 %."
        ),
        "Còn báo cáo 6 tháng nộp chậm hoặc chưa nộp: tỷ lệ báo cáo đúng hạn là 96,00 %.",
    ]


def test_target_is_a_strength_or_a_limit_by_whether_it_was_reached() -> None:
    reached, missed = figure("A05", "20", target="20"), figure("D09", "70", target="80")
    facts = facts_of(reached, missed)

    assert vi(facts, assessment.strengths) == ["Chỉ tiêu A05: 20 cuộc, đạt chỉ tiêu 20 cuộc."]
    assert vi(facts, assessment.limits) == ["Chỉ tiêu D09: 70,00 %, chưa đạt chỉ tiêu 80 %."]


def test_fewer_is_better_where_the_indicator_says_so() -> None:
    overdue = figure("K03", "3", target="5", direction="down")

    assert assessment.has_reached(overdue) is True
    assert assessment.has_reached(figure("K03", "6", target="5", direction="down")) is False
    assert assessment.has_reached(figure("K03", "6")) is None


def test_units_that_reached_their_target_are_counted_and_not_named() -> None:
    attained = figure(
        "A05#attained", "61", denominator="63", target="20", indicator="A05", unit=figure("A05").unit
    )
    facts = facts_of(figure("A05", "900"), attained)

    assert vi(facts, assessment.strengths) == []
    assert vi(facts, assessment.limits) == [
        "Chỉ tiêu A05: 61/63 đơn vị có số liệu đạt chỉ tiêu 20 cuộc đặt cho mỗi đơn vị."
    ]


def test_thin_coverage_names_the_thinnest_indicators_first() -> None:
    facts = facts_of(
        figure("B01", "5", reported=60, expected=63, windows=1),
        figure("B02", "5", reported=10, expected=63, windows=1),
    )

    assert vi(facts, assessment.limits) == [
        (
            "Một số chỉ tiêu chưa có đủ báo cáo: lượt người dự tuyên truyền (số liệu của 10/63 đơn vị báo cáo); cuộc tuyên"
            " truyền, vận động trực tiếp (số liệu của 60/63 đơn vị báo cáo)."
        )
    ]


def test_participation_is_never_assessed() -> None:
    """Ten times as many attendances, or none, are neither a strength nor a limit."""
    for value in ("0", "1000000"):
        facts = facts_of(figure("B02", value, previous=Decimal(10), change_percent=Decimal(900)))

        assert vi(facts, assessment.strengths) == []
        assert vi(facts, assessment.limits) == []
