"""Masks what looks like a secret before a log line is written."""

import logging
import re

# Names under which platforms carry secrets, in URLs, forms, headers and JSON.
_NAMED = re.compile(
    r"(?i)\b(access_token|refresh_token|client_secret|appsecret_proof|secret_key|fb_exchange_token|code_verifier"
    r"|input_token|password|authorization|id_token|upload_id|code)"
    r"([\"']?\s*[=:]\s*[\"']?)(?:bearer\s+|oauth\s+)?([^\s\"'&,;}\]]{6,})"
)
_BEARER = re.compile(r"(?i)\b(bearer|oauth)\s+[A-Za-z0-9._~+/|-]{8,}=*")
# A one-time link opens without a password: its address is the key, and a failed request is logged with its address.
_LINKS = re.compile(r"(/dien-du-kien/)[^/\s?#\"'<>]+")


def mask(text: str) -> str:
    """Return `text` with every named secret, bearer token and key of a one-time link replaced by dots."""
    text = _NAMED.sub(lambda found: f"{found[1]}{found[2]}•••", text)
    text = _LINKS.sub(r"\1•••", text)
    return _BEARER.sub(lambda found: f"{found[1]} •••", text)


class SecretMask(logging.Filter):
    """A logging filter that masks the finished message, its arguments and its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True
