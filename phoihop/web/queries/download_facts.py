"""What a downloaded table of figures says of itself: which figures, which days, which map, whose word, as of when."""

from datetime import UTC, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.models import Area, MapEpoch
from phoihop.core.templatetags.vietnamese import areaname, localname, moment, number
from phoihop.rollup.enums import FigureState
from phoihop.rollup.queries import FigureIndicator
from phoihop.web.forms.asked import Asked
from phoihop.web.forms.chooser import map_label
from phoihop.web.tables import Fact


def facts_of(
    asked: Asked,
    *,
    area: Area,
    as_of: datetime | None,
    ledger_seq: int,
    indicator: FigureIndicator | None = None,
) -> list[Fact]:
    """Under the names the roll-up's own file uses; both days are inclusive."""
    programmes = asked.programmes
    counted = (
        [
            Fact(
                "indicator",
                _("Indicator"),
                indicator.code,
                f"{indicator.code} {localname(indicator)} ({localname(indicator, 'unit')})",
            )
        ]
        if indicator
        else []
    )
    span = asked.span.label(get_language() or "vi")
    return [
        Fact(
            "programme",
            _("Programme"),
            "+".join(each.slug for each in programmes),
            ", ".join(map(str, programmes)),
        ),
        *counted,
        Fact("area", _("Area"), area.key, areaname(area)),
        Fact("from", _("Days"), asked.span.start.isoformat(), span),
        Fact("to", _("Last day"), asked.span.last.isoformat(), f"{asked.span.last:%d/%m/%Y}"),
        Fact("map", _("Map"), asked.map_key, _map(asked.map_key)),
        Fact("state", _("Whose word"), asked.state, str(FigureState(asked.state).label)),
        Fact("as_of", _("As of"), _instant(as_of), moment(as_of)),
        Fact("ledger_seq", _("Ledger position"), ledger_seq, number(ledger_seq)),
    ]


def _map(key: str) -> str:
    epoch = MapEpoch.objects.filter(key=key).first()
    return map_label(epoch) if epoch else _("As reported")


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""
