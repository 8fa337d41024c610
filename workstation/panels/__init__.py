"""One package per dock: acceptance, filing, dispatch, disposal, verification, case and the rest."""
