"""``python -m workstation``."""

from .cli import main

raise SystemExit(main())
