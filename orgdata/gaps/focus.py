"""FOC: does the work go where it was meant to go?"""
