"""TypeScript output that is independent of the validator: syntax, layout, types, names, order."""
