"""The import of a workbook, its undo and redo, and the export: `import_export.py` among the other benchmarks."""

from benchmarks import import_export
from benchmarks.figures import Goal, Result

ROWS = {"XS": 200, "S": 2_000, "M": 20_000, "L": 100_000}


def run(bench):
    """Tell each step beside its limit."""
    rows = bench.rows or ROWS[bench.size]
    figures = import_export.run(rows, 1, bench.seed)
    for name in import_export.ORDER:
        figure, limit = figures[name], figures.get(import_export.LIMITS.get(name, ""))
        goal = import_export.GOALS.get(name)
        bench.results.append(
            Result(
                f"{name}, {rows:,} rows",
                [1000 * figure.seconds],
                [1000 * figure.cpu],
                [1000 * limit.seconds] if limit else [],
                [1000 * limit.cpu] if limit else [],
                against="the same rows plainly" if limit else "",
                goal=Goal(ratio=goal) if goal else Goal(),
                noise=figure.noise,
                facts={"MB": round(figure.megabytes), "rows/s": f"{rows / figure.seconds:,.0f}"},
            )
        )
