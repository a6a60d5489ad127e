"""What a house in the middle of its stay needs so that every page has something to show: an outing under way, a person
on leave, an incident, a running plan; and later the end of the batch."""

import datetime
import time

from .daemon import Demo
from .readings import calm

HOUR = 3_600_000


class Stage:
    def __init__(self, demo: Demo, clock):
        self.demo = demo
        self.clock = clock
        self.lead = demo.client("lead")
        self.staff = demo.client("staff")
        self.medic = demo.client("medic")
        self.organizer = demo.client("organizer")
        self.batch = self.lead.read("/api/v1/batches")["batches"][0]["id"]

    def now(self) -> int:
        return int(self.clock.now().timestamp() * 1000)

    def tell(self, who, path: str, body: dict) -> str:
        answer = who.write(f"/api/v1/{path}", body)
        assert answer.status_code == 201, f"{path} {body}: {answer.status_code} {answer.text}"
        return answer.json().get("subject", "")

    def people(self, **wanted: str) -> list[dict]:
        found = self.lead.read("/api/v1/participants", batch=self.batch)["participants"]
        return [one for one in found if all(one[key] == value for key, value in wanted.items())]

    def furnish(self) -> dict[str, str]:
        """The ids of what was made, by what it is."""
        present = [one["id"] for one in self.people(place="present")]
        escorts = {one["name"]: one["id"] for one in self.lead.read("/api/v1/escorts", batch=self.batch)["escorts"]}
        made = {"person": present[0], "away": present[1]}
        self.tell(self.staff, f"participants/{present[1]}/leave", {
            "expectedBack": self.now() + 2 * HOUR, "destination": "女儿家", "companion": "女儿"})

        def outing(destination: str, start: int, people: list[str], guides: list[str]) -> str:
            return self.tell(self.lead, "outings", {
                "batch": self.batch, "activity": "red_education", "destination": destination, "vehicle": "蒙A-0002",
                "leavesAt": start, "returnsAt": start + 2 * HOUR, "participants": people,
                "escorts": [escorts[name] for name in guides]})

        made["planned"] = outing("草原博物馆", self.now() + 14 * HOUR, present[2:8], ["何一鸣", "宝力德"])
        made["outing"] = outing("湖边散步", self.now() + HOUR // 30, present[8:12], ["那木拉", "温雅"])
        self.tell(self.staff, f"outings/{made['outing']}/leaving", {"counted": 4, "missing": []})
        made["incident"] = self.tell(self.staff, "incidents", {
            "batch": self.batch, "kind": "fall", "harm": "mild", "grade": "IV", "place": "三楼卫生间",
            "participants": [present[12]], "text": "起身时滑倒，右手腕疼。"})
        self.tell(self.staff, f"incidents/{made['incident']}/notes", {"kind": "measure", "text": "冷敷，叫随行医护。"})
        made["activation"] = self.tell(self.lead, "activations", {
            "batch": self.batch, "plan": "acute-illness", "drill": True, "reason": "夜间演练"})
        made["kitItem"] = self.tell(self.medic, f"batches/{self.batch}/kit", {
            "category": "common", "name": "创可贴", "unit": "盒", "needed": 2, "present": 3})
        made["template"] = self.tell(self.lead, "rota-templates", {"name": "两班倒", "lines": [
            {"duty": "duty-lead", "from": 480, "until": 1200, "people": ["周敏", "沈航"]}]})
        # Who goes home for their health is visited there.
        made["gone"] = present[-1]
        self.tell(self.staff, f"participants/{present[-1]}/departure", {"reason": "medical"})
        # Someone whose readings start the plan by themselves, and an alarm that nobody has answered.
        made["ill"] = present[13]
        self.tell(self.medic, "check-ins", {
            "participant": present[13], "symptoms": ["breathless"],
            "readings": calm(respirationRate=26, oxygenSaturation=90, systolic=98, pulse=118)})
        made["alert"] = next(one["id"] for one in self.lead.read(
            "/api/v1/alerts", batch=self.batch, state="open")["alerts"] if one["participant"] == present[13])
        first = (self.clock.now() + datetime.timedelta(days=30)).date()
        made["plannedBatch"] = self.tell(self.organizer, "batches", {
            "number": "第4批", "regulation": "wh-2023", "organizer": "退役军人事务局", "host": "白桦湖疗养中心",
            "venue": "白桦湖疗养中心", "firstDay": str(first), "lastDay": str(first + datetime.timedelta(days=6)),
            "planned": 40})
        return made

    def end(self, made: dict[str, str]) -> None:
        """Everybody goes home, everything is settled, the batch is closed and its report sent."""
        lead = self.lead = self.demo.client("lead")
        staff = self.staff = self.demo.client("staff")
        away = len(self.people(place="outing"))
        self.tell(staff, f"outings/{made['outing']}/return", {"counted": away, "missing": []})
        self.tell(lead, f"outings/{made['planned']}/cancellation", {"reason": "下雨"})
        for person in self.people(place="leave"):
            self.tell(staff, f"participants/{person['id']}/leave/return", {})
        for person in self.people(place="hospital"):
            self.tell(lead, f"participants/{person['id']}/hospital/return", {})
        for person in self.people(place="not-arrived", admission="expected"):
            self.tell(staff, f"participants/{person['id']}/turn-away", {"outcome": "no-show", "reason": "本人来电"})
        for person in self.people(place="present"):
            self.tell(staff, f"participants/{person['id']}/departure", {"reason": "completed"})
        for activation in lead.read("/api/v1/activations", batch=self.batch)["activations"]:
            path = f"activations/{activation['id']}"
            if activation["state"] == "proposed":
                self.tell(lead, f"{path}/decline", {"reason": "轻伤"})
            elif activation["state"] in ("active", "escalated", "downgraded"):
                confirmed = ["handed-over", "people-safe", "counted", "no-new-danger", "reported", "guests-told"]
                self.tell(lead, f"{path}/terminate", {"confirmed": confirmed, "text": "已交接。"})
                self.tell(lead, f"{path}/review", {"text": "接车快了两分钟。"})
        for incident in lead.read("/api/v1/incidents", batch=self.batch)["incidents"]:
            if incident["closedAt"] is None:
                self.tell(lead, f"incidents/{incident['id']}/close", {"conclusion": "处理完毕。"})
        for state in ("open", "acknowledged"):
            for alert in lead.read("/api/v1/alerts", batch=self.batch, state=state)["alerts"]:
                if state == "open":
                    self.tell(lead, f"alerts/{alert['id']}/acknowledge", {})
        self.tell(lead, f"batches/{self.batch}/facts", {"key": "satisfaction.offered", "value": "yes", "number": "34"})
        body = {
            "satisfaction": {"distributed": 34, "returned": 33, "valid": 32, "grades": [20, 8, 3, 1, 0]},
            "soundness": {"score": 92, "basis": "座谈会"},
        }
        breaches = lead.read(f"/api/v1/batches/{self.batch}/nonconformities")["nonconformities"]
        body["explanations"] = {one["id"]: "夜间人手紧，已补查。" for one in breaches}
        self.tell(lead, f"batches/{self.batch}/close", body)

    def report(self) -> str:
        """Issues the report and waits until the organizer has taken it."""
        self.tell(self.lead, f"batches/{self.batch}/reports", {})
        for _ in range(300):
            report = self.lead.read("/api/v1/reports", batch=self.batch)["reports"][0]
            if report["delivery"] == "accepted":
                return report["id"]
            time.sleep(0.1)
        raise AssertionError(f"not delivered: {report}")
