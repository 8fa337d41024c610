"""A day played through the real windows, the real map worker and a real database: one case from the first call to evaluation.

``director`` presses, types, drags and photographs as a person would; ``day`` is the play, ``around`` its second half-day with the
ways around; ``command`` is ``workstation tour``. It is
the operator guide's picture book and an end-to-end test at once.
"""
