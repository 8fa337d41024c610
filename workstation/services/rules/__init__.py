"""What a city goes by: editions of its handbook and of its working calendar, drafted, approved, and read."""
