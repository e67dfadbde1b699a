"""What the console's forms ask for, each a name in its address, turned into one action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from phoihop.conferences import actions, errors
from phoihop.conferences.display import current_item
from phoihop.conferences.enums import Layout, PageView, Scene, SpeakerKind
from phoihop.conferences.models import AgendaItem, Conference, Delegation, ItemDocument, Site, Speaker
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.board import MOST
from phoihop.conferences.queries.board_terms import selected_codes
from phoihop.conferences.queries.figures import require_room, require_room_beside
from phoihop.conferences.queries.stage import pages_of_sites
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.text import nfc

LONGEST_MESSAGE = 200  # on a wall
LONGEST_COUNTDOWN = 180  # minutes


@dataclass(frozen=True, slots=True)
class Asked:
    """A form of the console. Things named are looked up in this conference only: another's is 404."""

    conference: Conference
    by: Attendee
    form: QueryDict

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "key": self.form.get("key", "")}

    def item(self) -> AgendaItem:
        return get_object_or_404(self.conference.items, pk=self.whole("item"))

    def item_now(self) -> AgendaItem:
        item = current_item(self.conference)
        if item is None:
            raise errors.no_current_item()
        return item

    def speaker(self, field: str = "speaker") -> Speaker:
        return get_object_or_404(self.conference.speakers, pk=self.whole(field))

    def site(self) -> Site:
        return get_object_or_404(self.conference.sites, slug=self.form.get("site", ""))

    def who_speaks(self) -> tuple[Site, Delegation | None]:
        """A site, or a delegation of it: its slug, and the number of the delegation after a colon."""
        slug, _colon, number = self.form.get("site", "").partition(":")
        site = get_object_or_404(self.conference.sites, slug=slug)
        return site, get_object_or_404(site.delegations, pk=number) if number.isdecimal() else None

    def whole(self, field: str, most: int = 10**15) -> int:
        """Raises: DomainError naming what was typed and what is allowed."""
        typed = self.form.get(field, "").strip()
        if not typed.removeprefix("-").isdecimal() or abs(int(typed)) > most:
            raise DomainError(
                _("“%(typed)s” is no whole number up to %(most)s.") % {"typed": typed[:40], "most": most}
            )
        return int(typed)


def _give(asked: Asked) -> object:
    return actions.give_floor(speaker=asked.speaker(), **asked.who)


def _extend(asked: Asked) -> object:
    return actions.extend_time(speaker=asked.speaker(), seconds=asked.whole("seconds", 3600), **asked.who)


def _move(asked: Asked) -> object:
    """One place up, or down."""
    speaker = asked.speaker()
    waiting = list(
        asked.conference.speakers.filter(item=speaker.item_id, state=speaker.state).order_by("order", "pk")
    )
    place = [each.pk for each in waiting].index(speaker.pk)
    others = [each for each in waiting if each.pk != speaker.pk]
    target = max(0, place - 1) if asked.form.get("way") == "up" else place + 1
    before = others[target] if target < len(others) else None
    return actions.move_speaker(speaker=speaker, before=before, **asked.who)


def _enter(asked: Asked) -> object:
    kind = asked.form.get("kind", SpeakerKind.SPEECH)
    if kind not in SpeakerKind.values:
        raise DomainError(_("“%(kind)s” is no kind of speech.") % {"kind": kind[:40]})
    site, delegation = asked.who_speaks()
    return actions.enter_speaker(
        item=asked.item_now(), site=site, delegation=delegation, kind=SpeakerKind(kind),
        post=asked.form.get("post", ""), **asked.who,
    )  # fmt: skip


def _call_speech(asked: Asked) -> object:
    speech = get_object_or_404(asked.conference.speeches, pk=asked.whole("speech"))
    delegation = speech.delegation
    return actions.enter_speaker(
        item=asked.item(), site=delegation.site, delegation=delegation, speech=speech, **asked.who
    )


def _show(asked: Asked) -> object:
    scene = asked.form.get("scene", "")
    if scene not in Scene.values:
        raise DomainError(_("“%(scene)s” is nothing the hall can show.") % {"scene": scene[:40]})
    read = _SETTINGS.get(Scene(scene))
    settings = read(asked) if read else {}
    return actions.show_scene(conference=asked.conference, scene=Scene(scene), **settings, **asked.who)


def _message(asked: Asked) -> dict[str, Any]:
    text = nfc(asked.form.get("text", "").strip())
    if not text or len(text) > LONGEST_MESSAGE:
        raise DomainError(
            _("Write a message of at most %(most)s signs: it stands on a wall.") % {"most": LONGEST_MESSAGE}
        )
    return {"text": text}


def _countdown(asked: Asked) -> dict[str, Any]:
    minutes = asked.whole("minutes", LONGEST_COUNTDOWN)
    return {"began_at": clock.now().isoformat(), "allotted_seconds": max(0, minutes) * 60}


