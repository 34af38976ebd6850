"""The target ``valibot``: schemas that check exactly what the types say."""
