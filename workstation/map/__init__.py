"""The map's side of the interface: protocol, worker client, canvas, overlay, tools."""
