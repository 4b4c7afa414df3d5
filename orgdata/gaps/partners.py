"""XFN: do product and other functions know what they expect of each other?"""
