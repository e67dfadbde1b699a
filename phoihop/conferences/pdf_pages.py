"""The pages of a PDF as pictures for the screens, and its text for a look at secrecy marks.

Drawn by PDFium in a process of its own: a file that crashes or stalls the library costs that process only.
Shape: the answer is JSON, {"pages": [{"text": lines of the page, "file": name of its PNG}], "count": pages}.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_PAGES = 200
LONGER_SIDE = 1_920  # pixels: the wall screen's width
SECONDS = 120


@dataclass(frozen=True, slots=True)
class DrawnPage:
    text: str
    png: bytes


class CannotDraw(Exception):
    """Damaged, protected by a password, or too slow."""


class TooManyPages(Exception):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def drawn_pages(content: bytes) -> list[DrawnPage]:
    """Raises: CannotDraw, TooManyPages."""
    with TemporaryDirectory(prefix="phoihop-pdf-") as folder:
        (Path(folder) / "file.pdf").write_bytes(content)
        command = [sys.executable, "-m", "phoihop.conferences.pdf_pages", folder]
        try:
            ran = subprocess.run(  # noqa: S603  our own interpreter and module
                command, capture_output=True, check=True, timeout=SECONDS
            )
        except (subprocess.SubprocessError, OSError) as fault:
            raise CannotDraw from fault
        told = json.loads(ran.stdout)
        if told["count"] > MOST_PAGES:
            raise TooManyPages(told["count"])
        return [DrawnPage(page["text"], (Path(folder) / page["file"]).read_bytes()) for page in told["pages"]]


def draw(folder: Path) -> dict[str, object]:
    import pypdfium2

    document = pypdfium2.PdfDocument(folder / "file.pdf")
    count = len(document)
    pages = []
    for number in range(count if count <= MOST_PAGES else 0):
        page = document[number]
        width, height = page.get_size()
        picture = page.render(scale=LONGER_SIDE / max(width, height, 1)).to_pil()
        picture.convert("P", palette=1, colors=64).save(folder / f"{number}.png", optimize=False)
        pages.append({"text": page.get_textpage().get_text_range(), "file": f"{number}.png"})
        page.close()
    return {"pages": pages, "count": count}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(draw(Path(sys.argv[1]))))
