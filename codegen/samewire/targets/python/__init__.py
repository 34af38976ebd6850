"""The target ``python``: Pydantic models of a contract, for other Python services."""
