from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.reports.checks.filled import Filled, shown
from phoihop.reports.checks.finding import Finding
from phoihop.reports.checks.tables import PARTS


def part_within_whole(filled: Filled) -> Iterator[Finding]:
    for row in PARTS:
        pair = filled.pair(row.part, row.whole)
        if pair and pair[0] > pair[1]:
            sentence = _(
                "%(part)s is %(value)s, more than %(whole)s, which is %(most)s. Check both figures."
            ) % {
                "part": filled.label(row.part),
                "value": shown(pair[0]),
                "whole": filled.label(row.whole),
                "most": shown(pair[1]),
            }
            yield Finding("part_within_whole", row.severity, (row.part, row.whole), sentence)
