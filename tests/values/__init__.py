"""Small values: dates, times, case numbers, lines, file names and printed words."""
