"""What MiniStack's Step Functions does otherwise than AWS, one fault a module."""
