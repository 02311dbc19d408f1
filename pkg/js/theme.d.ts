/** Text of the style sheet, made from src/ui/theme.css when the package is put together. */
declare const css: string;
export default css;
