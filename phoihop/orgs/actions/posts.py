from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.areas.enums import Level
from phoihop.audit import actions as audit
from phoihop.core.yaml_files import YamlFile, read_yaml
from phoihop.core.yaml_sentences import refused_choice
from phoihop.orgs.actions.shapes import PostFields, PostsFile, PostTemplate
from phoihop.orgs.models import Organisation, Post
from phoihop.orgs.permissions import AnyUser, require_administering

_FIELDS = ("title_vi", "title_en", "order", "may_sign", "may_chair", "signing_vi")
_PROVINCES = (Level.PROVINCE,)


@transaction.atomic
def load_posts(*, file: Path, levels: Iterable[Level] = _PROVINCES, by: AnyUser | None = None) -> int:
    """Posts of the central bodies and, at these levels, of the bodies of every area; how many are new or changed.

    Only provinces unless told otherwise: 13,356 communes sign nothing in the demonstration.
    """
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(PostsFile)
    wanted = [*_central(source, content), *_templated(content.templates, frozenset(levels))]
    known = {(post.organisation_id, post.slug): post for post in Post.objects.all()}
    new = [post for post in wanted if (post.organisation_id, post.slug) not in known]
    changed = [
        _copy(post, known[key])
        for post in wanted
        if (key := (post.organisation_id, post.slug)) in known and _state(post) != _state(known[key])
    ]
    Post.objects.bulk_create(new, batch_size=5_000)
    Post.objects.bulk_update(changed, _FIELDS, batch_size=500)
    if new or changed:
        details = {"file": file.name, "created": len(new), "changed": len(changed)}
        audit.record("load_posts", (new or changed)[0].organisation, by=by, details=details)
    return len(new) + len(changed)


def _central(source: YamlFile, content: PostsFile) -> list[Post]:
    slugs = {post.organisation for post in content.posts}
    bodies = {each.slug: each for each in Organisation.objects.filter(slug__in=slugs)}
    central = Organisation.objects.filter(area__level=Level.NATION).values_list("slug", flat=True)
    for index, post in enumerate(content.posts):
        if post.organisation not in bodies:
            source.blame(("posts", index, "organisation"), refused_choice(post.organisation, list(central)))
    source.refuse_if_faulty()
    return [_post(bodies[post.organisation], post) for post in content.posts]


def _templated(templates: Iterable[PostTemplate], levels: frozenset[Level]) -> Iterator[Post]:
    for template in templates:
        if template.level in levels:
            for body in Organisation.objects.filter(party=template.party, area__level=template.level):
                yield _post(body, template)


def _post(organisation: Organisation, fields: PostFields) -> Post:
    values: dict[str, Any] = {field: getattr(fields, field) for field in _FIELDS}
    return Post(
        organisation=organisation, slug=fields.slug, **{**values, "signing_vi": fields.signing_vi or ""}
    )


def _state(post: Post) -> tuple[Any, ...]:
    return tuple(getattr(post, field) for field in _FIELDS)


def _copy(source: Post, target: Post) -> Post:
    for field in _FIELDS:
        setattr(target, field, getattr(source, field))
    return target
