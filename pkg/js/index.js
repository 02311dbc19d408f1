// @ts-check
// The public API; importing it changes nothing on the page and works in Node.
export { ConnectAttachedFilesElement } from "./element.js";
export { AttachedFilesError } from "./errors.js";
export { init } from "./init.js";
export { defineElement } from "./register.js";
