from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from phoihop.core.yaml_files import Place, YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.indicators.checks.refused import Topic, refusal_of
from phoihop.indicators.checks.shapes import ClaimItem, ClaimsFile


def check_claims(
    file: YamlFile, content: ClaimsFile, *, indicators: Collection[str], topics: Iterable[Topic]
) -> None:
    """Blames what is wrong; the caller adds the areas it cannot find and then refuses the file."""
    seen: set[str] = set()
    refused = list(topics)
    for index, claim in enumerate(content.claims):
        here: Place = ("claims", index)
        if claim.id in seen:
            sentence = _(
                "%(value)s stands twice in this file. Keep one of them, or give the other its own name."
            )
            file.blame((*here, "id"), sentence % {"value": shown(claim.id)})
        seen.add(claim.id)
        for number, code in enumerate(claim.source):
            if code not in content.sources:
                file.blame((*here, "source", number), refused_choice(code, list(content.sources)))
        if claim.indicator is not None and claim.indicator not in indicators:
            file.blame((*here, "indicator"), refused_choice(claim.indicator, sorted(indicators)))
        for field in ("measure_vi", "measure_en"):
            if refusal := refusal_of(getattr(claim, field) or "", refused):
                file.blame((*here, field), refusal)
        _blame_meaning(file, here, claim)


def _blame_meaning(file: YamlFile, here: Place, claim: ClaimItem) -> None:
    if claim.indicator is None and not (claim.measure_vi and claim.measure_en):
        file.blame(
            here, _("It does not say what was counted. Write indicator, or measure_vi and measure_en.")
        )
    first, last = claim.window.from_, claim.window.to
    if first and last and first > last:
        sentence = _("%(last)s comes before the first day, %(first)s. Correct one of the two days.")
        file.blame((*here, "window", "to"), sentence % {"last": shown(last), "first": shown(first)})
    try:
        is_value = Decimal(claim.value).is_finite()
    except InvalidOperation:
        is_value = False
    if not is_value:
        sentence = _(
            "%(value)s is not a number. Allowed: digits with a decimal point, in quotes, without separators."
        )
        file.blame((*here, "value"), sentence % {"value": shown(claim.value)})
