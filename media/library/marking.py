"""Says inside a picture's file that a machine made it: the IPTC term `trainedAlgorithmicMedia` in an XMP packet.

Pure: bytes in, bytes out; not a point of the picture changes. JPEG carries the packet in an APP1 segment after its first
marker (XMP part 3), PNG in an iTXt chunk before its points; other kinds are returned unchanged by `marked` and are
drawn again with the packet by whoever keeps them."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
PACKET: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<Iptc4xmpExt:DigitalSourceType>{_SOURCE}</Iptc4xmpExt:DigitalSourceType>"
    '<dc:description><rdf:Alt><rdf:li xml:lang="vi">Hình do máy tạo</rdf:li></rdf:Alt></dc:description>'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
).encode()
_JPEG_NAME: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_PNG_NAME: Final = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"


def is_marked(content: bytes) -> bool:
    """Return whether the file says already that a machine made it."""
    return _SOURCE.encode() in content


def marked(content: bytes) -> bytes:
    """Return the JPEG or PNG with the mark in it; any other file, and one that is marked, as it is."""
    if is_marked(content):
        return content
    if content.startswith(b"\xff\xd8\xff"):
        segment = _JPEG_NAME + PACKET
        return content[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + content[2:]
    if content.startswith(_PNG_HEAD):
        # The header chunk comes first: 4 length, 4 name, 13 content, 4 check sum.
        at = len(_PNG_HEAD) + 25
        chunk = b"iTXt" + _PNG_NAME + PACKET
        packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        return content[:at] + packed + content[at:]
    return content
