"""The watcher: the folder scan is the truth, events are a hint, and what has settled is built."""
