from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from phoihop.areas.models import Area
from phoihop.areas.queries import resolve_map
from phoihop.areas.queries.maps import REPORTED
from phoihop.core import storage
from phoihop.core.commands import SentenceCommand
from phoihop.core.templatetags.vietnamese import moment, number
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisation_named
from phoihop.programmes.models import Programme
from phoihop.programmes.queries import programme_named
from phoihop.reviews import errors
from phoihop.reviews.actions import (
    add_uploaded_file,
    approve_for_every_issuer,
    approve_version,
    compose_review,
    create_planned_review,
    freeze_review,
    publish_review,
)
from phoihop.reviews.actions.freezing import FILES_A_VERSION, LANGUAGES
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Review, ReviewVersion
from phoihop.reviews.queries import context_of, latest_version, planned_review, review_by_slug
from phoihop.reviews.queries.signing import missing_approvals
from phoihop.reviews.verify import verify_version
from phoihop.rollup.enums import FigureState

STEPS = ("build", "freeze", "approve", "publish", "upload", "render", "verify")


class Command(SentenceCommand):
    help = gettext_noop(
        "Compose a planned review, freeze it, approve it, publish it, hand out or take in its files, or verify a frozen one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "step", choices=STEPS, help=_("build | freeze | approve | publish | upload | render | verify")
        )
        parser.add_argument("slug", help=_("the review: <programme>-<key of the planned review>"))
        parser.add_argument("--area", help=_("build: the key of an area below the programme's own"))
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            help=_("build: another programme reviewed together with it"),
        )
        parser.add_argument("--map", help=_("build: reported, or a day of the map; reported when left out"))
        parser.add_argument(
            "--state",
            choices=FigureState.values,
            help=_("build: whose figures; confirmed when left out"),
        )
        parser.add_argument("--number", type=int, help=_("the version; the latest when left out"))
        parser.add_argument(
            "--issuer",
            action="append",
            default=[],
            help=_("approve: the slug of an issuer; every issuer that has not yet when left out"),
        )
        parser.add_argument("--note", default="", help=_("approve: a note kept with the approval"))
        parser.add_argument("--audience", help=_("approve, publish: who may read it"))
        parser.add_argument("--file", type=Path, help=_("upload: the Word-edited or signed file"))
        parser.add_argument(
            "--language", choices=LANGUAGES, default="vi", help=_("upload: the language of the file")
        )
        parser.add_argument("--out", type=Path, default=Path(), help=_("render: the folder for the files"))

    def handle(self, *_args: Any, step: str, slug: str, **options: Any) -> None:
        act = {
            "build": self._build,
            "freeze": self._freeze,
            "approve": self._approve,
            "publish": self._publish,
            "upload": self._upload,
            "render": self._render,
            "verify": self._verify,
        }[step]
        act(slug, options)

    def _build(self, slug: str, options: dict[str, Any]) -> None:
        """Composes again where the review is there already: what was edited stays."""
        map_key = resolve_map(options["map"] or REPORTED)
        review = _existing(slug, options)
        if review is not None:
            _refuse_another_question(review, map_key, options)
        else:
            review = _create(slug, map_key, options)
        with _progress() as progress:
            progress.add_task(_("Computing figures and writing sections"), total=None)
            compose_review(review=review, by=None)
        told = _(
            "Composed “%(title)s”: %(sections)s sections, %(figures)s figures at ledger number %(seq)s."
        ) % {
            "title": review,
            "sections": number(review.sections.count()),
            "figures": number(len(review.composed["figures"])),
            "seq": number(review.composed["provenance"]["ledger_seq"]),
        }
        self.stdout.write(told)
        self.stdout.write(_("Freeze it with: phoihop review freeze %(slug)s") % {"slug": review.slug})

    def _freeze(self, slug: str, _options: dict[str, Any]) -> None:
        review = review_by_slug(slug)
        with _progress() as progress:
            task = progress.add_task(_("Word and PDF files"), total=FILES_A_VERSION)
            version = freeze_review(review=review, by=None, on_step=lambda: progress.advance(task))
        self.stdout.write(
            _("Frozen as version %(number)s at %(moment)s; context %(hash)s.")
            % {"number": version.number, "moment": moment(version.frozen_at), "hash": version.context_hash}
        )
        lang = "en" if (get_language() or "vi").startswith("en") else "vi"
        for warning in context_of(version)["provenance"]["warnings"]:
            self.stdout.write(_("Still open: %(sentence)s") % {"sentence": warning[lang]})

    def _approve(self, slug: str, options: dict[str, Any]) -> None:
        """In the name of the issuers, by whoever runs the machine: the audit log says so, one event each."""
        version, note, audience = _version(slug, options), options["note"], _audience(options)
        if options["issuer"]:
            issuers = [_organisation(each) for each in options["issuer"]]
            given = [
                approve_version(version=version, organisation=each, audience=audience, by=None, note=note)
                for each in issuers
            ]
        else:
            given = approve_for_every_issuer(version=version, audience=audience, by=None, note=note)
        for each in given:
            told = _("%(organisation)s approved version %(number)s (an approval, not a digital signature).")
            self.stdout.write(told % {"organisation": each.organisation, "number": version.number})
        if missing := missing_approvals(version, Audience(audience)):
            names = ", ".join(each.name_vi for each in missing)
            self.stdout.write(_("Not approved yet by: %(names)s.") % {"names": names})

    def _publish(self, slug: str, options: dict[str, Any]) -> None:
        version = _version(slug, options)
        publish_review(version=version, audience=_audience(options), by=None)
        told = _("Version %(number)s of “%(review)s” is published for: %(audience)s.")
        named = {"number": version.number, "review": version.review}
        self.stdout.write(told % {**named, "audience": Audience(version.audience).label})

    def _upload(self, slug: str, options: dict[str, Any]) -> None:
        version, path = _version(slug, options), options["file"]
        if path is None:
            raise CommandError(_("Name the file to keep with --file."))
        if not path.is_file():
            raise CommandError(
                _("There is no file “%(path)s”. Look at its name and folder.") % {"path": path}
            )
        with path.open("rb") as stream:
            kept = add_uploaded_file(
                version=version, name=path.name, stream=stream, language=options["language"], by=None
            )
        told = _("Kept “%(name)s” beside version %(number)s; SHA-256 %(hash)s.")
        self.stdout.write(told % {"name": kept.name, "number": version.number, "hash": kept.sha256})

    def _render(self, slug: str, options: dict[str, Any]) -> None:
        """Documents are kept, not made again: the stored files are copied out."""
        version = _version(slug, options)
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        for kept in version.files.order_by("pk"):
            place = storage.place_of(kept.path)
            if not place.is_file():
                raise errors.file_missing(kept.name, kept.path)
            target = out / kept.name
            target.write_bytes(place.read_bytes())
            self.stdout.write(str(target))

    def _verify(self, slug: str, options: dict[str, Any]) -> None:
        version = _version(slug, options)
        with _progress() as progress:
            progress.add_task(_("Computing the figures again"), total=None)
            faults = verify_version(version)
        for fault in faults:
            self.stdout.write(fault)
        named = {"number": version.number, "review": version.review, "count": len(faults)}
        if faults:
            raise CommandError(
                ngettext(
                    "Version %(number)s of “%(review)s” does not verify: %(count)s problem.",
                    "Version %(number)s of “%(review)s” does not verify: %(count)s problems.",
                    len(faults),
                )
                % named
            )
        sentence = _(
            "Version %(number)s of “%(review)s” verifies: %(figures)s figures and %(files)s files are as frozen."
        )
        counted = {
            "figures": number(len(context_of(version)["figures"])),
            "files": number(version.files.count()),
        }
        self.stdout.write(sentence % {**named, **counted})


