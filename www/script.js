import { demoSettings } from "./demo-settings.js";

const given = new URLSearchParams(location.search).get("endpoint");
const endpoint = given ?? (await demoSettings()).endpoint;
if (endpoint) document.querySelector("connect-attached-files").setAttribute("endpoint", endpoint);
