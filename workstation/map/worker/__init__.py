"""The QGIS process. Runs under the Python that has qgis; imports nothing of ours but ..protocol."""
