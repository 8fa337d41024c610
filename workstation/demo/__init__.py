"""The demo city: a fictional district made by code from a recipe, deterministic for a seed and dated around today."""

from .city import NotEmpty, build, reached
from .making import make_city

__all__ = ["NotEmpty", "build", "make_city", "reached"]
