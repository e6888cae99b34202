"""Hand-overs on the desk: where each stands, and both sides' acts."""
