"""Requests: the queue and the thread."""
