"""
Whether two versions of a contract fit: what the new backend emits, deployed frontends parse, and what they send, it accepts.

The question is the same in both directions: is every value of the produced type one of the accepted type? :mod:`relation` decides
it on the intermediate representation and gives a value that tells otherwise.
"""
