"""A check in plain words: what was measured, and what to do where a line is not green."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from phoihop.conferences.enums import CheckColour
from phoihop.conferences.models import SiteCheck
from phoihop.conferences.rehearsal import LIMITS, line_colour, lines_of
from phoihop.core.templatetags.vietnamese import number

Measured = Mapping[str, float | bool | None]


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    label: str
    colour: CheckColour
    value: str  # with its unit
    advice: str  # empty where it is green


def letter_of(colour: str) -> str:
    """What is printed, and read aloud, in place of a colour: the first of its name."""
    return "–" if colour == CheckColour.GREY else str(CheckColour(colour).label)[0]


def measured_of(check: SiteCheck) -> Measured:
    return {name: getattr(check, name) for name in (*LIMITS, "speaker_heard")}


def lines_said(check: SiteCheck) -> list[Line]:
    measured, found = measured_of(check), []
    for name in lines_of(check.site.kind):
        colour = line_colour(name, measured)
        advice = "" if colour == CheckColour.GREEN else _advice(name, colour, measured)
        found.append(Line(name, _label(name), colour, _VALUES[name](measured), advice))
    return found


def _label(name: str) -> str:
    return {
        "camera": _("Camera"), "microphone": _("Microphone"), "speaker": _("Loudspeaker"), "up": _("Line up"),
        "down": _("Line down"), "delay": _("Delay"),
    }[name]  # fmt: skip


def _advice(name: str, colour: CheckColour, measured: Measured) -> str:
    if name in _NEEDS and measured.get(_NEEDS[name]) is None:
        return _(
            "No connection for pictures came about. Ask whoever keeps the network to let UDP to the conference's server through, or use another network; call the technical contact."
        )
    return (_what_to_do if colour == CheckColour.RED else _what_helps)()[name]


_NEEDS = {"up": "up_kbps", "down": "down_fps", "delay": "delay_ms"}


def _what_to_do() -> dict[str, str]:
    """Where the line is red."""
    return {
        "camera": _(
            "No picture comes from the camera, or too few. Plug it in, allow it in the browser, close other programs that use it, and check again."
        ),
        "microphone": _(
            "Nothing is heard from the microphone. Turn its switch on, allow it in the browser, choose the right one, speak, and check again."
        ),
        "speaker": _(
            "The test sound was not heard. Turn the loudspeaker up, choose it as the sound output of the machine, and play it again."
        ),
        "up": _(
            "The line carries too little of what this site sends. Use a cable, not Wi-Fi, stop downloads, and check again; otherwise take part by telephone."
        ),
        "down": _(
            "Pictures arrive with gaps. Use a cable, not Wi-Fi, close other programs, and check again; otherwise take part by telephone."
        ),
        "delay": _(
            "The line is too slow for talking to and fro. Use a cable or another network; call the technical contact."
        ),
    }


def _what_helps() -> dict[str, str]:
    """Where it is amber."""
    return {
        "camera": _(
            "The camera gives few pictures. Put more light on the room, or close other programs, and check again."
        ),
        "microphone": _(
            "The microphone is very quiet. Come closer or turn it up, and speak during the check."
        ),
        "speaker": _("Play the test sound and say whether it was heard."),
        "up": _(
            "The line carries what this site sends, with little to spare. Use a cable, not Wi-Fi, and stop downloads."
        ),
        "down": _("Pictures arrive, with little to spare. Use a cable, not Wi-Fi, and close other programs."),
        "delay": _("Answers come late: wait a moment before speaking. A cable or another network may help."),
    }


def _camera(measured: Measured) -> str:
    return _counted(measured.get("camera_fps"), _("%(n)s pictures a second"))


def _microphone(measured: Measured) -> str:
    level = measured.get("microphone_level")
    return (
        _("nothing measured") if level is None else _("level %(n)s %%") % {"n": number(str(100 * level), 1)}
    )


def _speaker(measured: Measured) -> str:
    heard = measured.get("speaker_heard")
    return _("not answered yet") if heard is None else _("heard") if heard else _("not heard")


def _up(measured: Measured) -> str:
    return _with_lost(_counted(measured.get("up_kbps"), _("%(n)s kbit/s")), measured.get("up_lost_percent"))


def _down(measured: Measured) -> str:
    shown = _counted(measured.get("down_fps"), _("%(n)s pictures a second"))
    return _with_lost(shown, measured.get("down_lost_percent"))


def _delay(measured: Measured) -> str:
    return _counted(measured.get("delay_ms"), _("%(n)s ms there and back"))


def _counted(value: float | bool | None, words: str) -> str:
    return _("nothing measured") if value is None else words % {"n": number(round(value))}


def _with_lost(said: str, lost: float | bool | None) -> str:
    return said if lost is None else f"{said}, {_('%(n)s %% lost') % {'n': number(str(lost), 1)}}"


_VALUES: dict[str, Callable[[Measured], str]] = {
    "camera": _camera, "microphone": _microphone, "speaker": _speaker, "up": _up, "down": _down, "delay": _delay,
}  # fmt: skip
