"""Django's SQLite with one addition: writers stand in line instead of elbowing."""
