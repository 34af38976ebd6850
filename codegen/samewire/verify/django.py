"""What Django Ninja writes: ``model_dump`` gives Python objects, and Django's JSON encoder the text."""

from __future__ import annotations

import json
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from pydantic import AnyUrl
from pydantic_core import Url


def written(dumped: object) -> str:
    """
    The JSON of a dumped value, by the Django of the project.

    Raises:
        ImportError: the project has no Django, whose API then writes nothing.
        TypeError: Django has no JSON for it.

    """
    from django.core.serializers.json import DjangoJSONEncoder  # noqa: PLC0415  # if a contract asks for it

    class Encoder(DjangoJSONEncoder):  # type: ignore[misc]  # Django has no types
        """With what Ninja adds: reading its own class would need the project's settings."""

        def default(self, o: Any) -> Any:
            if isinstance(o, Url | AnyUrl | IPv4Address | IPv4Network | IPv6Address | IPv6Network):
                return str(o)
            return super().default(o)

    return json.dumps(dumped, cls=Encoder)
