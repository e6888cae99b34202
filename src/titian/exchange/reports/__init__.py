"""Reports: numbers from what happened, with words of one's own around them."""
