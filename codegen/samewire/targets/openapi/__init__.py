"""The target ``openapi``: a contract, or the application whose routes it has, as an OpenAPI document."""
