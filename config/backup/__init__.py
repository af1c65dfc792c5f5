"""One file that holds an installation, and an installation made from it."""
