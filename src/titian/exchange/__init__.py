"""How files become commands, and lists become files."""
