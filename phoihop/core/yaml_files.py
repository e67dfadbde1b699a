"""YAML files that people edit: read with line numbers, every fault of a file listed at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from phoihop.core.errors import DomainError
from phoihop.core.text import nfc
from phoihop.core.yaml_sentences import sentence_of, unreadable

MAX_BYTES = 1024 * 1024
Place = tuple[str | int, ...]


class Strict(BaseModel):
    """A group of fields in such a file: nothing unknown, nothing converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    line: int
    field: str
    sentence: str


class FileRefused(DomainError):
    """Nothing of the file was loaded. Each fault is one line: `file:line: field: sentence`."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(
            "\n".join(f"{file}:{each.line}: {each.field}: {each.sentence}" for each in self.faults)
        )


@dataclass
class YamlFile:
    name: str
    root: CommentedMap
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line where a field stands, or where the group it is missing from begins."""
        node: Any = self.root
        line = node.lc.line
        for part in place:
            try:
                line = (node.lc.key(part) if isinstance(node, CommentedMap) else node.lc.item(part))[0]
                node = node[part]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return int(line) + 1

    def written(self, place: Place) -> str:
        """`indicators[A01].range.commune`: an item of a list goes by its own code where it has one."""
        text = ""
        node: Any = self.root
        for part in place:
            node = _inside(node, part)
            if isinstance(part, int):
                text += f"[{_own_code(node) or part + 1}]"
            else:
                text += f".{part}" if text else part
        return text

    def blame(self, place: Place, sentence: str) -> None:
        self.faults.append(Fault(self.line(place), self.written(place), sentence))

    def checked(self, shape: type[Shape]) -> Shape:
        """The file as typed values, or FileRefused with every fault of its shape."""
        try:
            return shape.model_validate(plain(self.root))
        except ValidationError as refusal:
            for error in refusal.errors(include_url=False):
                place = tuple(part for part in error["loc"] if part != "[key]")
                self.blame(place, sentence_of(error, shape))
        raise FileRefused(self.name, self.faults)

    def refuse_if_faulty(self) -> None:
        if self.faults:
            raise FileRefused(self.name, self.faults)


def read_yaml(path: Path) -> YamlFile:
    if path.stat().st_size > MAX_BYTES:
        sentence = _(
            "The file has %(size)s bytes. At most %(most)s are read: split it, or check that it is the right one."
        )
        raise _refused(path.name, 0, sentence % {"size": path.stat().st_size, "most": MAX_BYTES})
    try:
        return parse_yaml(path.read_bytes().decode("utf-8-sig"), name=path.name)
    except UnicodeDecodeError as error:
        sentence = _("The file is not UTF-8 from byte %(byte)s on. Save it as UTF-8 and load it again.")
        raise _refused(path.name, 0, sentence % {"byte": error.start + 1}) from None


def parse_yaml(text: str, *, name: str) -> YamlFile:
    for index, line in enumerate(text.splitlines()):
        if nfc(line) != line:
            raise _refused(
                name,
                index,
                _("The marks stand apart from their letters (NFD). Save the text as NFC and load it again."),
            )
    try:
        root = _reader().load(text)
    except MarkedYAMLError as error:
        raise _refused(
            name, error.problem_mark.line if error.problem_mark else 0, _unreadable(error)
        ) from None
    except (YAMLError, ValueError) as error:
        raise _refused(name, 0, _unreadable(error)) from None
    if not isinstance(root, CommentedMap):
        raise _refused(name, 0, _("The file must be a group of fields, each written as `name: value`."))
    if (again := next(_seen_twice(root), None)) is not None:
        sentence = _("Anchors (&name) and aliases (*name) are not used in these files. Write the values out.")
        raise _refused(name, again.lc.line, sentence)
    return YamlFile(name, root)


class _Constructor(RoundTripConstructor):
    """A day that does not exist stays text, so that it is refused at its own line and field."""

    def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
        try:
            return super().construct_yaml_timestamp(node, values)
        except ValueError:
            return node.value


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_yaml_timestamp)


def _reader() -> YAML:
    yaml = YAML()
    yaml.Constructor = _Constructor
    return yaml


_PLAIN: tuple[type, ...] = (bool, str, int, float)


def plain(node: Any) -> Any:
    """The same values without what the reader remembers of how they were written."""
    if isinstance(node, dict):
        return {plain(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    return next((kind(node) for kind in _PLAIN if isinstance(node, kind)), node)


def _unreadable(error: Exception) -> str:
    return unreadable(str(getattr(error, "problem", None) or error).split("\n")[0])


def _refused(name: str, index: int, sentence: str) -> FileRefused:
    return FileRefused(name, [Fault(index + 1, _("file"), sentence)])


def _inside(node: Any, part: str | int) -> Any:
    try:
        return node[part]
    except (KeyError, IndexError, TypeError):
        return None


def _own_code(node: Any) -> str | None:
    keys = ("code", "id", "key", "slug", "organisation", "party", "area")
    return next((str(node[key]) for key in keys if node.get(key)), None) if isinstance(node, dict) else None


def _seen_twice(root: CommentedMap) -> Iterator[Any]:
    """Containers reached by two ways: only an alias does that."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            yield node
            continue
        seen.add(id(node))
        children = node.values() if isinstance(node, CommentedMap) else node
        waiting += [child for child in children if isinstance(child, CommentedMap | CommentedSeq)]
