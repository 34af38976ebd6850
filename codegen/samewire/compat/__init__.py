"""
Whether two versions of a contract are compatible: deployed frontends parse what the new backend sends, and it accepts what they
send.

The question is the same in both directions: is every value of the produced type one of the accepted type? :mod:`relation` decides
it on the intermediate representation and gives a value that tells otherwise.
"""
