"""Turns in Redis, for several processes; see :mod:`samewire.streams.redis`."""

from samewire.streams.redis import RedisStore

__all__ = ["RedisStore"]
