"""A person's blocks, cleaned: only known kinds, figures and pieces; what was changed is marked as edited."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.reviews import errors
from phoihop.reviews.actions.guards import require_composing
from phoihop.reviews.compose.blocks import KINDS, Block
from phoihop.reviews.compose.merge import is_written, mark_of, seen_values
from phoihop.reviews.compose.tokens import keys_in, unbound_numbers, unknown_keys, unknown_uses
from phoihop.reviews.enums import ReviewStage
from phoihop.reviews.models import Review, Section, SectionText

MOST_CHARACTERS = 5_000
OWN = "own-"
_WORDED = ("sentence", "bullet", "quote", "placeholder")
_PIECES = {"table": "tables", "chart": "charts"}
_TEXTS = ("vi", "en")


@transaction.atomic
def edit_section(
    *, section: Section, blocks: Sequence[Mapping[str, Any]], by: User | None, seen: str | None = None
) -> Section:
    """The section as a person leaves it: a block that is not given again is taken out and stays out.

    Every text it has had is kept, with who left it and when. `seen`: the mark of the text the person had before
    their eyes; another one saved meanwhile is not overwritten.
    Raises: DomainError for an unknown kind, figure or piece, or a block without Vietnamese text.
    """
    require_composing(by, section.review)
    locked = Section.objects.select_for_update().select_related("review").get(pk=section.pk)
    if seen is not None and seen != mark_of(locked.blocks):
        raise errors.section_changed(locked)
    cleaned = _Cleaner(locked).blocks(blocks)
    kept = {block["key"] for block in cleaned}
    composed = {block["key"] for block in locked.blocks if not block["key"].startswith(OWN)}
    locked.removed = sorted((set(locked.removed) | composed) - kept)
    before, locked.blocks = locked.blocks, cleaned
    locked.save()
    if cleaned != before:
        _keep_texts(locked, before, by)
    Review.objects.filter(pk=locked.review_id).update(stage=ReviewStage.DRAFT)
    edited = [block["key"] for block in cleaned if is_written(block) and block not in before]
    record("edit_section", locked.review, by=by, details={"section": locked.key, "blocks": edited})
    section.refresh_from_db()
    return section


def _keep_texts(section: Section, before: Sequence[Block], by: User | None) -> None:
    """The new text; before it the composed one, where that is not kept yet."""
    held = SectionText.objects.filter(review=section.review_id, section_key=section.key).order_by("-number")
    last = held.first()
    number = last.number if last else 0
    if last is None or last.blocks != before:
        number += 1
        composed_at = section.review.composed_at or clock.now()
        _keep(section, number, before, composed_at, None)
    _keep(section, number + 1, section.blocks, clock.now(), by)


def _keep(section: Section, number: int, blocks: Sequence[Block], at: datetime, by: User | None) -> None:
    SectionText.objects.create(
        review=section.review,
        section_key=section.key,
        number=number,
        blocks=list(blocks),
        saved_at=at,
        saved_by=by,
    )


class _Cleaner:
    def __init__(self, section: Section) -> None:
        self.composed = section.review.composed
        self.figures: Mapping[str, Any] = self.composed.get("figures", {})
        self.values = {key: figure.get("value") for key, figure in self.figures.items()}
        self.before = {block["key"]: block for block in section.blocks}
        self.numbers = frozenset(_numbers(self.figures))

    def blocks(self, given: Sequence[Mapping[str, Any]]) -> list[Block]:
        found: list[Block] = []
        for block in given:
            key = self._key(block, {each["key"] for each in found})
            found.append(self._block(key, block))
        return found

    def _key(self, block: Mapping[str, Any], used: set[str]) -> str:
        key = str(block.get("key") or "")
        if key in used:
            raise errors.key_twice(key)
        if key in self.before:
            return key
        taken = used | self.before.keys()
        return next(name for index in range(1, len(taken) + 2) if (name := f"{OWN}{index}") not in taken)

    def _block(self, key: str, given: Mapping[str, Any]) -> Block:
        kind = str(given.get("kind") or "")
        if kind not in KINDS:
            raise errors.unknown_block(kind, KINDS)
        if kind in _PIECES:
            block = self._piece(key, kind, given)
        elif kind in _WORDED:
            block = self._worded(key, kind, given)
        else:
            block = {"kind": kind, "key": key}
        before: Block = self.before.get(key, {})
        if all(before.get(name) == value for name, value in block.items()):
            return before
        block["is_edited"] = True
        block["seen"] = seen_values(block, self.values)
        return block

    def _piece(self, key: str, kind: str, given: Mapping[str, Any]) -> Block:
        named = str(given.get(kind) or "")
        if named not in self.composed.get(_PIECES[kind], {}):
            raise errors.no_such_piece(kind, named)
        return {"kind": kind, "key": key, kind: named}

    def _worded(self, key: str, kind: str, given: Mapping[str, Any]) -> Block:
        texts = {name: _cleaned(given.get(name)) for name in _TEXTS}
        if not texts["vi"]:
            raise errors.empty_text(kind)
        if longest := max((len(text) for text in texts.values() if len(text) > MOST_CHARACTERS), default=0):
            raise errors.text_too_long(longest, MOST_CHARACTERS)
        block: Block = {"kind": kind, "key": key, **texts}
        if kind in {"sentence", "bullet"}:
            block |= self._bound(key, texts)
        if kind == "quote":
            block["source"] = _source(given.get("source"))
        return block

    def _bound(self, key: str, texts: Mapping[str, str]) -> Block:
        if unknown := unknown_keys(texts.values(), self.figures):
            raise errors.unknown_figures(unknown)
        if wrong := unknown_uses(texts.values()):
            raise errors.unknown_uses(wrong)
        before = self.before.get(key, {})
        if all(before.get(name) == text for name, text in texts.items()):
            return {"figures": before.get("figures", [])}
        unbound = [number for lang in _TEXTS for number in unbound_numbers(texts[lang], lang, self.numbers)]
        bound: Block = {"figures": keys_in(*texts.values())}
        return {**bound, "unbound": sorted(set(unbound))} if unbound else bound


def _cleaned(value: Any) -> str:
    """NFC, on one line, without control characters."""
    text = nfc(str(value or ""))
    return " ".join("".join(char if char.isprintable() or char.isspace() else "" for char in text).split())


def _source(value: Any) -> dict[str, str]:
    given = value if isinstance(value, Mapping) else {"vi": value, "en": value}
    return {name: _cleaned(given.get(name)) for name in _TEXTS}


def _numbers(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[Decimal]:
    """Every number the review holds, as it is written: also rounded to the figure's decimals."""
    for figure in figures.values():
        previous = figure.get("previous") or {}
        held = ("value", "numerator", "denominator", "target", "change_percent", "attainment_percent")
        for text in (*(figure.get(name) for name in held), previous.get("value")):
            if text is not None:
                yield from _written(text)
        yield Decimal(figure.get("reported") or 0).normalize()
        yield Decimal(figure.get("expected") or 0).normalize()


def _written(text: str) -> Iterator[Decimal]:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return
    yield exact.normalize()
    yield abs(exact).normalize()
    yield abs(exact).quantize(Decimal("0.1")).normalize()
