"""`python -m publishers.scripts.spoken`, as a vendor's script or the bench calls it."""

import subprocess
import sys


def run(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "publishers.scripts.spoken", *arguments],
        input=text, capture_output=True, encoding="utf-8", timeout=30, check=False,
    )  # fmt: skip


def test_one_line_in_gives_one_line_out() -> None:
    done = run("7h30\n\ngọi 113\n")
    assert done.stdout == "bảy giờ ba mươi phút\n\ngọi một một ba\n"
    assert done.returncode == 0


def test_flags_follow_a_tab_only_where_an_editor_must_look() -> None:
    done = run("24\n3.5\nlễ ngày 05/9/26\n", "--flags")
    lines = done.stdout.splitlines()
    assert lines[0] == "hai mươi tư"
    assert lines[1] == "3.5\tred"
    assert lines[2].endswith("\tamber")


def test_line_with_nothing_to_read_comes_out_as_it_stands_and_red() -> None:
    given = "🎉🎉\n-----\n\n🎉 Chúc mừng\n"
    assert run(given, "--flags").stdout == "🎉🎉\tred\n-----\tred\n\nChúc mừng\n"
    assert run(given).stdout == "🎉🎉\n-----\n\nChúc mừng\n"


def test_reader_that_has_enough_ends_the_command_quietly() -> None:
    command = f"yes 'gọi 113' | head -50000 | {sys.executable} -m publishers.scripts.spoken | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)  # noqa: S602
    assert (done.stdout, done.stderr) == ("gọi một một ba\n", "")


def test_southern_style_and_unknown_arguments() -> None:
    assert run("1.005\n", "--southern").stdout == "một ngàn không trăm lẻ năm\n"
    assert run("", "--nhanh").returncode == 2


def test_importing_the_engine_loads_neither_django_nor_anything_installed() -> None:
    code = (
        "import sys; import publishers.scripts.spoken; "
        "print(sorted(name for name in ('django', 'celery', 'wagtail', 'requests', 'PIL') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.strip() == "[]"
