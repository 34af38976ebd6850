"""What is raised where no value can be made."""

from __future__ import annotations

from samewire.errors import Diagnostic, SamewireError

FACTORY = "give a factory or recorded values for it"


class NoValueError(SamewireError):
    """
    There are values of a type, but none could be found.

    Never raised for a type that has none (:class:`~samewire.ir.Never`, an object that must hold itself): of those there is simply
    nothing to make.
    """

    def __init__(self, where: str, message: str, hint: str = FACTORY) -> None:
        super().__init__(Diagnostic("no-value", where, message, hint))
