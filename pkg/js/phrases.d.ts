/** English phrases of the facade by key, made from pkg/phrases.json when the package is put together. */
declare const phrases: Record<string, string>;
export default phrases;
