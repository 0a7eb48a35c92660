"""From the register to the content of an edition, and back: the same content can be counted anew for ever."""
