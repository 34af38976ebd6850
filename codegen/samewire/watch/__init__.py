"""``samewire watch``: :mod:`.loop` waits for changes, :mod:`.child` is one run in a process of its own."""
