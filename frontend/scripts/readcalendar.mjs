// Reads an iCalendar text from standard input as other calendars do and prints what it holds, as JSON.
// Called by the tests of the calendar feed; the product itself never runs it.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const root = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = root.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
console.log(JSON.stringify({
  version: root.getFirstPropertyValue("version"),
  events: events.map((event) => ({
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue("status"),
  })),
}));
