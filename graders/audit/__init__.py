"""How strong an assignment's checks are: known submissions, and the reference with changes."""
