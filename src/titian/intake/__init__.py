"""The door for what carriers bring in: the signature is checked, then it is an act."""
