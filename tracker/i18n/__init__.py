"""Language: messages, dates, numbers and units. Imports leaf modules only."""
