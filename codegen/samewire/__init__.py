"""Pydantic models to TypeScript types and zod validators that match the wire exactly, in both directions."""
