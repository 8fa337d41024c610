"""What happens when the server, the network or a seat is pulled out."""
