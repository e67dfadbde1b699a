import pytest

from phoihop.core.templatetags.vietnamese import lightwords


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Đã **làm**\ndòng hai", "<p>Đã <strong>làm</strong><br>\ndòng hai</p>\n"),
        ("- một\n- hai", "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("![x](http://a/b.png)", "<p>![x](http://a/b.png)</p>\n"),
        ("# To", "<p># To</p>\n"),
        ("", ""),
        (None, ""),
    ],
)
def test_only_light_formatting_is_formatting(typed: str | None, shown: str) -> None:
    assert lightwords(typed) == shown
