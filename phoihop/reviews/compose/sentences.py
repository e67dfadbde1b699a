"""Sentences from figures: one paragraph for each group of phrases, then what was nil and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from phoihop.indicators.enums import IndicatorKind
from phoihop.reviews.compose import notes
from phoihop.reviews.compose.blocks import Block, paragraphs, sentence
from phoihop.reviews.compose.figures import Figure, Figures, in_window
from phoihop.reviews.compose.frames import Clause, Frame, held, rate, seen
from phoihop.reviews.compose.phrases import CLAUSES, GROUPS, TOLD_IN_RATIO
from phoihop.reviews.compose.scope import Scope
from phoihop.reviews.compose.text import NOTHING, Text, capital, counted, day_text, joined, listed, small
from phoihop.reviews.compose.voice import Voice

AT_LEAST = Text("ít nhất ", "at least ")
LONG_PARAGRAPH = 3  # sentences
COUNT_OF_UNITS = "K00"  # counted on the map, reported by nobody
NO_REASON = Text("chưa có đơn vị nào báo cáo", "no unit has reported it")
NIL_REPORTED = Text("Theo báo cáo, không phát sinh: ", "By the reports there were none of these: ")
NIL_COUNTED = Text("Hệ thống không ghi nhận: ", "The system has recorded none of these: ")
Run = list[tuple[Clause, Figure]]


@dataclass(slots=True)
class Teller:
    """Tells one section's indicators in order. `key` begins the keys of its blocks."""

    key: str
    figures: Figures
    scope: Scope

    def blocks(self, codes: Iterable[str]) -> list[Block]:
        asked = [code for code in codes if self.figures.get(code) or self._by_window(code)]
        voice = Voice(self.scope)
        groups = [self._group(voice, clauses) for clauses in _groups(asked, self.figures)]
        told = [code for code in asked if code not in TOLD_IN_RATIO]
        return paragraphs(self.key, [*_with_rates(groups), [*self._nil(told), *self._missing(told)]])

    def _group(self, voice: Voice, clauses: Sequence[Clause]) -> list[Block]:
        found: list[Block] = []
        for frame, same in groupby(clauses, key=lambda clause: clause.frame):
            if frame is Frame.YEARLY:
                found += self._year_by_year(list(same))
            elif frame is Frame.RATE:
                found += [self._rate(clause, figure) for clause, figure in self._known(same)]
            else:
                known = [(clause, figure) for clause, figure in self._known(same) if figure.value]
                for term, run in groupby(known, key=lambda pair: self._term(pair[0], pair[1])):
                    found.append(self._run(voice, frame, term, list(run)))
        return found

    def _known(self, clauses: Iterable[Clause]) -> Run:
        pairs = ((clause, self.figures.known(clause.code)) for clause in clauses)
        return [(clause, figure) for clause, figure in pairs if figure]

    def _term(self, clause: Clause, figure: Figure) -> Text:
        if clause.frame is Frame.HELD:
            return Text("đến ngày {day}", "by {day}").filled(day=day_text(figure.as_of))
        return self.scope.term(figure.window)

    def _run(self, voice: Voice, frame: Frame, term: Text, run: Run) -> Block:
        """One sentence of several clauses; what neighbours share is said once, at the last of them."""
        told = NOTHING
        for index, (clause, figure) in enumerate(run):
            after = run[index + 1 :]
            text = _worded(clause, figure, is_first=index == 0) + notes.bracketed(
                notes.mean(self.figures, clause),
                notes.change(figure, is_first=index == 0),
                self.scope.backwards if clause.code == COUNT_OF_UNITS else NOTHING,
                notes.over_years(clause, figure) if not (after and after[0][0].repeats) else NOTHING,
                notes.coverage(self.figures, figure, even_full=_others_are_thinner(figure, after))
                if not _same_coverage(figure, after)
                else NOTHING,
            )
            told += (_glue(clause, is_last=not after) if index else NOTHING) + text
        return sentence(f"{self.key}/{run[0][0].code}", voice.lead(frame, term) + told + Text(".", "."))

    def _rate(self, clause: Clause, figure: Figure) -> Block:
        text = _worded(clause, figure) + notes.bracketed(
            notes.parts(self.figures, figure),
            notes.target(self.figures, figure),
            notes.previous_rate(self.figures, figure),
            notes.unallocated(figure),
            notes.coverage(self.figures, figure),
        )
        return sentence(f"{self.key}/{clause.code}", text + Text(".", "."))

    def _year_by_year(self, clauses: list[Clause]) -> list[Block]:
        """What is never put together over several years: each window by itself, gaps left out."""
        first = next((each for each in clauses if self._by_window(each.code)), None)
        if first is None:
            return []
        figure = self._by_window(first.code)[0]
        years: list[Text] = []
        for window in self.scope.windows(figure.window):
            figures = [self.figures.known(in_window(each.code, window.code)) for each in clauses]
            pairs = zip(clauses, figures, strict=True)
            said = [(clause, _worded(clause, known)) for clause, known in pairs if known is not None]
            if said:
                years.append(Text("", "in ") + small(window.label) + Text(": ", ": ") + _run_on(said))
        if not years:
            return []
        names = [self._by_window(each.code)[0].name for each in clauses if self._by_window(each.code)]
        lead = capital(listed([small(name) for name in names])) + Text(
            ", theo từng kỳ: ", ", window by window: "
        )
        return [sentence(f"{self.key}/{first.code}", lead + listed(years, heavy=True) + Text(".", "."))]

    def _by_window(self, code: str) -> list[Figure]:
        """The figure of each window, of an indicator told year by year."""
        clause = CLAUSES.get(code)
        if clause is None or clause.frame is not Frame.YEARLY:
            return []
        windows = (window for taken in self.scope.taken.values() for window in taken.windows)
        return [found for window in windows if (found := self.figures.get(in_window(code, window.code)))]

    def _nil(self, codes: Iterable[str]) -> list[Block]:
        nil = [figure for code in codes if (figure := self.figures.known(code)) and not figure.value]
        nil = [figure for figure in nil if figure.kind != IndicatorKind.RATIO and figure.unit.vi != "%"]
        counted = [figure for figure in nil if figure.kind == IndicatorKind.SYSTEM]
        reported = [figure for figure in nil if figure.kind != IndicatorKind.SYSTEM]
        return [
            *self._none_of("nil", NIL_REPORTED, reported),
            *self._none_of("nil-counted", NIL_COUNTED, counted),
        ]

    def _none_of(self, key: str, lead: Text, nil: Sequence[Figure]) -> list[Block]:
        if not nil:
            return []
        names = listed([small(figure.name) for figure in nil], heavy=True)
        told = lead + names + Text(".", ".")
        return [sentence(f"{self.key}/{key}", told, [figure.key for figure in nil])]

    def _missing(self, codes: Iterable[str]) -> list[Block]:
        """Each reason once, with the names it holds for."""
        by_reason: dict[Text, list[Figure]] = {}
        for code in codes:
            figure = self.figures.get(code)
            if (
                figure
                and figure.value is None
                and not any(f.value is not None for f in self._by_window(code))
            ):
                by_reason.setdefault(figure.why_missing or NO_REASON, []).append(figure)
        return [
            sentence(
                f"{self.key}/missing-{held_by[0].indicator}",
                Text("Chưa có số liệu về {names}: {reason}.", "No figures for {names}: {reason}.").filled(
                    names=listed([small(figure.name) for figure in held_by]), reason=small(_bare(reason))
                ),
                [figure.key for figure in held_by],
            )
            for reason, held_by in by_reason.items()
        ]


