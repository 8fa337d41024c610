"""The seat among others: who else is at a case, two who acted at once, the connection, and what waits to be sent."""
