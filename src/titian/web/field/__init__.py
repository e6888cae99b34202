"""The officer's phone: a static shell whose modules draw from a store."""
