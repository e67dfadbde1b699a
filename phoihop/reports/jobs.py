"""What runs beside the pages: uploaded workbooks are kept for a day, also where nobody uploads another one."""

from phoihop.core.beside import Beside
from phoihop.reports.files.kept import forget_old


class Sweeper(Beside):
    """Once when the pages are opened, then four times an hour."""

    title, trouble, seconds = "upload-sweeper", "Old uploads could not be removed.", 15 * 60

    def look(self) -> None:
        forget_old()
