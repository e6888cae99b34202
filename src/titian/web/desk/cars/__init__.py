"""Cars: the fleet with its drivers, and a car that cannot drive."""
