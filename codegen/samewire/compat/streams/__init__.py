"""
Whether a stream that one version sends is in order for the other version.

:mod:`machine` is the order of a contract as a state machine, :mod:`chunks` has the events that it is asked about, :mod:`decide`
compares two machines, and :mod:`run` executes the streams that tell them apart.
"""
