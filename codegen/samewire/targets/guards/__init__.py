"""The target ``guards``: a function ``isX(value): value is X`` for each type, for frontends that check without a library."""
