"""The seat among others: whether its server is reached, what waits to be sent to it, and who looks at a case now."""
