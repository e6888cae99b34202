"""Webhooks as Meta documents them, with invented numbers."""

import json
from typing import Any

from django.test import Client

from titian.intake.signatures import signed

SECRET, NUMBER = "app-secret", "106540352242922"
INGRID, ZOE = "6281200001111", "6281299990000"


def message(
    number: str = "wamid.IN1", sender: str = INGRID, *, kind: str = "text", **body: Any
) -> dict[str, Any]:
    """One message as it stands in ``messages``."""
    return {
        "from": sender,
        "id": number,
        "timestamp": "1809172680",  # 1 May 2027, 11:58
        "type": kind,
        kind: body or {"body": "We need two boats at six."},
    }


def status(number: str, state: str, **more: Any) -> dict[str, Any]:
    """One state of a message of ours, as it stands in ``statuses``."""
    return {
        "id": number,
        "status": state,
        "timestamp": "1809172740",
        "recipient_id": INGRID,
        "conversation": {"id": "c1", "origin": {"type": "service"}},
        "pricing": {"billable": True, "pricing_model": "CBP", "category": "service"},
        **more,
    }


def webhook(
    *messages: dict[str, Any],
    statuses: list[dict[str, Any]] | None = None,
    number: str = NUMBER,
) -> bytes:
    """The whole body."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "15550783881",
            "phone_number_id": number,
        },
    }
    if messages:
        senders = {one["from"] for one in messages}
        value["contacts"] = [
            {"profile": {"name": "Ingrid on the pier"}, "wa_id": one} for one in senders
        ]
        value["messages"] = list(messages)
    if statuses:
        value["statuses"] = statuses
    changes = [{"value": value, "field": "messages"}]
    entry = [{"id": "102290129340398", "changes": changes}]
    whole = {"object": "whatsapp_business_account", "entry": entry}
    return json.dumps(whole).encode()


def deliver(client: Client, content: bytes, *, secret: str = SECRET) -> int:
    """Meta calls; what the house answers."""
    answer = client.post(
        "/intake/whatsapp",
        content,
        content_type="application/json",
        headers={"X-Hub-Signature-256": signed(secret, content)},
    )
    return answer.status_code
