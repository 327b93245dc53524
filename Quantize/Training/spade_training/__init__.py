"""Landscapes for SPADE: scenes, training, evaluation."""
