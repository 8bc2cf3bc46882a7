"""Faults put in on purpose, and an oracle outside the system that says what they did."""
