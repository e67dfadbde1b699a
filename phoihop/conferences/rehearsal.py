"""What a check of a site's devices and line is worth: every limit stands here. Pure.

Source: ITU-T G.114 (one-way delay: 150 ms goes unnoticed, 400 ms is the limit of planning; between two sites a voice
goes up one line and down another, so that a round trip to the server counts as one way between sites); ITU-T G.1010,
table I.1 (packets lost: 1 % for pictures with speech, 3 % for speech alone). Rate: what the server lets one site send.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from phoihop.conferences.enums import CheckColour, SiteKind

SENT_KBPS = 600  # at most, of one site (media.janus.engine.BITRATE)


@dataclass(frozen=True, slots=True)
class Limit:
    """`good` and better is green, `fair` and better amber, the rest red; nothing measured is red."""

    good: float
    fair: float
    is_most: bool = False  # True: the lower the better

    def colour(self, value: float | None) -> CheckColour:
        if value is None:
            return CheckColour.RED
        good, fair = (
            (value <= self.good, value <= self.fair)
            if self.is_most
            else (value >= self.good, value >= self.fair)
        )
        return CheckColour.GREEN if good else CheckColour.AMBER if fair else CheckColour.RED


LIMITS: dict[str, Limit] = {
    "camera_fps": Limit(12, 5),  # of 25 asked for; a face is followed from 12 on
    "microphone_level": Limit(
        0.02, 0.005
    ),  # of 1, the loudest tenth of a second; an open, silent device stays below both
    "up_kbps": Limit(SENT_KBPS / 2, SENT_KBPS / 6),
    "up_lost_percent": Limit(1, 3, is_most=True),
    "down_fps": Limit(12, 5),
    "down_lost_percent": Limit(1, 3, is_most=True),
    "delay_ms": Limit(150, 400, is_most=True),
}
LINES: dict[str, tuple[str, ...]] = {
    "camera": ("camera_fps",),
    "microphone": ("microphone_level",),
    "speaker": ("speaker_heard",),
    "up": ("up_kbps", "up_lost_percent"),
    "down": ("down_fps", "down_lost_percent"),
    "delay": ("delay_ms",),
}
RECEIVING = ("speaker", "down", "delay")  # all that a site that watches needs
_ORDER = (CheckColour.GREEN, CheckColour.AMBER, CheckColour.RED)


def lines_of(kind: str) -> tuple[str, ...]:
    return RECEIVING if kind == SiteKind.VIEWING else tuple(LINES)


def line_colour(line: str, measured: Mapping[str, float | bool | None]) -> CheckColour:
    """A speaker nobody has answered for yet is amber; one that was not heard is red."""
    if line == "speaker":
        heard = measured.get("speaker_heard")
        if heard is None:
            return CheckColour.AMBER
        return CheckColour.GREEN if heard else CheckColour.RED
    return worst(LIMITS[name].colour(measured.get(name)) for name in LINES[line])


def check_colour(kind: str, measured: Mapping[str, float | bool | None]) -> CheckColour:
    return worst(line_colour(line, measured) for line in lines_of(kind))


def worst(colours: Iterable[CheckColour]) -> CheckColour:
    return max(colours, key=_ORDER.index)
