"""The target ``zod``: schemas that check exactly what the types say."""
