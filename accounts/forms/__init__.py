"""Forms of sign-in, the PIN, staff and the clinic."""
