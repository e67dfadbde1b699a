"""Text files must be UTF-8. What they are instead is named, with how to save them."""

import codecs
import re

from django.utils.translation import gettext as _

from phoihop.core.files import FileRefused

# TCVN3 fonts (.VnTime) put Vietnamese letters on these Latin-1 places: "B¸o c¸o", "®¬n vÞ".
_TCVN3 = re.compile(r"[A-Za-z][¸µ¶·¹¨®©«¬­]|®[¸µ¶·¹©«¬A-Za-z]|[¸µ¶·¹¨©«¬][a-z]")
# UTF-8 read as windows-1252 and saved again: "BÃ¡o cÃ¡o", "Ä\x91Æ¡n vá»\x8b".
_TWICE = re.compile(r"Ã[\u0080-\u00bf]|á[º»][\u0080-\u00bf\u0152-\u2122]|Ä[\u0090\u0091‘]|Æ[°¡¯]")


def decoded(content: bytes, name: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises: FileRefused for any other encoding.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content:
        raise wrong_encoding(name, "UTF-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise wrong_encoding(name, "windows-1258, TCVN3, VNI") from fault
    if is_legacy_encoded(text):
        raise wrong_encoding(name, "TCVN3, VNI")
    return text


def is_legacy_encoded(text: str) -> bool:
    """Vietnamese typed for a legacy font, or decoded wrongly before. One odd sign alone proves nothing."""
    if text.isascii():
        return False
    return len(_TCVN3.findall(text)) > 1 or len(_TWICE.findall(text)) > 1


def wrong_encoding(name: str, guess: str) -> FileRefused:
    return FileRefused(
        _(
            "“%(name)s” is not in UTF-8; it looks like %(guess)s. In Excel choose Save As, “CSV UTF-8 (Comma"
            " delimited)”; in LibreOffice choose character set “Unicode (UTF-8)”. Text in .VnTime or VNI fonts"
            " must be converted to Unicode first."
        )
        % {"name": name, "guess": guess}
    )
