"""Made-up patients: a few with a story for a first look, many without one for measuring."""
