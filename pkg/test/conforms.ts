// Checked by tsc, never run: the scripts are what types.d.ts promises.
import * as scripts from "../js/index.js";
import type * as promised from "../types.js";

scripts satisfies typeof promised;
const exactly: Record<keyof typeof promised, unknown> = scripts;

const element = document.createElement("connect-attached-files");
element.maxFiles = null;
element.getHeaders = async () => ({ authorization: "Bearer x" });
element.addEventListener("status-change", (event) => {
  const phase: promised.ItemPhase = event.detail.previousPhase;
  return [phase, event.detail.error?.code];
});
element.addEventListener("click", (event) => event.button);
element.remove();
element.remove(1);

// @ts-expect-error: a header source is a function
element.getHeaders = { authorization: "Bearer x" };

export { exactly };
