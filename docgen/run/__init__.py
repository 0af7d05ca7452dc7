"""The one place that knows the order: read, check, number, plan, make, publish, report."""
