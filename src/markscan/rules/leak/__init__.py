"""Rules about what lies where it must not: MS3xx."""
