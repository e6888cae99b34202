"""The control room: one live page with two faces."""
