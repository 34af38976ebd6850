"""The zod target: schemas that check what the types say."""
