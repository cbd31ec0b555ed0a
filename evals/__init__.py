"""How good it is: cases, metrics, runs and reports. Nothing outside imports this, except the commands."""
