"""Where what is shown stands: at addresses of the report of now, or of an edition."""

from datetime import date

from django.urls import register_converter, reverse

from analysis.report import Report


class Day:
    """A date in an address: « 2021-03-05 »."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(Day, "day")


def address(report: Report, route: str, *args: object) -> str:
    """The address of this route, as « analysis:chart », within the report that is shown."""
    if report.edition is None:
        return reverse(route, args=args)
    space, name = route.split(":")
    return reverse(f"{space}:edition:{name}", args=[report.edition, *args])
