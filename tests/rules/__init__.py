"""State machines over a secretariat's workspace: what must hold of case numbers and versions, whatever is done."""
