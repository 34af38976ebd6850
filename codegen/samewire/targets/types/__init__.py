"""The target ``types``: TypeScript types alone, for a frontend that trusts its backend."""
