"""The meeting pack: which meeting is meant, what it is made of, and where it is put."""
