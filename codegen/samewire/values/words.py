"""Texts and numbers that people would expect under a name: what made-up values are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_SPLIT: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

SENTENCES: Final = (
    "The first delivery arrived on Monday.",
    "Everything works as described.",
    "Please call before you come.",
    "It was changed after the last review.",
    "Nothing else is needed.",
)
WORDS: Final = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "indigo",
    "juniper",
)

BY_NAME: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("12 Elm Street", "7 Harbor Road", "301 Mill Lane"),
    "author": ("Ada Lovelace", "Alan Turing", "Grace Hopper"),
    "avatar": ("https://example.com/ada.png", "https://example.com/alan.png"),
    "body": SENTENCES,
    "category": ("Books", "Garden", "Music"),
    "city": ("Lisbon", "Oslo", "Kyoto"),
    "code": ("A100", "B205", "C310"),
    "color": ("teal", "crimson", "gold"),
    "colour": ("teal", "crimson", "gold"),
    "comment": SENTENCES,
    "company": ("Acme Ltd", "Globex", "Initech"),
    "content": SENTENCES,
    "country": ("Portugal", "Norway", "Japan"),
    "country code": ("PT", "NO", "JP"),
    "currency": ("EUR", "USD", "JPY"),
    "description": SENTENCES,
    "domain": ("example.com", "example.org"),
    "email": ("ada@example.com", "alan@example.org", "grace@example.net"),
    "file name": ("report.pdf", "photo.png", "notes.txt"),
    "filename": ("report.pdf", "photo.png", "notes.txt"),
    "first name": ("Ada", "Alan", "Grace"),
    "full name": ("Ada Lovelace", "Alan Turing", "Grace Hopper"),
    "host": ("example.com", "example.org"),
    "icon": ("star", "heart", "flag"),
    "image": ("https://example.com/1.png", "https://example.com/2.png"),
    "iso country": ("PT", "NO", "JP"),
    "key": ("alpha", "beta", "gamma"),
    "label": ("New", "On sale", "Last one"),
    "language": ("en", "pt", "ja"),
    "last name": ("Lovelace", "Turing", "Hopper"),
    "link": ("https://example.com/a", "https://example.com/b"),
    "locale": ("en-GB", "pt-PT", "ja-JP"),
    "media type": ("image/png", "application/pdf", "text/plain"),
    "message": SENTENCES,
    "mime": ("image/png", "application/pdf", "text/plain"),
    "mime type": ("image/png", "application/pdf", "text/plain"),
    "model": ("small-1", "medium-2", "large-3"),
    "name": ("Ada", "Alan", "Grace"),
    "nickname": ("ada", "alan", "grace"),
    "note": SENTENCES,
    "password": ("correct horse", "battery staple"),
    "path": ("/docs/start", "/docs/guide", "/blog"),
    "phone": ("+351 21 000 0001", "+47 22 00 00 02", "+81 3 0000 0003"),
    "postal code": ("1100-001", "0150", "100-0001"),
    "product": ("Desk lamp", "Notebook", "Tea pot"),
    "query": ("tea", "desk lamp"),
    "region": ("North", "South", "West"),
    "role": ("admin", "editor", "viewer"),
    "sku": ("SKU-1001", "SKU-1002", "SKU-1003"),
    "slug": ("first-steps", "what-is-new", "about-us"),
    "state": ("open", "active", "closed"),
    "status": ("open", "active", "closed"),
    "street": ("12 Elm Street", "7 Harbor Road", "301 Mill Lane"),
    "subject": ("Your order", "A question", "Thank you"),
    "summary": SENTENCES,
    "surname": ("Lovelace", "Turing", "Hopper"),
    "tag": ("new", "sale", "gift"),
    "tags": ("new", "sale", "gift"),
    "text": SENTENCES,
    "time zone": ("Europe/Lisbon", "Europe/Oslo", "Asia/Tokyo"),
    "timezone": ("Europe/Lisbon", "Europe/Oslo", "Asia/Tokyo"),
    "title": ("First steps", "What is new", "About us"),
    "unit": ("kg", "cm", "l"),
    "url": ("https://example.com/a", "https://example.com/b"),
    "user name": ("ada", "alan", "grace"),
    "username": ("ada", "alan", "grace"),
    "version": ("1.0.0", "1.2.3", "2.0.0"),
    "zip": ("10001", "94105", "60601"),
}  # fmt: skip

BY_FORMAT: Final[Mapping[str, tuple[str, ...]]] = {
    "email": BY_NAME["email"],
    "name-email": ("Ada Lovelace <ada@example.com>", "Alan Turing <alan@example.org>"),
    "uri": ("https://example.com/a", "https://example.com/b", "https://example.com/"),
    "ipvanyaddress": ("192.0.2.1", "198.51.100.7", "203.0.113.9"),
    "ipv4": ("192.0.2.1", "198.51.100.7", "203.0.113.9"),
    "ipv6": ("2001:db8::1", "2001:db8::2"),
    "decimal": ("19.90", "5", "120.5", "0.25"),
    "duration": ("PT15M", "PT1H30M", "P2D"),
    "semantic-version": BY_NAME["version"],
}

RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "age": (18, 80),
    "amount": (1, 500),
    "count": (0, 20),
    "day": (1, 28),
    "duration": (1, 120),
    "height": (1, 200),
    "hour": (0, 23),
    "latitude": (-60, 60),
    "lat": (-60, 60),
    "limit": (10, 50),
    "lng": (-150, 150),
    "lon": (-150, 150),
    "longitude": (-150, 150),
    "minute": (0, 59),
    "month": (1, 12),
    "offset": (0, 50),
    "page": (1, 9),
    "percent": (0, 100),
    "port": (3000, 9000),
    "price": (1, 500),
    "quantity": (1, 9),
    "rating": (1, 5),
    "score": (0, 100),
    "size": (1, 100),
    "total": (10, 900),
    "weight": (1, 90),
    "width": (1, 200),
    "year": (2000, 2030),
}  # fmt: skip


def endings(key: str) -> Iterator[str]:
    """What a key may be called by in the tables: its last two words, its last one, and that in the singular."""
    words = [word.lower() for word in _SPLIT.findall(key)]
    if len(words) > 1:
        yield " ".join(words[-2:])
    if words:
        yield words[-1]
        yield words[-1].removesuffix("s")
