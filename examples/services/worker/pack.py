"""The worker: it packs what was ordered. Each line of its input is a message of the queue."""

import sys
from datetime import UTC, datetime

import httpx

from worker.contract import OrderPlaced, ParcelInput, adapter_for


def pack(message: str, backend: httpx.Client) -> str:
    order = OrderPlaced.model_validate_json(message).order
    parcel = ParcelInput(number=f"P-{order.id:06}", packed_at=datetime.now(UTC))
    response = backend.put(
        f"/orders/{order.id}/parcel",
        content=adapter_for("orders.putParcel", "request").dump_json(parcel),
        headers={"content-type": "application/json"},
    )
    if response.status_code == 409:
        return adapter_for("orders.putParcel", 409).validate_json(response.content).message
    packed = adapter_for("orders.putParcel").validate_json(response.raise_for_status().content)
    return f"{packed.count} x {packed.article} in {parcel.number}"


if __name__ == "__main__":
    with httpx.Client(base_url=sys.argv[1]) as backend:
        for line in sys.stdin:
            print(pack(line, backend), flush=True)
