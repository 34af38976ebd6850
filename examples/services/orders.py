"""The backend: it takes orders, puts each on a queue for the worker, and is told by it of the parcel."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field

QUEUE = Path(os.environ.get("QUEUE", "queue.jsonl"))


class NewOrder(BaseModel):
    article: str = Field(min_length=1, max_length=60)
    count: int = Field(default=1, ge=1, le=100)


class Parcel(BaseModel):
    number: str = Field(pattern=r"^P-\d{6}$")
    packed_at: AwareDatetime


class Order(NewOrder):
    id: int
    placed_at: AwareDatetime
    parcel: Parcel | None = None


class OrderPlaced(BaseModel):
    """A message of the queue."""

    type: Literal["order-placed"] = "order-placed"
    order: Order


class Refusal(BaseModel):
    code: Literal["missing", "packed"]
    message: str


app = FastAPI(title="Orders")
orders: dict[int, Order] = {}


@app.post("/orders", status_code=201)
def place_order(new: NewOrder) -> Order:
    order = Order(id=len(orders) + 1, placed_at=datetime.now(UTC), **new.model_dump())
    orders[order.id] = order
    with QUEUE.open("a", encoding="utf-8") as queue:  # your broker, in earnest
        queue.write(f"{OrderPlaced(order=order).model_dump_json()}\n")
    return order


@app.get("/orders/{order_id}", response_model=Order, responses={404: {"model": Refusal}})
def get_order(order_id: int) -> Order | JSONResponse:
    return orders.get(order_id) or refused(404, "missing", "There is no such order.")


@app.put(
    "/orders/{order_id}/parcel",
    response_model=Order,
    responses={404: {"model": Refusal}, 409: {"model": Refusal}},
)
def put_parcel(order_id: int, parcel: Parcel) -> Order | JSONResponse:
    if (order := orders.get(order_id)) is None:
        return refused(404, "missing", "There is no such order.")
    if order.parcel is not None:
        return refused(409, "packed", f"Order {order_id} is in {order.parcel.number} already.")
    order.parcel = parcel
    return order


def refused(status: int, code: Literal["missing", "packed"], message: str) -> JSONResponse:
    return JSONResponse(Refusal(code=code, message=message).model_dump(), status)
