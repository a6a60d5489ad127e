"""Alerts as the ladders of the health pack say that they climb, written down a second time."""

import datetime

# Minutes from the opening; the facility's head is on nobody's rota here, so that tier is skipped at its time.
LADDERS = {
    "critical": [("assigned", 0), ("medical-lead", 0), ("duty-lead", 0), ("facility-head", 3), ("organizer", 5)],
    "urgent": [
        ("assigned", 0), ("medical-lead", 5), ("duty-lead", 10), ("facility-head", 20), ("organizer", 30)],
    "attention": [("assigned", 0), ("medical-lead", 15), ("duty-lead", 30), ("facility-head", 60)],
}
TIERS = [tier for tier, _ in LADDERS["critical"]]
MANNED = {"assigned", "medical-lead", "duty-lead", "organizer"}


class Alarm:
    """One alert: when it opened, who must be told when, and how it ended."""

    def __init__(self, code: str, severity: str, opened: datetime.datetime, since: str = "assigned"):
        self.code = code
        self.severity = severity
        self.opened = opened
        self.answered: datetime.datetime | None = None
        self.resolved: datetime.datetime | None = None
        self.told: list[tuple[str, datetime.datetime]] = []
        latest, left_over = 0, None
        for tier, minute in LADDERS[severity]:
            start = max(latest, minute if left_over is None else min(minute, left_over))
            if tier not in MANNED or TIERS.index(tier) < TIERS.index(since):
                left_over = start
                continue
            latest, left_over = start, None
            self.told.append((tier, opened + datetime.timedelta(minutes=start)))

    def tier(self, moment: datetime.datetime) -> str:
        """Who must answer at a moment, if nobody has."""
        return [tier for tier, at in self.told if at <= moment][-1]

    def climbs(self, end: datetime.datetime) -> int:
        """How often it went up before somebody answered, its reason ended, or the batch was closed."""
        end = min(moment for moment in (self.answered, self.resolved, end) if moment)
        return len({at for _, at in self.told if self.opened < at <= end})
