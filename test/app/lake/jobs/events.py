"""Events as the contracts have them."""

from typing import Any
from uuid import UUID, uuid4

Event = dict[str, Any]
_made = iter(range(1, 1 << 30))


def uuid7(number: int | None = None) -> str:
    return str(UUID(int=(0x0193_0000_0000_7000_8000_0000_0000_0000 << 0) + (number or next(_made))))


def click(kind: str = "View", at: str = "2026-11-22T12:00:00.000Z", **more: Any) -> Event:
    return {
        "eventId": uuid7(),
        "type": kind,
        "eventTime": at,
        "receiveTime": at,
        "anonymousId": str(uuid4()),
        "sessionId": str(uuid4()),
        "page": "/",
        "synthetic": False,
        **({"productId": "mug"} if kind in ("View", "AddToCart") else {}),
        **more,
    }


def money(amount: int) -> Event:
    return {"amount": amount, "currency": "EUR"}


def line(product: str, quantity: int, price: int, vendor: str | None = "Clay & Co") -> Event:
    found = {"productId": product, "name": product.title(), "vendor": vendor, "quantity": quantity, "unitPrice": money(price), "lineTotal": money(price * quantity)}
    return {name: value for name, value in found.items() if value is not None}


def order(lines: list[Event], at: str = "2026-11-22T12:00:00.000Z", *, version: int = 1, captured: bool = True, **more: Any) -> Event:
    total = sum(part["lineTotal"]["amount"] for part in lines)
    return {
        "orderId": uuid7(),
        "quoteId": str(uuid4()),
        "status": "CONFIRMED" if captured else "PAYMENT_DECLINED",
        "lines": lines,
        "subtotal": money(total),
        "shipping": money(0),
        "taxBasisPoints": 0,
        "tax": money(0),
        "total": money(total),
        "shippingAddress": {"name": "A. Person", "line1": "A Street 1", "postalCode": "10115", "city": "Berlin", "country": "DE"},
        "email": "person@example.com",
        "payment": {"status": "CAPTURED" if captured else "DECLINED", "captured": money(total if captured else 0), "refunded": money(0)},
        "timeline": [{"at": at, "event": "ACCEPTED"}],
        "createdAt": at,
        "updatedAt": at,
        "version": version,
        "customerId": "customer-1",
        "idempotencyKey": str(uuid4()),
        "itemCount": sum(part["quantity"] for part in lines),
        "synthetic": False,
        **more,
    }


def change(new: Event | None, old: Event | None = None) -> Event:
    """A change record of the orders table."""
    name = "REMOVE" if new is None else "INSERT" if old is None else "MODIFY"
    images = {image: _wrapped(value)["M"] for image, value in (("NewImage", new), ("OldImage", old)) if value is not None}
    return {"eventName": name, "tableName": "orders", "dynamodb": {"Keys": {"orderId": {"S": (new or old or {})["orderId"]}}, **images}}


def _wrapped(value: Any) -> Event:
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case list():
            return {"L": [_wrapped(element) for element in value]}
        case _:
            return {"M": {name: _wrapped(member) for name, member in value.items()}}
