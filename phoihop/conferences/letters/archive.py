"""An archive that is sent while it is being written: nobody waits for the last letter to get the first."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile


class _Sent:
    """What ZipFile wrote since it was last taken. It cannot be sought in, so sizes follow each file."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, some: bytes) -> int:
        self._written.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        """ZipFile asks for it."""

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


def archived(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """One piece a file, as soon as it is there; then the list of them all."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, content in files:
            archive.writestr(name, content)
            yield sent.take()
    yield sent.take()
