"""What the shop sells, and who bought it."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Mapping
from typing import Final, NamedTuple

PRODUCT: Final = "Canary Teapot 7319"
SKU: Final = "TEA-7319"
PRICE: Final = "73.19"
CURRENCY: Final = "NOK"
_FIRST: Final = 86420153


class Order(NamedTuple):
    """A purchase, with what its buyer typed and what they had chosen about tracking."""

    number: str
    email: str
    phone: str
    name: str
    choice: str
    host: str

    @property
    def e164(self) -> str:
        """The phone number with its country, a plus in front."""
        digits = "".join(filter(str.isdigit, self.phone))
        return f"+{digits}" if self.phone.strip().startswith("+") else f"+47{digits}"

    @property
    def tidy(self) -> str:
        """The e-mail address as vendors ask for it before it is hashed."""
        return self.email.strip().lower()

    @property
    def data(self) -> str:
        """The order as JSON, as shops write it into their thank-you page for tags to read."""
        digest = hashlib.sha256(self.tidy.encode()).digest()
        return json.dumps(
            {
                "number": self.number,
                "value": PRICE,
                "currency": CURRENCY,
                "item": {"id": SKU, "name": PRODUCT, "price": PRICE, "quantity": 1},
                "email": self.email,
                "phone": self.e164,
                "name": self.name,
                "md5": hashlib.md5(self.tidy.encode(), usedforsecurity=False).hexdigest(),
                "sha256": digest.hex(),
                "sha256url": base64.urlsafe_b64encode(digest).decode().rstrip("="),
                "phone256": hashlib.sha256(self.e164.encode()).hexdigest(),
                "digits256": hashlib.sha256(self.e164[1:].encode()).hexdigest(),
            }
        ).replace("<", "\\u003c")


SHOWN: Final = Order(
    "86420000", "sigrunda@buyer.example", "+4791827364", "Sigrunda Kannestad", "", ""
)
"""The order that the thank-you page shows to one who has bought nothing."""


class Book:
    """The orders of this run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: dict[str, Order] = {}
        self._next = _FIRST

    def place(self, form: Mapping[str, str], choice: str, host: str) -> Order:
        """Note an order, and give it with its number."""
        with self._lock:
            number = str(self._next)
            self._next += 7
            order = Order(number, form["email"], form["phone"], form["name"], choice, host)
            self._orders[number] = order
            return order

    def find(self, number: str) -> Order:
        """Give an order, or the one for show."""
        with self._lock:
            return self._orders.get(number, SHOWN)

    @property
    def all(self) -> tuple[Order, ...]:
        """Give all orders, in the order in which they came."""
        with self._lock:
            return tuple(self._orders.values())

    def forget(self) -> None:
        """Empty the book."""
        with self._lock:
            self._orders.clear()
