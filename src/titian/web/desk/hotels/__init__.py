"""Hotels: what they hold, who sleeps where, one that is lost, more people."""
