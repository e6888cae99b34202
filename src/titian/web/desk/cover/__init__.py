"""Cover: the strip, the proposal, accepting it."""