def _groups(codes: Sequence[str], figures: Figures) -> list[list[Clause]]:
    """The groups of phrases that speak of the codes; an indicator without words gets a plain clause of its own."""
    asked = set(codes)
    known = [[clause for clause in group if clause.code in asked] for group in GROUPS]
    plain = [
        [_plain(figure)]
        for code in codes
        if code not in CLAUSES and code not in TOLD_IN_RATIO and (figure := figures.get(code))
    ]
    return [group for group in known if group] + plain


def _with_rates(groups: Iterable[list[Block]]) -> list[list[Block]]:
    """A short group joins the paragraph before it: one sentence alone makes no paragraph."""
    found: list[list[Block]] = []
    for group in groups:
        if found and len(group) == 1 and len(found[-1]) < LONG_PARAGRAPH:
            found[-1] += group
        else:
            found.append(list(group))
    return found


def _plain(figure: Figure) -> Clause:
    name = small(figure.name)
    if figure.kind == IndicatorKind.RATIO or figure.unit.vi == "%":
        return rate(figure.indicator, f"{capital(name).vi} là {{it}}", f"{capital(name).en}: {{it}}")
    make = held if figure.kind == IndicatorKind.STOCK else seen
    return make(figure.indicator, f"{name.vi}: {{it}}", f"{name.en}: {{it}}")


def _worded(clause: Clause, figure: Figure, *, is_first: bool = True) -> Text:
    """A number alone does not say that it is a least; the figure with its unit does so when it is printed."""
    number = Text(f"[[{figure.key}|value]]", f"[[{figure.key}|value]]")
    text = counted(clause.text if is_first or not clause.after else clause.after, figure.value)
    return text.filled(it=f"[[{figure.key}]]", n=AT_LEAST + number if figure.is_at_least else number)


def _run_on(said: Sequence[tuple[Clause, Text]]) -> Text:
    glued = [
        Text(clause.glue, clause.glue) + text if index else text for index, (clause, text) in enumerate(said)
    ]
    return joined(glued)


def _same_coverage(figure: Figure, after: Run) -> bool:
    """Whether the next clause says it of both."""
    if not after:
        return False
    following = after[0][1]
    return (figure.reported, figure.expected) == (following.reported, following.expected)


def _others_are_thinner(figure: Figure, after: Run) -> bool:
    """A coverage told later in the sentence would be read as this figure's too."""
    return not figure.is_partial and any(following.is_partial for _clause, following in after)


def _glue(clause: Clause, *, is_last: bool) -> Text:
    if clause.glue != ", ":
        return Text(clause.glue, clause.glue)
    return Text(", ", " and " if is_last else ", ")


def _bare(text: Text) -> Text:
    return Text(text.vi.rstrip("."), text.en.rstrip("."))
