"""Places on the globe: degrees and minutes, decimals with their side, areas at sea of a storm warning."""

import re

from .reading import Found, Reading, ask
from .spans import Confidence
from .values import Code

_COORDINATE = re.compile(r" (?:tọa độ|toạ độ|kinh độ|vĩ độ)(?: [^\W\d_]+){0,2}\Z")
_DEGREES = re.compile(
    r"\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d{1,6})?\s?['’′](?:\s?\d{1,2}(?:[.,]\d{1,6})?\s?(?:\"|”|″|''))?\s?[NSEWBĐTn]?"
)


_ON_THE_GLOBE = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s?[°º]\s?([NSEWBĐ])(?![\w'’])")


_SIDES = {
    "N": "vĩ bắc", "S": "vĩ nam", "E": "kinh đông", "W": "kinh tây", "B": "vĩ bắc", "Đ": "kinh đông",
}  # fmt: skip
_AREA = re.compile(r"(\d{1,3})[.,](\d{1,2})(?:\s?[-–—]\s?(\d{1,3})[.,](\d{1,2}))?\s?([NSEWĐ])(?![\w'’])")
_AT_SEA = re.compile(
    r"(?<!\w)(?:vĩ tuyến|kinh tuyến|tọa độ|toạ độ|tâm bão|vị trí|vùng nguy hiểm|áp thấp|[\d,.]{3,6}[nse];)"
)


def read_coordinate(reading: Reading, at: int) -> Found | None:
    """ "21°01'42\"N": degrees and minutes on the globe; nobody reads them on air."""
    area = _AREA.match(reading.text, at)
    if area and (area[3] or _AT_SEA.search(reading.low[max(0, at - 80) : at])):
        said = reading.voice.decimal(area[1], area[2])
        if area[3]:
            said += f" đến {reading.voice.decimal(area[3], area[4])}"
        said += f" độ {_SIDES[area[5]]}"
        return Found(area.end(), said, "measure", "latitude", Confidence.LIKELY, (), Code(area[0]))
    globe = _ON_THE_GLOBE.match(reading.text, at)
    if globe:
        side = _SIDES[globe[3]]
        said = f"{reading.voice.decimal(globe[1], globe[2] or '')} độ {side}"
        return Found(globe.end(), said, "measure", "latitude", Confidence.LIKELY, (), Code(globe[0]))
    match = _DEGREES.match(reading.text, at)
    if match is None:
        return None
    written = match[0].rstrip()
    numbers = re.findall(r"\d+", written)
    said = " ".join(
        f"{reading.voice.cardinal(int(number))} {unit}"
        for number, unit in zip(numbers, ("độ", "phút", "giây"), strict=False)
    )
    return ask(
        at + len(written), written, "number", "coordinate", f"“{written}” là tọa độ; hãy chọn cách đọc.", said
    )


def names_coordinates(left: str) -> bool:
    """True when the words before a number say that it is a coordinate."""
    return _COORDINATE.search(left) is not None
