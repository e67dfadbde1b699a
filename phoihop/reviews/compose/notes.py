"""What is said of a figure in brackets: change, target, parts, mean, and how many units reported it."""

from phoihop.reviews.compose.figures import Figure, Figures
from phoihop.reviews.compose.frames import Clause
from phoihop.reviews.compose.text import NOTHING, Text, counted, joined
from phoihop.reviews.render.words import singular

SINCE = Text(" so với kỳ trước", " on the previous term")


def change(figure: Figure, *, is_first: bool) -> Text:
    """Against the term before: more, less, as much, from nothing, or not known; silent without such a term."""
    if not figure.has_comparison:
        return NOTHING
    if figure.previous is None:
        return Text("kỳ trước chưa có số liệu", "no figure for the previous term")
    if figure.value == figure.previous:
        return Text("bằng kỳ trước", "the same as in the previous term")
    if figure.previous == 0 or figure.change_percent is None:
        return Text("kỳ trước không phát sinh", "none in the previous term")
    token = f"[[{figure.key}|change]]"
    return Text(token, token) + (SINCE if is_first else NOTHING)


def previous_rate(figures: Figures, figure: Figure) -> Text:
    """A rate is set beside the one before: the change of a percentage in percent misleads."""
    if not figure.has_comparison:
        return NOTHING
    key = figures.part(figure.key, "previous")
    if key is None:
        return Text("kỳ trước chưa có số liệu", "no figure for the previous term")
    return Text(f"kỳ trước [[{key}]]", f"previous term [[{key}]]")


def target(figures: Figures, figure: Figure) -> Text:
    key = figures.part(figure.key, "target")
    return Text(f"chỉ tiêu [[{key}]]", f"target [[{key}]]") if key else NOTHING


def parts(figures: Figures, figure: Figure) -> Text:
    """Numerator and denominator: 9.312/10.950 vụ việc."""
    top, bottom = figures.part(figure.key, "numerator"), figures.part(figure.key, "denominator")
    if top is None or bottom is None:
        return NOTHING
    vi, en = figure.part_unit.vi, figure.part_unit.en
    if figure.denominator == 1:
        en = singular(en)
    return Text(
        f"[[{top}|value]]/[[{bottom}|value]] {vi}".strip(),
        f"[[{top}|value]] of [[{bottom}|value]] {en}".strip(),
    )


def mean(figures: Figures, clause: Clause) -> Text:
    key = figures.mean(clause.code, clause.per) if clause.per else None
    return Text(f"bình quân [[{key}]]", f"[[{key}]] on average") if key else NOTHING


def coverage(figures: Figures, figure: Figure, *, even_full: bool = False) -> Text:
    """Units in one window; over several windows it is reports that are counted, one a unit and window."""
    if not figure.is_partial and not (even_full and figure.reported):
        return NOTHING
    if figure.windows == 1:
        return Text(f"số liệu của [[{figure.key}|coverage]]", f"figures of [[{figure.key}|coverage]]")
    given, due = figures.part(figure.key, "reported"), figures.part(figure.key, "expected")
    text = Text(
        f"số liệu của [[{given}|value]]/[[{due}|value]] báo cáo",
        f"figures of [[{given}|value]] of [[{due}|value]] report(s)",
    )
    return counted(text, figure.expected)


def unallocated(figure: Figure) -> Text:
    if not figure.is_at_least:
        return NOTHING
    return Text("chưa gồm phần chưa phân bổ được theo bản đồ", "without what the map cannot allot")


def over_years(clause: Clause, figure: Figure) -> Text:
    return Text("cộng các năm", "years added up") if clause.repeats and figure.windows > 1 else NOTHING


def bracketed(*notes: Text) -> Text:
    inside = joined(notes, "; ")
    return Text(f" ({inside.vi})", f" ({inside.en})") if inside else NOTHING
