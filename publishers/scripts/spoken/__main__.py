"""`python -m publishers.scripts.spoken`: one written line in, one spoken line out.

With --flags a line that an editor must look at carries a TAB and "amber" or "red" behind it. A line in which there is
nothing to read ("🎉🎉", "-----") comes out as it stands and is red: an empty line would say that all is well.
"""

import sys

from . import NORTHERN, SOUTHERN, speak


def main(arguments: list[str]) -> int:
    """Reads stdin to its end. Answers 0, or 2 for an argument it does not know."""
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
    for line in source:
        spoken = speak(line.rstrip("\r\n"), style=style)
        said = spoken.text.replace("\n", " ").replace("\t", " ")
        colour = spoken.colour
        if not said.strip() and line.strip():
            said, colour = line.strip().replace("\t", " "), "red"
        colour = colour if flags else ""
        target.write(f"{said}\t{colour}\n" if colour else f"{said}\n")
    target.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
