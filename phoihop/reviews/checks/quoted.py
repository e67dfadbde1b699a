"""Open matters in what is quoted from reviews below."""

from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review
from phoihop.reviews.queries.moved import draft_quotes_moved


def quoted_figures_changed(review: Review) -> list[Text]:
    lead = Text(
        "Trích “{title}” (phiên bản {number}), trong đó có {count} số liệu được trích đã thay đổi sau khi khóa.",
        "“{title}” (version {number}) is quoted; {count} of the figures quoted have changed since it was frozen.",
    )
    return [
        lead.filled(
            title=Text(each.check.version.review.title_vi, each.check.version.review.title_en),
            number=str(each.check.version.number),
            count=str(each.check.quoted),
        )
        for each in draft_quotes_moved(review)
    ]
