import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.core.arguments import sentence_of
from phoihop.reports.management.commands import load_reports, run_period


@pytest.mark.parametrize(
    ("words", "vietnamese", "english"),
    [
        (["lock", "--form", "half"], "Còn thiếu: --period.", "Missing: --period."),
        (
            ["nope", "--form", "half", "--period", "ADM-2026-H1"],
            "step: không có giá trị 'nope'. Hãy ghi một trong: 'follow', 'freeze', 'lock'.",
            "step: 'nope' is not known. Write one of: 'follow', 'freeze', 'lock'.",
        ),
        (["lock", "--form"], "--form: chưa có giá trị.", "--form: the value is missing."),
        (
            ["lock", "--form", "half", "--period", "x", "--now"],
            "Lệnh không nhận: --now.",
            "Not known here: --now.",
        ),
    ],
)
def test_bad_command_line_is_refused_in_the_users_language(
    words: list[str], vietnamese: str, english: str
) -> None:
    for language, sentence in (("vi", vietnamese), ("en", english)):
        with translation.override(language), pytest.raises(CommandError) as refusal:
            call_command("run_period", *words)
        assert str(refusal.value).startswith(sentence)


def test_terminal_gets_the_usage_and_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    command = run_period.Command()
    command._called_from_command_line = True
    with pytest.raises(SystemExit) as left:
        command.create_parser("phoihop", "run_period").parse_args(["lock"])
    assert left.value.code == 2
    assert capsys.readouterr().err.endswith(
        "phoihop run_period: Còn thiếu: --form, --period. Hãy bổ sung; dùng --help để xem cách dùng.\n"
    )


def test_choices_are_shown_as_they_are_typed() -> None:
    command = load_reports.Command()
    with pytest.raises(CommandError, match=r"Hãy ghi một trong: 'comma', 'point'\."):
        command.create_parser("phoihop", "load_reports").parse_args(["--decimal", "dot", "x.csv"])


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("one of the arguments --a --b is required", "Phải ghi một trong các tùy chọn: --a --b."),
        ("argument --a: not allowed with argument --b", "Không dùng --a cùng với --b. Hãy giữ lại một."),
        ("argument --n: invalid int value: 'x'", "--n: 'x' không phải số nguyên. Hãy ghi bằng chữ số."),
        ("argument paths: expected at least one argument", "paths: chưa có giá trị. Hãy ghi giá trị sau tên tùy chọn."),
        ("ambiguous option: --de could match --decimal, --depth", "--de có thể là nhiều tùy chọn: --decimal, --depth. Hãy ghi đủ tên."),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_what_argparse_says_is_said_in_vietnamese(message: str, sentence: str) -> None:
    assert sentence_of(message) == sentence