def _progress() -> Progress:
    return Progress(console=Console(stderr=True), transient=True)


def _existing(slug: str, options: dict[str, Any]) -> Review | None:
    area = _area(options["area"]) if options["area"] else None
    found: Review | None = Review.objects.filter(
        slug=planned_review(slug, area).slug if area else slug
    ).first()
    return found


def _refuse_another_question(review: Review, map_key: str, options: dict[str, Any]) -> None:
    """A review keeps the map, the state and the programmes it was made with."""
    if options["map"] and map_key != review.map_key:
        raise errors.made_otherwise(review, "--map", options["map"], review.map_key)
    if options["state"] and options["state"] != review.state:
        raise errors.made_otherwise(review, "--state", options["state"], review.state)
    asked = {_programme(each).slug for each in options["also"]}
    also = set(review.also_reviews.values_list("slug", flat=True))
    if asked and asked != also:
        raise errors.made_otherwise(review, "--also", ", ".join(sorted(asked)), ", ".join(sorted(also)))


def _create(slug: str, map_key: str, options: dict[str, Any]) -> Review:
    area = _area(options["area"]) if options["area"] else None
    planned = planned_review(slug, area)
    return create_planned_review(
        planned=planned,
        also=[_programme(each) for each in options["also"]],
        map_key=map_key,
        state=options["state"] or FigureState.CONFIRMED.value,
        by=None,
    )


def _area(key: str) -> Area:
    found: Area | None = Area.objects.filter(key=key).first()
    if found is None:
        raise errors.unknown_area(key)
    return found


def _audience(options: dict[str, Any]) -> str:
    given: str = options["audience"] or ""
    if not given:
        allowed = ", ".join(Audience.values)
        raise CommandError(_("Name the audience with --audience: %(allowed)s.") % {"allowed": allowed})
    return given


def _organisation(slug: str) -> Organisation:
    return organisation_named(slug, Organisation.objects.all())


def _programme(slug: str) -> Programme:
    found = programme_named(slug)
    if found is None:
        raise errors.unknown_programme(
            slug, Programme.objects.order_by("slug").values_list("slug", flat=True)
        )
    return found


def _version(slug: str, options: dict[str, Any]) -> ReviewVersion:
    review = review_by_slug(slug)
    if (wanted := options["number"]) is None:
        version = latest_version(review)
    else:
        version = review.versions.filter(number=wanted).first()
    if version is None:
        raise errors.never_frozen(review) if wanted is None else errors.unknown_version(review, wanted)
    return version
