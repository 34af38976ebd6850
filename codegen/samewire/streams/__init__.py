"""
The order of a stream's events, declared once on their classes: a guard in Python, and the schema from which TypeScript's is made.

For any protocol of Pydantic models that tell themselves apart by a field; see ``docs/stream-order.md``. The modules
``samewire.streams.starlette`` and ``samewire.streams.turns`` serve such streams; see ``docs/events.md``. Imports Pydantic and
nothing of the generator.
"""

from typing import TYPE_CHECKING

from samewire.lazy import lazy

if TYPE_CHECKING:
    from samewire.streams.declaration import ordered
    from samewire.streams.event_stream import EventStream
    from samewire.streams.guard import Guard, check_order
    from samewire.streams.tracker import Broken, Continued, Known
    from samewire.streams.violations import OrderError, Violation
    from samewire.streams.vocabulary import (
        ABSENT,
        CLOSED,
        OPEN,
        After,
        Block,
        First,
        Fixed,
        Inside,
        Last,
        Move,
        Once,
        Order,
        Outside,
        Until,
        order_of,
    )
else:
    __getattr__ = lazy(
        __name__,
        """
        declaration: ordered
        event_stream: EventStream
        guard: Guard check_order
        tracker: Broken Continued Known
        violations: OrderError Violation
        vocabulary: ABSENT CLOSED OPEN After Block First Fixed Inside Last Move Once Order Outside Until
            order_of
        """,
    )

__all__ = [
    "ABSENT",
    "CLOSED",
    "OPEN",
    "After",
    "Block",
    "Broken",
    "Continued",
    "EventStream",
    "First",
    "Fixed",
    "Guard",
    "Inside",
    "Known",
    "Last",
    "Move",
    "Once",
    "Order",
    "OrderError",
    "Outside",
    "Until",
    "Violation",
    "check_order",
    "order_of",
    "ordered",
]


def __dir__() -> list[str]:
    return __all__
