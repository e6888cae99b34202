"""Coming in: signing in, the demo's roles, languages, health."""
