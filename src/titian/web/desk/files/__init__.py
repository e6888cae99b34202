"""Files in, with a preview, and lists out."""
