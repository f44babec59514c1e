"""Plain Hindi: functions from text to small frozen values; standard library only."""
