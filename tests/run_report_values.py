"""Names and texts that the tests of run reports share."""

CANARY = "青禾渡口三号仓的口令是青石板"
FORMULA = "=cmd()&1.txt"
