"""The language of the person: messages, dates and units."""
