"""From typed inputs to what the templates see (model/context.py). Pure: a view is made of inputs and words alone."""
