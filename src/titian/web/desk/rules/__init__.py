"""The rules of both sides: read, asked, kept."""
