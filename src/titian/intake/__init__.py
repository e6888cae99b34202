"""What carriers bring in, its signature checked, becomes a command."""
