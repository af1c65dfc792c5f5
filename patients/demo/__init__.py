"""Made-up patients: a few with a story for a first look, and many for measurements."""
