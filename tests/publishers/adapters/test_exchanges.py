"""What is kept of a call holds no secret, no query and nothing long."""

import json

from publishers.adapters.exchanges import exchange


def test_record_names_the_call_and_leaves_secrets_out() -> None:
    record = exchange(
        "POST", "https://graph.facebook.com/v26.0/1/feed?access_token=THE-BI-MAT&fields=id",
        {"message": "Nộp hồ sơ", "access_token": "THE-BI-MAT", "appsecret_proof": "BANG-CHUNG", "published": False},
        status=400, code="190/463", said="Error for access_token=THE-BI-MAT here", trace="AbC",
    )  # fmt: skip
    assert record["path"] == "/v26.0/1/feed"
    assert record["fields"] == {"message": "Nộp hồ sơ", "published": False}
    assert (record["status"], record["code"], record["trace"]) == (400, "190/463", "AbC")
    assert "THE-BI-MAT" not in json.dumps(record)


def test_session_addresses_inside_texts_lose_their_query() -> None:
    record = exchange("PUT", "/x", {"note": "https://youtube.googleapis.com/upload?upload_id=PHIEN-BI-MAT"})
    assert record["fields"]["note"] == "https://youtube.googleapis.com/upload"


def test_long_values_bytes_and_nested_secrets_are_cut() -> None:
    fields = {
        "text": "a" * 500,
        "chunk": b"123",
        "body": {"token": "BI-MAT", "items": [{"secret_key": "BI-MAT", "x": 1}]},
    }
    record = exchange("POST", "/x", fields)
    assert len(record["fields"]["text"]) == 200
    assert record["fields"]["chunk"] == "3 byte"
    assert record["fields"]["body"] == {"items": [{"x": 1}]}
    assert json.loads(json.dumps(record)) == record


def test_nothing_said_leaves_nothing_empty_behind() -> None:
    assert exchange("GET", "/me") == {"method": "GET", "path": "/me"}
