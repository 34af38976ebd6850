"""The target ``docs``: a reference of a contract, as Markdown and as one page of HTML."""
