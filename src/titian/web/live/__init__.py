"""What changes, told to every open page the moment it is committed."""