def _page(asked: Asked) -> dict[str, Any]:
    documents = ItemDocument.objects.filter(item__conference=asked.conference, is_removed=False)
    document = get_object_or_404(documents, pk=asked.whole("document"))
    if not document.pages:
        sentence = _("“%(name)s” has no pages for the screens. Attach it as a PDF.")
        raise DomainError(sentence % {"name": document.name})
    view = asked.form.get("view", PageView.WHOLE)
    if view not in PageView.values:
        sentence = _(
            "“%(view)s” is no way to show a page: whole, as wide as the screen, upper or lower half."
        )
        raise DomainError(sentence % {"view": view[:40]})
    number = min(max(1, asked.whole("page")), len(document.pages))
    return {"document": document.pk, "page": number, "view": view}


def _figures(asked: Asked) -> dict[str, Any]:
    keys = asked.form.getlist("keys")
    if not keys:
        raise DomainError(_("Choose at least one figure or chart to show."))
    require_room(keys)
    layout = _layout(asked)
    if layout == Layout.HALF:
        require_room_beside(keys)
    return {"keys": keys, "follow": asked.form.get("follow") == "on", "layout": layout}


def _live(asked: Asked) -> dict[str, Any]:
    """Raises: DomainError naming the indicators that the programme does not select."""
    programme = get_object_or_404(asked.conference.programmes, slug=asked.form.get("programme", ""))
    keys = asked.form.getlist("keys")
    if unknown := sorted(set(keys) - selected_codes(programme)):
        sentence = _("%(programme)s does not select %(codes)s. Choose among the indicators listed under it.")
        raise DomainError(sentence % {"programme": programme, "codes": ", ".join(unknown)[:80]})
    if len(keys) > MOST:
        sentence = _("%(number)s indicators were chosen; a board has room for %(most)s. Take some out.")
        raise DomainError(sentence % {"number": len(keys), "most": MOST})
    return {"programme": programme.slug, "keys": keys, "follow": asked.form.get("follow") == "on"}


def _mosaic(asked: Asked) -> dict[str, Any]:
    """A page past the last is the last one. Which sites it shows is kept: those are told that they are watched."""
    pages = pages_of_sites(asked.conference)
    if not pages:
        raise DomainError(
            _("No site sends pictures at this conference: all watch, or take part by telephone.")
        )
    number = min(max(1, asked.whole("page")), len(pages))
    return {"page": number, "pages": len(pages), "sites": [site.slug for site in pages[number - 1]]}


def _layout(asked: Asked) -> str:
    layout = asked.form.get("layout", Layout.CORNER)
    if layout not in Layout.values:
        raise DomainError(
            _("“%(layout)s” is no place for who speaks: small in a corner, or large beside it.")
            % {"layout": layout[:40]}
        )
    return layout


_SETTINGS: dict[Scene, Callable[[Asked], dict[str, Any]]] = {
    Scene.MESSAGE: _message,
    Scene.COUNTDOWN: _countdown,
    Scene.DOCUMENT: _page,
    Scene.FIGURES: _figures,
    Scene.LIVE: _live,
    Scene.MOSAIC: _mosaic,
}

ACTS: dict[str, Callable[[Asked], object]] = {
    "khai-mac": lambda asked: actions.open_conference(conference=asked.conference, **asked.who),
    "be-mac": lambda asked: actions.close_conference(conference=asked.conference, **asked.who),
    "bat-dau": lambda asked: actions.begin_item(item=asked.item(), **asked.who),
    "ket-thuc": lambda asked: actions.end_item(item=asked.item(), **asked.who),
    "mo-danh-sach": lambda asked: actions.open_list(item=asked.item(), **asked.who),
    "dong-danh-sach": lambda asked: actions.close_list(item=asked.item(), **asked.who),
    "moi-phat-bieu": _give,
    "thoi-gian": _extend,
    "thu-loi": lambda asked: actions.take_floor_back(conference=asked.conference, **asked.who),
    "chuyen": _move,
    "rut": lambda asked: actions.withdraw_speaker(speaker=asked.speaker(), **asked.who),
    "them": _enter,
    "goi-tham-luan": _call_speech,
    "man-hinh": _show,
    "so-lieu": lambda asked: actions.show_item_figures(item=asked.item(), **asked.who),
    "tu-chon": lambda asked: actions.show_as_before(conference=asked.conference, **asked.who),
    "tat-micro": lambda asked: actions.mute_site(site=asked.site(), **asked.who),
    "mo-micro": lambda asked: actions.unmute_site(site=asked.site(), **asked.who),
    "ve-trung-tam": lambda asked: actions.reclaim_stage(conference=asked.conference, **asked.who),
    "ghi-hinh": lambda asked: actions.start_recording(conference=asked.conference, **asked.who),
    "dung-ghi": lambda asked: actions.stop_recording(conference=asked.conference, **asked.who),
    "dua-ra": lambda asked: actions.remove_site(site=asked.site(), **asked.who),
    "cho-vao": lambda asked: actions.readmit_site(site=asked.site(), **asked.who),
}
