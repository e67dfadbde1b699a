"""How sentences begin, so that a section reads as a text and not as a list."""

from dataclasses import dataclass, field

from phoihop.reviews.compose.frames import Frame
from phoihop.reviews.compose.scope import Scope
from phoihop.reviews.compose.text import Text, capital

_AGAIN_DONE = (
    Text("Đồng thời, đã ", "It also "),
    Text("Cũng trong thời gian này, {area} đã ", "In the same time, {area} "),
    Text("Cùng với đó, đã ", "Along with this, it "),
)
_AGAIN_SEEN = (
    Text("Trong thời gian trên, có ", "In that time it had "),
    Text("Cũng trong kỳ, có ", "In the same term it had "),
)
_AGAIN_HELD = (
    Text("Cùng thời điểm, có ", "On the same day it had "),
    Text("Bên cạnh đó, có ", "Besides, it had "),
)
_AGAIN = {Frame.DONE: _AGAIN_DONE, Frame.SEEN: _AGAIN_SEEN, Frame.HELD: _AGAIN_HELD}
_FIRST = {
    Frame.DONE: Text("{term}, {area} đã ", "{term}, {area} "),
    Frame.SEEN: Text("{term}, {area} có ", "{term}, {area} had "),
    Frame.HELD: Text("{term}, {area} có ", "{term}, {area} had "),
}


@dataclass(slots=True)
class Voice:
    """One section's: the first sentence of a time names it and the area, later ones refer back in turn."""

    scope: Scope
    said: set[Text] = field(default_factory=set)
    turns: dict[Frame, int] = field(default_factory=dict)

    def lead(self, frame: Frame, term: Text) -> Text:
        if term not in self.said:
            self.said.add(term)
            return capital(_FIRST[frame].filled(term=term, area=self.scope.area))
        turn = self.turns.get(frame, 0)
        self.turns[frame] = turn + 1
        return _AGAIN[frame][turn % len(_AGAIN[frame])].filled(area=self.scope.area)
