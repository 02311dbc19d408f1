// @ts-check
// The one entry with a side effect: registers <connect-attached-files>.
import { defineElement } from "./register.js";

defineElement();

export * from "./index.js";
