"""A command-centre workstation for digital city management (数字化城市管理)."""

from workstation.immortal import make_singletons_immortal

__version__ = "0.1.0"

make_singletons_immortal()
