// Two elements on one page share the module and nothing else. ?endpoint, ?instance-id, ?first and
// ?second (resource ARNs) override the demo's.
import "/pkg/define.js";
import { demoSettings } from "./demo-settings.js";

const query = new URLSearchParams(location.search);
const demo = await demoSettings();
const resources = {
  first: query.get("first") ?? demo.caseArn,
  second: query.get("second") ?? demo.secondCaseArn,
};

for (const [id, resource] of Object.entries(resources)) {
  Object.assign(document.getElementById(id), {
    endpoint: query.get("endpoint") ?? demo.endpoint,
    instanceId: query.get("instance-id") ?? demo.instanceId,
    resource,
  });
}
