"""Functions that are called once for all tests of a process, so that none measures the same demo
company again: what is loaded, measured and found is never changed."""

from datetime import date

from orgdata.model.history import History


class Once:
    """A pure function that is called once for the same arguments, where it `applies` to them; the
    last `most` results are held."""

    def __init__(self, function, applies=lambda *arguments: True, most=32):
        self.function, self.applies, self.most, self.results = function, applies, most, {}

    def __call__(self, *arguments):
        if not self.applies(*arguments):
            return self.function(*arguments)
        key = tuple(map(self.identity, arguments))
        if key not in self.results:
            while len(self.results) >= self.most:
                del self.results[next(iter(self.results))]
            self.results[key] = self.function(*arguments), arguments  # held, so no id is used again
        return self.results[key][0]

    @staticmethod
    def identity(value):
        if isinstance(value, History):
            return value.fingerprint
        return value if isinstance(value, str | date | None) else id(value)
