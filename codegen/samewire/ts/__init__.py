"""The TypeScript target: from the intermediate representation to types and zod schemas."""
