"""Incremental = clean: what a build makes of what changed is what it would have made of everything."""
