"""Plans for people: pure functions over frozen data, nothing of ours or Django's."""
