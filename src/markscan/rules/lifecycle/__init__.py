"""Rules about the life of a marking: MS5xx."""
