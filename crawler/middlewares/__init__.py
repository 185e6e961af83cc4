"""Downloader middlewares, one job a file; settings.py says their order."""
