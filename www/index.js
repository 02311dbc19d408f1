// A host page like any other: it sets attributes, listens to events and calls methods of the element.
import "/pkg/define.js";
import { cases } from "./cases.js";
import { demoSettings } from "./demo-settings.js";
import { logEvents } from "./event-log.js";
import { samples } from "./samples.js";
import { settings } from "./settings.js";
import { tabs } from "./tabs.js";
import { calls, trouble } from "./trouble.js";

const byId = (id) => document.getElementById(id);
const [caseFiles, emailFiles, notice] = ["case-files", "email-files", "notice"].map(byId);

settings(byId("settings"), [caseFiles, emailFiles]);
// At hand where there is room; on a narrow screen the case comes first.
byId("switches").open = matchMedia("(min-width: 700px)").matches;
tabs(document.querySelector("[role=tablist]"));
logEvents([caseFiles, emailFiles], byId("log"), byId("count"));
const demo = await demoSettings();
if (!demo.endpoint) say("There is no backend behind this page. Start it by: cargo xtask demo");

for (const files of [caseFiles, emailFiles]) {
  // Connect tells an ARN; who that is, only the host knows.
  files.resolveUser = () => "You";
  files.endpoint = demo.endpoint ?? null;
  files.instanceId = demo.instanceId ?? null;
}
emailFiles.resource = demo.contactArn ?? null;

byId("cases").replaceChildren(...cases.map((one) => {
  const button = make("button", { type: "button", textContent: one.number });
  button.addEventListener("click", () => show(one));
  return make("li", {}, button);
}));
let shown;
show(cases[0]);

// What was approved goes into the history of its own case, whichever is shown by then.
caseFiles.addEventListener("file-approved", ({ detail }) => {
  const one = cases.find(({ key }) => demo[key] === detail.resource);
  if (!one) return;
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const last = one.feed.at(-1);
  const more = last[4] && last[1] === time ? last[4] + 1 : 1;
  if (more > 1) one.feed.pop();
  one.feed.push(["You", time, "File", more > 1 ? `Attached ${more} files, ${detail.name} the last.` : `Attached ${detail.name}.`, more]);
  if (one !== shown) return;
  if (more > 1) byId("feed").lastElementChild.remove();
  byId("feed").append(entry(one.feed.at(-1)));
});

function show(one) {
  shown = one;
  // Files on their way stay with the case they were dropped on; the element says so in their rows.
  caseFiles.resource = demo[one.key] ?? null;
  document.title = `${one.number} · Harbour Desk`;
  byId("number").textContent = one.number;
  byId("title").textContent = one.title;
  byId("facts").replaceChildren(...Object.entries(one.facts).map(([name, value]) =>
    make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value }))));
  byId("feed").replaceChildren(...one.feed.map(entry));
  const { to, subject, message } = byId("draft").elements;
  to.value = one.to;
  subject.value = `Re: ${one.title}`;
  message.value = "Hello,\n\nthank you for waiting. Please find the papers attached.\n\nKind regards";
  for (const button of byId("cases").querySelectorAll("button")) {
    button.ariaCurrent = button.textContent === one.number ? "page" : null;
  }
}

function entry([who, when, kind, text]) {
  return make("li", {},
    make("p", { className: "who" },
      make("strong", { textContent: who }),
      make("span", { className: "chip", textContent: kind }),
      make("time", { textContent: when })),
    make("p", { textContent: text }));
}

byId("draft").addEventListener("submit", (event) => {
  event.preventDefault();
  const attached = emailFiles.items.filter((item) => !["invalid", "canceled"].includes(item.phase));
  // An email may carry approved files only; the element knows when there are no others.
  byId("sent").textContent = attached.length === 0 || emailFiles.allApproved
    ? `A demo sends nothing. The mail would carry ${attached.length} approved files.`
    : "Not sent: a file is not approved yet. Send again when all are ready, or remove those that are not.";
});
emailFiles.addEventListener("approval-change", ({ detail }) => {
  byId("sent").textContent = detail.allApproved ? "All files are approved: the mail can be sent." : "";
});

const control = demo.control && calls(demo.control);
if (control) trouble(byId("trouble"), control);
samples(byId("samples"), () => (byId("panel-email").hidden ? caseFiles : emailFiles), control);

function say(text) {
  notice.textContent = text;
  notice.hidden = false;
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
