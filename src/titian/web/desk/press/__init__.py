"""The press desk: what was diverted to it, what it says to the world."""
