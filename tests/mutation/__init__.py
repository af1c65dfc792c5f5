"""Puts one mistake at a time into the rules and looks whether a test notices: `make mutate`.

A mistake that no test notices has survived. ``survivors.toml`` says of each survivor that may stay
why; the run fails when another one survives, or more than one in ten.
"""
