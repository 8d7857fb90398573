"""The DDE feed."""
