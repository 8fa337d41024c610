"""A command-centre workstation for digital city management (数字化城市管理)."""

__version__ = "0.1.0"
