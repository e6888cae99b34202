"""Reports: numbers from what happened, words around them, kept as a document."""
