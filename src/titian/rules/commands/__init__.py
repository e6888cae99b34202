"""What can be done with rules."""
