"""A fictional city made from a recipe, deterministic for a seed."""
