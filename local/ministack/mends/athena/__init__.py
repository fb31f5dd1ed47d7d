"""What MiniStack's Athena does otherwise than AWS, one fault a module."""
