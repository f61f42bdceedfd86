"""A result or an error -> words in two languages -> terminal table, JSON or CSV. Knows no store."""
