"""The guides, read inside the house."""
