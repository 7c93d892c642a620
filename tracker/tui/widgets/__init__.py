"""What the screens are made of: plain values in, small messages out."""
