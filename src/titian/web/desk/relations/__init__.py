"""The page of one relationship, from the first note to the last fulfilment."""
