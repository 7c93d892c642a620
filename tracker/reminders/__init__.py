"""Evening reminders by the schedulers of the operating system."""
