"""
A record of the inputs of an answer: if nothing changed, nothing is done.

``check`` and ``generate`` keep fingerprints of all that was read on the way to an answer, and of the generated files. While none of
them changes, the same question has the same answer, which :mod:`.answer` gives without importing a model. :mod:`.observe` sees
what is read, :mod:`.keep` writes the record, :mod:`.fingerprints` is what both sides agree on.
"""
