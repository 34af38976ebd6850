"""What TypeScript is written with, whatever validates it: syntax, layout, types, names, order."""
