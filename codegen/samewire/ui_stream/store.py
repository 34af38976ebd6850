"""Where the frames of running turns are kept; see :mod:`samewire.streams.store`."""

from samewire.streams.store import START, MemoryStore, Page, Progress, State, Store

__all__ = ["START", "MemoryStore", "Page", "Progress", "State", "Store"]
