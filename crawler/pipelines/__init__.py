"""Item pipelines, in the order of settings.py: finding, reading, storing."""
