"""docgen: documents of a helsefellesskap from plain input files."""

__version__ = "0.1.0"
