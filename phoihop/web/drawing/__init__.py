"""Geometry of what is drawn as SVG on the server. Knows nothing of the database."""
