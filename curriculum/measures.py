"""What may be measured when a criterion is seen. It is read before any model is."""

from __future__ import annotations

FIGURES = ("reps", "kg", "seconds", "degrees", "cm", "side")
