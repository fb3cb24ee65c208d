"""`python -m publishers.scripts.spoken`: one written line in, one spoken line out.

With --flags a line that an editor must look at carries a TAB and "amber" or "red" behind it. A line in which there is
nothing to read ("🎉🎉", "-----") comes out as it stands and is red: an empty line would say that all is well.
"""

import os
import sys
from typing import TextIO

from . import NORTHERN, SOUTHERN, Style, speak


def main(arguments: list[str]) -> int:
    """Reads stdin to its end, or until nobody reads what is written ("| head"). Answers 0, or 2 for an argument it does
    not know."""
    known = {"--flags", "--southern"}
    unknown = [argument for argument in arguments if argument not in known]
    if unknown:
        sys.stderr.write(
            f"Không hiểu tham số {unknown[0]}. Dùng: python -m publishers.scripts.spoken [--flags] [--southern]\n"
        )
        return 2
    style = SOUTHERN if "--southern" in arguments else NORTHERN
    flags = "--flags" in arguments
    source = open(sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False)  # noqa: SIM115
    target = open(sys.stdout.fileno(), "w", encoding="utf-8", errors="replace", newline="\n", closefd=False)  # noqa: SIM115
    try:
        _speak_lines(source, target, style, flags)
    except BrokenPipeError:
        # Whoever wanted the lines has enough; closing at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _speak_lines(source: TextIO, target: TextIO, style: Style, flags: bool) -> None:
    for line in source:
        spoken = speak(line.rstrip("\r\n"), style=style)
        said = spoken.text.replace("\n", " ").replace("\t", " ")
        colour = spoken.colour
        if not said.strip() and line.strip():
            said, colour = line.strip().replace("\t", " "), "red"
        colour = colour if flags else ""
        target.write(f"{said}\t{colour}\n" if colour else f"{said}\n")
    target.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
