// One bare element. Attributes come from the address (?endpoint=…&instance-id=…&resource=…), else
// from the demo's backend; ?bearer=… is sent to the backend as a token.
import "/pkg/define.js";
import { demoSettings } from "./demo-settings.js";

const element = document.querySelector("connect-attached-files");
const query = new URLSearchParams(location.search);
const demo = await demoSettings();
const defaults = { endpoint: demo.endpoint, "instance-id": demo.instanceId, resource: demo.caseArn };

const bearer = query.get("bearer");
if (bearer !== null) element.getHeaders = () => ({ authorization: `Bearer ${bearer}` });

const names = [
  "endpoint", "instance-id", "resource", "max-files", "concurrency", "checksum-tag", "locale", "theme", "density",
  "duplicates", "manual-start", "readonly", "disabled", "max-total-bytes",
];
for (const name of names) {
  const value = query.get(name) ?? defaults[name];
  if (value !== undefined) element.setAttribute(name, value);
}
