"""The verbs: signing up and taking it back, cancelling an event, forgetting, taking a list away."""
