"""Learns the scorecard's weights from labelled pages; never needed at run time."""
