"""`python -m media.renditions.fenced`: cuts a still, or several of one picture, in a process of its own that limits its time and memory before it
opens what a stranger uploaded; the order comes as JSON on stdin, what was written goes to stdout as JSON.

Without Django, database and secrets. A refusal is a sentence, not a crash."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from .cutting import Cut, reencode_still
from .cutting_together import cut_together
from .errors import RenditionError
from .inspection import TOO_LARGE, inspect_still
from .print_sheet import SheetWords, draw_sheet
from .recipes import CUTS, PACK_CUTS

RECIPES = {**CUTS, **PACK_CUTS}


def cut(order: dict[str, Any]) -> dict[str, Any]:
    """Carry out the order; return {"media_type": …} or {"refused": the sentence}; {"cuts": [such, …]} for several."""
    source, target = Path(order["source"]), Path(order["target"])
    try:
        if order.get("sheet") is not None:
            sheet = order["sheet"]
            facts = inspect_still(source)
            with Image.open(source, formats=[facts.file_format.value]) as picture:
                picture.draft("RGB", (2480, 3508))
                draw_sheet(picture, SheetWords(**{**sheet, "lines": tuple(sheet["lines"])}), target)
            return {"media_type": "image/jpeg"}
        mark, focal = order["mark"].encode(), tuple(order["focal"])
        if order.get("cuts") is not None:
            wanted = [(RECIPES[cut["recipe"]], Path(cut["target"])) for cut in order["cuts"]]
            return {"cuts": [_said(cut) for cut in cut_together(source, wanted, focal=focal, mark=mark)]}
        return _said(reencode_still(source, RECIPES[order["recipe"]], target, focal=focal, mark=mark))
    except RenditionError as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": TOO_LARGE}


def _said(cut: Cut | RenditionError) -> dict[str, Any]:
    if isinstance(cut, RenditionError):
        return {"refused": str(cut)}
    return {"media_type": cut.file_format.mime}


def main() -> int:
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    json.dump(cut(order), sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
