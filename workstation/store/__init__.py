"""Where a city lies: engine, tables, migrations, the case log and its projection, the change feed; SpatiaLite and PostGIS behind one Database."""
