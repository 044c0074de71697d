"""The judge's scorecard: named features of a line, each in small steps, each step worth points."""
