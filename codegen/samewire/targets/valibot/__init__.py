"""The valibot target: schemas that check what the types say."""
