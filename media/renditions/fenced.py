"""`python -m media.renditions.fenced`: cuts one still in a process of its own that limits its time and memory before it
opens what a stranger uploaded; the order comes as JSON on stdin, what was written goes to stdout as JSON.

Without Django, database and secrets. A refusal is a sentence, not a crash."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from .cutting import reencode_still
from .errors import RenditionError
from .inspection import TOO_LARGE, inspect_still
from .print_sheet import SheetWords, draw_sheet
from .recipes import CUTS


def cut(order: dict[str, Any]) -> dict[str, Any]:
    """Carry out the order; return {"media_type": …} or {"refused": the sentence}."""
    source, target = Path(order["source"]), Path(order["target"])
    try:
        if order.get("sheet") is not None:
            sheet = order["sheet"]
            facts = inspect_still(source)
            with Image.open(source, formats=[facts.file_format.value]) as picture:
                picture.draft("RGB", (2480, 3508))
                draw_sheet(picture, SheetWords(**{**sheet, "lines": tuple(sheet["lines"])}), target)
            return {"media_type": "image/jpeg"}
        mark = order["mark"].encode()
        made = reencode_still(source, CUTS[order["recipe"]], target, focal=tuple(order["focal"]), mark=mark)
        return {"media_type": made.file_format.mime}
    except RenditionError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": TOO_LARGE}


def main() -> int:
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    json.dump(cut(order), sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
